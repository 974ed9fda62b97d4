using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace KlingGen.Analyzers;

/// <summary>The named values of an emitted enum: a C# enum, or an open struct around a word.</summary>
internal sealed class EnumValues
{
    private readonly Dictionary<decimal, string> _wordsByNumber = new();
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    private readonly INamedTypeSymbol _type;

    private EnumValues(INamedTypeSymbol type) => _type = type;

    /// <summary>A struct that takes any word; the check at run time still knows only those of the document.</summary>
    public bool IsOpen => _type.TypeKind == TypeKind.Struct;

    /// <summary>The field is one of a C# enum's values, and not a constant that somebody made of the enum's type.</summary>
    public bool Holds(IFieldSymbol field) => KnownSymbols.Same(field.ContainingType, _type);

    public bool Has(decimal number) => _wordsByNumber.ContainsKey(number);

    public bool Has(string word) => _words.Contains(word);

    /// <summary>The word on the wire of a C# enum's value.</summary>
    public string? WordOf(decimal number) => _wordsByNumber.TryGetValue(number, out var word) ? word : null;

    public static EnumValues? Read(INamedTypeSymbol type, KnownSymbols known)
    {
        if (type.TypeKind == TypeKind.Enum) return ReadClosed(type, known);
        return type.TypeKind == TypeKind.Struct && type.SpecialType == SpecialType.None ? ReadOpen(type, known) : null;
    }

    private static EnumValues ReadClosed(INamedTypeSymbol type, KnownSymbols known)
    {
        var values = new EnumValues(type);
        foreach (var member in type.GetMembers())
        {
            if (member is not IFieldSymbol { HasConstantValue: true } field) continue;
            var word = known.Constraints.WireNameOf(field);
            values._wordsByNumber[Convert.ToDecimal(field.ConstantValue, System.Globalization.CultureInfo.InvariantCulture)] = word;
            values._words.Add(word);
        }

        return values;
    }

    /// <summary>Emitted ones have a static property per word; any other struct of the framework has none of its own type.</summary>
    private static EnumValues? ReadOpen(INamedTypeSymbol type, KnownSymbols known)
    {
        if (!EmittedCode.Has(type)) return null;
        var values = new EnumValues(type);
        foreach (var member in type.GetMembers())
        {
            if (member is IPropertySymbol { IsStatic: true } property && KnownSymbols.Same(property.Type, type))
                values._words.Add(known.Constraints.WireNameOf(property));
        }

        return values._words.Count == 0 ? null : values;
    }
}
