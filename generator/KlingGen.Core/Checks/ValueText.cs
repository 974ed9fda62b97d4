using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace KlingGen.Checks;

/// <summary>How values and limits are written in messages.</summary>
internal static class ValueText
{
    private const int MaxQuotedLength = 40;

    // A message shows all values of most enums, and the first of those that have dozens, such as voices.
    private const int MaxListedWords = 12;

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";
        if (value == 0) return BitConverter.DoubleToInt64Bits(value) == 0 ? "0" : "-0";

        // "R" is not always the shortest form on .NET Framework, where some editors run analyzers.
        foreach (var format in (string[])["G15", "G16"])
        {
            var text = value.ToString(format, CultureInfo.InvariantCulture);
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var back) && back.Equals(value)) return text;
        }

        return value.ToString("G17", CultureInfo.InvariantCulture);
    }

    public static string Number(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A measured number, which needs no more than three decimals.</summary>
    public static string Measured(double value) => Number(Math.Round(value, 3));

    /// <summary>A number of bytes: exact below 10 KiB, rounded to a tenth above.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 10 * 1024 => bytes.ToString(CultureInfo.InvariantCulture) + " bytes",
        < 10 * 1024 * 1024 => (bytes / 1024.0).ToString("0.#", CultureInfo.InvariantCulture) + " KiB",
        _ => (bytes / (1024.0 * 1024)).ToString("0.#", CultureInfo.InvariantCulture) + " MiB",
    };

    public static string Range(BigInteger? min, BigInteger? max) => (min, max) switch
    {
        ({ } low, { } high) when low == high => Number(low),
        ({ } low, { } high) => $"between {Number(low)} and {Number(high)}",
        ({ } low, null) => $"at least {Number(low)}",
        _ => $"at most {Number(max ?? 0)}",
    };

    /// <summary>A range whose open ends are infinite.</summary>
    public static string Range(double min, double max, double above = double.NegativeInfinity, double below = double.PositiveInfinity)
    {
        var (hasAbove, hasBelow) = (!double.IsInfinity(above), !double.IsInfinity(below));
        if (!double.IsInfinity(min) && !double.IsInfinity(max) && !hasAbove && !hasBelow)
            return min.Equals(max) ? Number(min) : $"between {Number(min)} and {Number(max)}";
        var low = hasAbove ? "greater than " + Number(above) : double.IsInfinity(min) ? null : "at least " + Number(min);
        var high = hasBelow ? "less than " + Number(below) : double.IsInfinity(max) ? null : "at most " + Number(max);
        return low is null ? high ?? "" : high is null ? low : $"{low} and {high}";
    }

    /// <summary>A permitted number of things: <c>2 to 5 characters</c>.</summary>
    public static string Amount(int min, int max, string noun)
    {
        if (min == max) return $"exactly {Number(min)} {Plural(min, noun)}";
        if (max == int.MaxValue) return $"at least {Number(min)} {Plural(min, noun)}";
        return min <= 0 ? $"at most {Number(max)} {Plural(max, noun)}" : $"{Number(min)} to {Number(max)} {Plural(max, noun)}";
    }

    public static string Plural(int count, string noun) => count == 1 ? noun : noun + "s";

    /// <summary>The start of a string.</summary>
    public static string Abridge(string value)
        => value.Length <= MaxQuotedLength ? value : Cut(value, MaxQuotedLength) + "…";

    /// <summary>A string in quotes, on one line, cut after 40 characters.</summary>
    public static string Quote(string value)
        => "'" + Abridge(value).Replace("\r\n", " ").Replace('\r', ' ').Replace('\n', ' ').Replace('\f', ' ').Replace('\u0085', ' ')
            .Replace('\u2028', ' ').Replace('\u2029', ' ') + "'";

    /// <summary>Names as a list: <c>'a', 'b' and 'c'</c>.</summary>
    public static string List(IReadOnlyList<string> names, string conjunction)
    {
        var text = new StringBuilder("'" + names[0] + "'");
        for (var i = 1; i < names.Count; i++) text.Append(i == names.Count - 1 ? " " + conjunction + " '" : ", '").Append(names[i]).Append('\'');
        return text.ToString();
    }

    /// <summary>The values of an enum: <c>one of 'a' or 'b'</c>.</summary>
    public static string Choice(IReadOnlyList<string> words)
    {
        if (words.Count == 1) return "'" + words[0] + "'";
        if (words.Count <= MaxListedWords) return "one of " + List(words, "or");
        var text = new StringBuilder("one of ");
        for (var i = 0; i < MaxListedWords; i++) text.Append('\'').Append(words[i]).Append("', ");
        return text.Append("… (").Append(Number(words.Count)).Append(" values)").ToString();
    }

    /// <summary>The word that is likely meant: the nearest number where all words are numbers; null if none is near.</summary>
    public static string? Nearest(string given, IReadOnlyList<string> words)
    {
        var wanted = ParsedNumber(given);
        string? nearest = null;
        var least = double.PositiveInfinity;
        foreach (var word in words)
        {
            if (ParsedNumber(word) is not { } number) return wanted is null ? NearestName.Find(given, words) : null;
            var distance = wanted is { } value ? Math.Abs(number - value) : double.PositiveInfinity;
            if (distance < least) (nearest, least) = (word, distance);
        }

        return nearest;
    }

    private static double? ParsedNumber(string word)
        => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The first UTF-16 units of a string, without half of a surrogate pair.</summary>
    public static string Cut(string value, int length) => value.Substring(0, char.IsHighSurrogate(value[length - 1]) ? length - 1 : length);

    /// <summary>One member of a JSON object.</summary>
    public static string Json(string name, string value) => "\"" + name + "\":" + value;
}
