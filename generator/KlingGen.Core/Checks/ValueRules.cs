using System.Collections.Generic;
using System.Numerics;

namespace KlingGen.Checks;

/// <summary>The constraints on one value: each returns its violation, or null. The checks at run time, the analyzers and the reader of documents call
/// these.</summary>
internal static class ValueRules
{
    public static Violation? Length(string value, int min, int max)
    {
        // A string of n UTF-16 units has n/2 to n code points: most strings need no count.
        if (value.Length <= max && (value.Length + 1) / 2 >= min) return null;
        var length = ValueMath.CodePoints(value);
        if (length >= min && length <= max) return null;
        var message = $"must have {ValueText.Amount(min, max, "character")}, not {ValueText.Number(length)}";
        return length < min
            ? new Violation("string_too_short", message, Limit("min_length", ValueText.Number(min)))
            : new Violation("string_too_long", message, Limit("max_length", ValueText.Number(max)));
    }

    /// <summary>A pattern that is found somewhere in a string. A pattern that cannot be matched in time is left to the server.</summary>
    public static Violation? Pattern(string value, string pattern)
        => PatternMatcher.IsMatch(pattern, value) == false
            ? new Violation("string_pattern_mismatch", $"must match the pattern {pattern}, not {ValueText.Quote(value)}")
            : null;

    public static Violation? Url(string value)
        => ValueMath.IsUsableUrl(value) ? null
            : new Violation("url_parsing", $"must be an http or https URL or a data URI, not {ValueText.Quote(value)}");

    public static Violation? MediaUrl(string value)
        => Url(value) is { } violation ? violation with { Message = violation.Message + "; for a local file use FalMedia.FromFile" } : null;

    public static Violation? Integer(BigInteger value, BigInteger? min, BigInteger? max, BigInteger? multipleOf)
    {
        if (value < min)
            return new Violation("greater_than_equal", $"must be {ValueText.Range(min, max)}, not {ValueText.Number(value)}",
                Limit("ge", ValueText.Number(min.Value)));
        if (value > max)
            return new Violation("less_than_equal", $"must be {ValueText.Range(min, max)}, not {ValueText.Number(value)}",
                Limit("le", ValueText.Number(max.Value)));
        return multipleOf is { Sign: > 0 } step && value % step != 0 ? NoMultiple(ValueText.Number(step), ValueText.Number(value)) : null;
    }

    /// <summary>The limits of a number; open ends are infinite, and a step of 0 is none.</summary>
    public static Violation? Number(double value, double min, double max, double above, double below, double multipleOf)
    {
        var given = ValueText.Number(value);
        if (double.IsNaN(value) || double.IsInfinity(value)) return new Violation("finite_number", $"must be a finite number, not {given}");
        if (value < min) return Outside("greater_than_equal", "ge", min);
        if (value > max) return Outside("less_than_equal", "le", max);
        if (value <= above) return Outside("greater_than", "gt", above);
        if (value >= below) return Outside("less_than", "lt", below);
        return multipleOf > 0 && !ValueMath.IsMultiple(value, multipleOf) ? NoMultiple(ValueText.Number(multipleOf), given) : null;

        Violation Outside(string type, string name, double limit)
            => new(type, $"must be {ValueText.Range(min, max, above, below)}, not {given}", Limit(name, ValueText.Number(limit)));
    }

    /// <param name="count">The number of elements, or of those that are known.</param>
    /// <param name="min">The fewest.</param>
    /// <param name="max">The most.</param>
    /// <param name="isComplete">Whether there are no other elements.</param>
    public static Violation? Count(int count, int min, int max, bool isComplete = true)
    {
        if (count <= max && (!isComplete || count >= min)) return null;
        var message = $"must have {ValueText.Amount(min, max, "element")}, not {ValueText.Number(count)}{(isComplete ? "" : " or more")}";
        return count < min
            ? new Violation("too_short", message, Limit("min_length", ValueText.Number(min)))
            : new Violation("too_long", message, Limit("max_length", ValueText.Number(max)));
    }

    /// <param name="index">The index of the element that equals an earlier one; null if the index is not known.</param>
    public static Violation NotUnique(string? index)
        => new("value_error", $"must not contain duplicate elements; {(index is null ? "this element" : "element " + index)} equals an earlier one");

    /// <param name="count">The number of elements that have the property, as far as they are known.</param>
    /// <param name="property">The property.</param>
    /// <param name="max">The most elements that may have it.</param>
    public static Violation? MaxContains(int count, string property, int max)
        => count <= max ? null : new Violation(
            "too_long",
            $"must have at most {ValueText.Number(max)} {ValueText.Plural(max, "element")} with '{property}', not {ValueText.Number(count)}",
            Limit("max_length", ValueText.Number(max)));

    /// <param name="given">The word, or the number of a C# enum.</param>
    /// <param name="shown">The value as the message shows it.</param>
    /// <param name="words">All JSON values of the enum.</param>
    public static Violation Undefined(string given, string shown, IReadOnlyList<string> words)
    {
        var nearest = ValueText.Nearest(given, words);
        var hint = nearest is null ? "" : nearest == given ? $"; the value '{nearest}' has another number" : $"; the nearest is '{nearest}'";
        return new Violation("enum", $"must be {ValueText.Choice(words)}, not {shown}{hint}");
    }

    private static Violation NoMultiple(string step, string value)
        => new("multiple_of", $"must be a multiple of {step}, not {value}", Limit("multiple_of", step));

    private static string Limit(string name, string value) => "{" + ValueText.Json(name, value) + "}";
}
