using System;
using System.Collections.Generic;
using System.Globalization;
using KlingGen.Checks;
using Microsoft.CodeAnalysis;

namespace KlingGen.Analyzers;

/// <summary>The named values of an emitted enum: a C# enum, or an open struct around a word.</summary>
internal sealed class EnumValues
{
    private readonly List<(string Name, string Word)> _values = new();
    private readonly Dictionary<decimal, string> _wordsByNumber = new();
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    private readonly INamedTypeSymbol _type;

    private EnumValues(INamedTypeSymbol type) => _type = type;

    /// <summary>A struct that accepts any string; validation accepts the document's values only.</summary>
    public bool IsOpen => _type.TypeKind == TypeKind.Struct;

    public bool Has(decimal number) => _wordsByNumber.ContainsKey(number);

    public bool Has(string word) => _words.Contains(word);

    /// <summary>The word on the wire of a C# enum's value.</summary>
    public string? WordOf(decimal number) => _wordsByNumber.TryGetValue(number, out var word) ? word : null;

    /// <summary>The number that each word spells, where all words spell one: <c>"5"</c> and <c>"10"</c>.</summary>
    public IReadOnlyList<double>? Numbers
    {
        get
        {
            var numbers = new List<double>(_values.Count);
            foreach (var (_, word) in _values)
            {
                if (Number(word) is not { } number) return null;
                numbers.Add(number);
            }

            return numbers;
        }
    }

    /// <summary>The C# expression for the value with that word; null if there is none.</summary>
    public string? ExpressionOf(string word)
    {
        foreach (var value in _values)
        {
            if (value.Word == word) return _type.Name + "." + value.Name;
        }

        return null;
    }

    /// <summary>The message for a word that is none of these, as the check at run time writes it.</summary>
    public string RefuseWord(string word) => ValueRules.Undefined(word, ValueText.Quote(word), Words).Message;

    /// <summary>The message for a value of the C# enum that has no name, as the check at run time writes it.</summary>
    public string RefuseCast(string number) => ValueRules.Undefined(number, $"({_type.Name}){number}", Words).Message;

    /// <summary>The message for a number where a value of the enum is needed, which does not compile.</summary>
    public string RefuseNumber(string number) => ValueRules.Undefined(number, number, Words).Message;

    private List<string> Words => _values.ConvertAll(static value => value.Word);

    private static double? Number(string word)
        => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Add(string name, string word)
    {
        if (_words.Add(word)) _values.Add((name, word));
    }

    public static EnumValues? Read(INamedTypeSymbol type, KnownSymbols known)
    {
        if (type.TypeKind == TypeKind.Enum) return ReadClosed(type, known);
        return type.TypeKind == TypeKind.Struct && type.SpecialType == SpecialType.None ? ReadOpen(type, known) : null;
    }

    private static EnumValues ReadClosed(INamedTypeSymbol type, KnownSymbols known)
    {
        var values = new EnumValues(type);
        var fields = new List<(IFieldSymbol Field, decimal Number, string Word)>();
        var isInteger = true;
        foreach (var member in type.GetMembers())
        {
            if (member is not IFieldSymbol { HasConstantValue: true } field) continue;
            var number = Convert.ToDecimal(field.ConstantValue, CultureInfo.InvariantCulture);
            fields.Add((field, number, known.Constraints.WireNameOf(field)));
            isInteger &= field.GetAttributes().IsEmpty
                && field.Name.EndsWith(Math.Abs(number).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }

        // An enum of integers has them as its values and no words: `Rate24 = 24`.
        foreach (var (field, number, word) in fields)
        {
            values._wordsByNumber[number] = isInteger ? number.ToString(CultureInfo.InvariantCulture) : word;
            values.Add(field.Name, values._wordsByNumber[number]);
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
                values.Add(property.Name, known.Constraints.WireNameOf(property));
        }

        return values._words.Count == 0 ? null : values;
    }
}
