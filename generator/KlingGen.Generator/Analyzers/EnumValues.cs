using System;
using System.Collections.Generic;
using System.Globalization;
using KlingGen.Checks;
using Microsoft.CodeAnalysis;

namespace KlingGen.Analyzers;

/// <summary>The named values of an emitted enum: a C# enum, or an open struct around a word.</summary>
internal sealed class EnumValues
{
    // A message shows all values of most enums, and the first of those that have dozens, such as voices.
    private const int MostShown = 12;

    private readonly List<(string Name, string Word)> _values = new();
    private readonly Dictionary<decimal, string> _wordsByNumber = new();
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    private readonly INamedTypeSymbol _type;

    private EnumValues(INamedTypeSymbol type) => _type = type;

    /// <summary>A struct that takes any word; the check at run time still knows only those of the document.</summary>
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

    /// <summary>What is wrong with a value that is none of these, in the words that follow the property's name.</summary>
    public string Refuse(string given)
        => $"must be one of {Allowed()}, not {(Number(given) is null ? ValueText.Quote(given) : given)}" + (NearestTo(given) is { } nearest
            ? $"; the nearest is {nearest}"
            : "");

    /// <summary>The C# expression for the value that is likely meant; null if none is near.</summary>
    public string? NearestTo(string given)
    {
        string? nearest = null;
        var least = double.PositiveInfinity;
        var number = Numbers is null ? null : Number(given);
        if (Numbers is null && Number(given) is not null) return null;
        foreach (var (name, word) in _values)
        {
            var distance = number is { } wanted
                ? Math.Abs(Number(word)!.Value - wanted)
                : EditDistance.Between(given.ToLowerInvariant(), word.ToLowerInvariant());
            if (distance >= least || (number is null && distance > Math.Max(given.Length, word.Length) / 2)) continue;
            (nearest, least) = (_type.Name + "." + name, distance);
        }

        return nearest;
    }

    private string Allowed()
    {
        var text = "";
        var shown = _values.Count <= MostShown ? _values.Count : MostShown;
        for (var i = 0; i < shown; i++)
            text += (i == 0 ? "" : i == _values.Count - 1 ? " or " : ", ") + "'" + _values[i].Word + "'";
        return shown == _values.Count ? text : text + ", … (" + ValueText.Number(_values.Count) + " values of " + _type.Name + ")";
    }

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
