using System.Globalization;
using System.Numerics;
using KlingGen.Text;

namespace KlingGen.Analyzers;

/// <summary>How limits are said: in the words of the runtime's checks, so that one fault reads the same wherever it is found.</summary>
internal static class Wording
{
    private const int Shown = 40;

    public static string Text(double number) => number switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        _ => Literal.Number(number),
    };

    public static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Range(BigInteger? min, BigInteger? max) => (min, max) switch
    {
        ({ } low, { } high) when low == high => Text(low),
        ({ } low, { } high) => $"between {Text(low)} and {Text(high)}",
        ({ } low, null) => $"at least {Text(low)}",
        _ => $"at most {Text(max ?? 0)}",
    };

    /// <summary>An open end is infinite.</summary>
    public static string Range(double min, bool isAbove, double max, bool isBelow)
    {
        var hasLow = !double.IsInfinity(min);
        var hasHigh = !double.IsInfinity(max);
        if (hasLow && hasHigh && !isAbove && !isBelow) return min.Equals(max) ? Text(min) : $"between {Text(min)} and {Text(max)}";
        var low = (isAbove ? "greater than " : "at least ") + Text(min);
        var high = (isBelow ? "less than " : "at most ") + Text(max);
        return !hasLow ? high : !hasHigh ? low : $"{low} and {high}";
    }

    public static string Amount(int min, int max, string what)
    {
        if (min == max) return $"exactly {Text(min)} {Plural(min, what)}";
        if (max == int.MaxValue) return $"at least {Text(min)} {Plural(min, what)}";
        return min <= 0 ? $"at most {Text(max)} {Plural(max, what)}" : $"{Text(min)} to {Text(max)} {Plural(max, what)}";
    }

    /// <summary>A value in quotes, on one line, never more than a few words.</summary>
    public static string Quote(string text)
    {
        var cut = text.Length <= Shown ? text : text.Substring(0, char.IsHighSurrogate(text[Shown - 1]) ? Shown - 1 : Shown) + "…";
        return "'" + cut.Replace("\r\n", " ").Replace('\r', ' ').Replace('\n', ' ').Replace('\f', ' ').Replace('\u0085', ' ').Replace('\u2028', ' ').Replace('\u2029', ' ') + "'";
    }

    private static string Plural(int count, string what) => count == 1 ? what : what + "s";
}
