using System.Globalization;
using System.Numerics;

namespace KlingGen.Specs;

/// <summary>Questions about numbers that are kept as a document writes them.</summary>
internal static class Numbers
{
    /// <summary>The digits of Int128's limits; longer texts need not be parsed.</summary>
    private const int WideDigits = 39;

    private static readonly BigInteger WideMinimum = -BigInteger.Pow(2, 127);
    private static readonly BigInteger WideMaximum = BigInteger.Pow(2, 127) - 1;

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

    /// <summary>An integer, written in digits, that Int128 holds and Int64 does not.</summary>
    public static bool IsWide(string text)
        => text.Length <= WideDigits + 1
            && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= WideMinimum && value <= WideMaximum
            && (value < long.MinValue || value > long.MaxValue);

    public static bool IsBeyondInt64(string? text)
        => text is not null && !TryInt64(text, out _) && System.Math.Abs(Double(text)) >= 9.2e18;
}
