using System.Collections.Generic;

namespace KlingGen.Checks;

/// <summary>The violations of cross-field rules. Names are those of the wire; groups of properties that count as one are joined with " + ".</summary>
internal static class CrossFieldMessages
{
    public static Violation AtLeastOne(IReadOnlyList<string> names) => new("missing", $"one of {ValueText.List(names, "or")} is required");

    /// <summary>Several of the alternatives of an exactly-one rule are given.</summary>
    public static Violation ExactlyOne(IReadOnlyList<string> given)
        => new("value_error", $"{ValueText.List(given, "and")} are mutually exclusive; set one of them");

    public static Violation Needs(string other) => new("value_error", $"needs '{other}' as well");

    public static Violation MutuallyExclusive(string other) => new("value_error", $"cannot be set together with '{other}'");

    /// <param name="sum">The sum, or the least that it can be.</param>
    /// <param name="max">The maximum.</param>
    /// <param name="isExact">Whether the sum cannot be greater.</param>
    public static Violation? MaxSum(double sum, double max, bool isExact = true)
    {
        if (sum <= max) return null;
        var message = $"must add up to at most {ValueText.Number(max)}, not {ValueText.Number(sum)}{(isExact ? "" : " or more")}";
        return new Violation("less_than_equal", message, Limit("le", max));
    }

    /// <summary>A minimum of the difference <paramref name="to"/> - <paramref name="from"/>.</summary>
    public static Violation? MinDifference(string earlier, double from, double to, double min)
    {
        if (to - from >= min) return null;
        var distance = min > 0 ? $"at least {ValueText.Number(min)} greater than" : "at least";
        return new Violation(
            "greater_than_equal", $"must be {distance} '{earlier}' ({ValueText.Number(from)}), not {ValueText.Number(to)}", Limit("ge", from + min));
    }

    public static Violation RequiredWhen(string other, string? value) => new("missing", $"is required when '{other}' is '{value}'");

    public static Violation ForbiddenWhen(string other, string? value) => new("value_error", $"must not be set when '{other}' is '{value}'");

    private static string Limit(string name, double value) => "{" + ValueText.Json(name, ValueText.Number(value)) + "}";
}
