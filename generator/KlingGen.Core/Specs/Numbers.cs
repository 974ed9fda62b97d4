using System.Globalization;

namespace KlingGen.Specs;

/// <summary>Questions about numbers that are kept as a document writes them.</summary>
internal static class Numbers
{
    public static double Double(string text)
    {
        // .NET Framework hosts throw where newer ones give infinity.
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : text.StartsWith("-", System.StringComparison.Ordinal) ? double.NegativeInfinity : double.PositiveInfinity;
    }

    public static bool TryInt64(string text, out long value)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)) return true;

        // 5.0 and 1e3 are integers too, as far as JSON Schema is concerned.
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && exact == decimal.Truncate(exact) && exact is >= long.MinValue and <= long.MaxValue)
        {
            value = (long)exact;
            return true;
        }

        value = 0;
        return false;
    }

    public static bool FitsInt32(string text) => TryInt64(text, out var value) && value is >= int.MinValue and <= int.MaxValue;

    public static bool IsBeyondInt64(string? text)
        => text is not null && !TryInt64(text, out _) && System.Math.Abs(Double(text)) >= 9.2e18;
}
