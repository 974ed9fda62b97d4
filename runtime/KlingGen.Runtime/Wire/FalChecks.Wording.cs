namespace Fal.Wire;

// How limits are said.
public sealed partial class FalChecks
{
    private static string Range(Int128? min, Int128? max) => (min, max) switch
    {
        ({ } low, { } high) when low == high => Text(low),
        ({ } low, { } high) => $"between {Text(low)} and {Text(high)}",
        ({ } low, null) => $"at least {Text(low)}",
        _ => $"at most {Text(max ?? 0)}",
    };

    private static string Range(double min, double max, double above, double below)
    {
        if (double.IsFinite(min) && double.IsFinite(max) && !double.IsFinite(above) && !double.IsFinite(below))
            return min.Equals(max) ? Text(min) : $"between {Text(min)} and {Text(max)}";
        var low = double.IsFinite(above) ? "greater than " + Text(above) : double.IsFinite(min) ? "at least " + Text(min) : null;
        var high = double.IsFinite(below) ? "less than " + Text(below) : double.IsFinite(max) ? "at most " + Text(max) : null;
        return low is null ? high! : high is null ? low : $"{low} and {high}";
    }

    private static string Amount(int min, int max, string what)
    {
        if (min == max)
            return $"exactly {Text(min)} {Plural(min, what)}";
        if (max == int.MaxValue)
            return $"at least {Text(min)} {Plural(min, what)}";
        return min <= 0 ? $"at most {Text(max)} {Plural(max, what)}" : $"{Text(min)} to {Text(max)} {Plural(max, what)}";
    }

    private static string Plural(int count, string what) => count == 1 ? what : what + "s";

    /// <summary><c>'a', 'b' and 'c'</c></summary>
    private static string List(string[] names, string last)
        => names.Length == 1
            ? $"'{names[0]}'"
            : string.Join(", ", names.Take(names.Length - 1).Select(name => $"'{name}'")) + $" {last} '{names[^1]}'";
}
