using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using KlingGen.Naming;
using KlingGen.Analyzers;
using KlingGen.Checks;
using Microsoft.CodeAnalysis;

namespace KlingGen.CodeFixes;

/// <summary>The values of an emitted enum by what they are called on the wire.</summary>
internal static class EnumWords
{
    /// <summary>How many values are offered where none is meant exactly.</summary>
    private const int Offers = 3;

    /// <summary>
    /// The enum below a nullable one, if it was emitted by us: a C# enum, or a struct around a word, which has its
    /// values as static properties.
    /// </summary>
    public static INamedTypeSymbol? EmittedEnum(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable) type = nullable.TypeArguments[0];
        return type is INamedTypeSymbol { TypeKind: TypeKind.Enum or TypeKind.Struct } choice && EmittedCode.Has(choice) && Values(choice).Any()
            ? choice
            : null;
    }

    /// <summary>The named values, in the document's order.</summary>
    public static IEnumerable<ISymbol> Values(INamedTypeSymbol choice)
        => choice.GetMembers().Where(member => member is IFieldSymbol { HasConstantValue: true }
            || (member is IPropertySymbol { IsStatic: true } property && SymbolEqualityComparer.Default.Equals(property.Type, choice)));

    /// <summary>The value that is written so, or those that come closest, best first.</summary>
    public static IReadOnlyList<ISymbol> Nearest(INamedTypeSymbol choice, string text)
    {
        var values = Values(choice).ToList();
        var words = values.ToDictionary(static value => value, Word, SymbolEqualityComparer.Default);
        foreach (var same in new Func<string, string>[] { static word => word, Letters })
        {
            var found = values.Where(value => same(words[value]) == same(text)).ToList();
            if (found.Count == 1) return found;
        }

        return IsNumber(text, out var number) && words.Values.All(static word => IsNumber(word, out _))
            ? values.OrderBy(value => Math.Abs(Number(words[value]) - number)).Take(1).ToList()
            : values.OrderBy(value => NearestName.Distance(Letters(words[value]), Letters(text))).Take(Offers).ToList();
    }

    /// <summary>
    /// The text on the wire: <c>[SpecName]</c> where the name does not tell, else the name's words. An enum of integers
    /// has them as its values, and names that end with them.
    /// </summary>
    public static string Word(ISymbol value)
    {
        foreach (var attribute in value.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "SpecNameAttribute" } && attribute.ConstructorArguments is { Length: 1 } arguments
                && arguments[0].Value is string word) return word;
        }

        var number = Convert.ToString((value as IFieldSymbol)?.ConstantValue, CultureInfo.InvariantCulture) ?? "";
        return number.Length > 0 && value.Name.EndsWith(number.TrimStart('-'), StringComparison.Ordinal) ? number : IdentifierWords.Snake(value.Name);
    }

    /// <summary>What people do not look at when they copy a word.</summary>
    private static string Letters(string text)
    {
        var kept = text.Where(static c => char.IsLetterOrDigit(c) || c == ':' || c == '.').ToArray();
        return new string(kept).ToLowerInvariant();
    }

    private static double Number(string word) => IsNumber(word, out var number) ? number : 0;

    private static bool IsNumber(string text, out double number)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
