using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Fal.Wire;

public sealed partial class FalChecks
{
    /// <summary>A member that must be given. An empty text is given.</summary>
    public void Required(string name, object? value)
    {
        if (value is null)
            Wrong(name, "missing", "is required");
    }

    /// <summary>The length of a text in Unicode code points, as the server counts.</summary>
    public void Length(string name, string? value, int min = 0, int max = int.MaxValue)
    {
        // A text of n UTF-16 units has n/2 to n code points: most texts need no count.
        if (value is null || (value.Length <= max && (value.Length + 1) / 2 >= min))
            return;
        var length = CodePoints(value);
        if (length < min)
            Wrong(name, "string_too_short", $"must have {Amount(min, max, "character")}, not {Text(length)}", "min_length", Text(min));
        else if (length > max)
            Wrong(name, "string_too_long", $"must have {Amount(min, max, "character")}, not {Text(length)}", "max_length", Text(max));
    }

    /// <summary>A pattern found somewhere in a text. Patterns that need backtracking are left to the server.</summary>
    public void Pattern(string name, string? value, [StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
    {
        if (value is null)
            return;
        try
        {
            // Linear time whatever the text; the class keeps the patterns used last.
            if (Regex.IsMatch(value, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout))
                return;
        }
        catch (Exception notOurs) when (notOurs is NotSupportedException or ArgumentException)
        {
            return;
        }

        Wrong(name, "string_pattern_mismatch", $"must match the pattern {pattern}, not {FalDisplayText.Quote(value)}");
    }

    /// <summary>The limits of an integer.</summary>
    public void Integer(string name, Int128? value, Int128? min = null, Int128? max = null, Int128? multipleOf = null)
    {
        if (value is not { } given)
            return;
        if (given < min)
            Wrong(name, "greater_than_equal", $"must be {Range(min, max)}, not {Text(given)}", "ge", Text(min.Value));
        else if (given > max)
            Wrong(name, "less_than_equal", $"must be {Range(min, max)}, not {Text(given)}", "le", Text(max.Value));
        else if (multipleOf is { } step && step != 0 && given % step != 0)
            Wrong(name, "multiple_of", $"must be a multiple of {Text(step)}, not {Text(given)}", "multiple_of", Text(step));
    }

    /// <summary>The limits of a number: <paramref name="min"/> and <paramref name="max"/> are allowed themselves,
    /// <paramref name="above"/> and <paramref name="below"/> are not.</summary>
    public void Number(
        string name,
        double? value,
        double min = double.NegativeInfinity,
        double max = double.PositiveInfinity,
        double above = double.NegativeInfinity,
        double below = double.PositiveInfinity,
        double multipleOf = 0)
    {
        if (value is not { } given)
            return;
        if (!double.IsFinite(given))
            Wrong(name, "finite_number", $"must be a finite number, not {Text(given)}");
        else if (given < min)
            Wrong(name, "greater_than_equal", $"must be {Range(min, max, above, below)}, not {Text(given)}", "ge", Text(min));
        else if (given > max)
            Wrong(name, "less_than_equal", $"must be {Range(min, max, above, below)}, not {Text(given)}", "le", Text(max));
        else if (given <= above)
            Wrong(name, "greater_than", $"must be {Range(min, max, above, below)}, not {Text(given)}", "gt", Text(above));
        else if (given >= below)
            Wrong(name, "less_than", $"must be {Range(min, max, above, below)}, not {Text(given)}", "lt", Text(below));
        else if (multipleOf > 0 && !IsMultiple(given, multipleOf))
            Wrong(name, "multiple_of", $"must be a multiple of {Text(multipleOf)}, not {Text(given)}", "multiple_of", Text(multipleOf));
    }

    /// <summary>An enum value that its enum names.</summary>
    public void Defined(string name, bool defined, object? value)
    {
        if (defined)
            return;
        // An enum prints a number without a name in the culture of the thread.
        var shown = value is Enum ? Convert.ToDecimal(value, CultureInfo.InvariantCulture) : value;
        Wrong(name, "enum", $"must be one of the values that its enum names, not {Convert.ToString(shown, CultureInfo.InvariantCulture)}");
    }

    /// <summary>The value of a union that was read and has none of the union's shapes.</summary>
    public void UnknownShape(string name)
        => Wrong(name, "union_shape", "has none of the shapes that are allowed here");

    /// <summary>A URL: absolute, http or https, or a data URI.</summary>
    public void Url(string name, string? value)
    {
        if (value is not null && !FalUrl.IsUsable(value))
            Wrong(name, "url_parsing", $"must be an http or https URL, or a data URI, not {FalDisplayText.Quote(value)}");
    }

    private static int CodePoints(string text)
    {
        var pairs = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
                pairs++;
        }

        return text.Length - pairs;
    }

    /// <summary>Tenths and the like have no exact binary form, so a little next to a multiple is one.</summary>
    private static bool IsMultiple(double value, double step)
    {
        var count = value / step;
        return Math.Abs(count - Math.Round(count)) <= 1e-9 * Math.Max(1, Math.Abs(count));
    }
}
