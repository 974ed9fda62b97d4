using System;
using System.Globalization;
using System.Numerics;

namespace KlingGen.Text;

/// <summary>Arithmetic on numbers that are kept as a document writes them.</summary>
internal static class NumberText
{
    /// <summary>The digits of Int128's limits; longer texts need not be parsed.</summary>
    private const int WideDigits = 39;

    private static readonly BigInteger WideMinimum = -BigInteger.Pow(2, 127);
    private static readonly BigInteger WideMaximum = BigInteger.Pow(2, 127) - 1;

    /// <summary>Exponents and fractions are cut off here: a limit beyond it admits the same integers as a larger one.</summary>
    private const int MaxExponent = 60;

    /// <summary>Integers below have an exact <c>double</c>.</summary>
    private const double MaxExactDouble = 9007199254740992;

    public static double ToDouble(string text)
    {
        // .NET Framework hosts throw where newer ones give infinity.
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return value;
        return text.StartsWith("-", StringComparison.Ordinal) ? double.NegativeInfinity : double.PositiveInfinity;
    }

    public static bool TryInt64(string text, out long value)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)) return true;

        // 5.0 and 1e3 are integers too, as far as JSON Schema is concerned.
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && exact == decimal.Truncate(exact)
            && exact is >= long.MinValue and <= long.MaxValue)
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
        => text is not null && !TryInt64(text, out _) && Math.Abs(ToDouble(text)) >= 9.2e18;

    /// <summary>The largest integer that is not above the number, exact within ±10^60.</summary>
    public static BigInteger Floor(string number)
    {
        if (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small)) return small;
        var (digits, exponent) = Split(number);
        if (exponent >= 0) return digits * BigInteger.Pow(10, exponent);
        var quotient = BigInteger.DivRem(digits, BigInteger.Pow(10, -exponent), out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The smallest integer that is not below the number, exact within ±10^60.</summary>
    public static BigInteger Ceiling(string number) => -Floor(number.StartsWith("-", StringComparison.Ordinal) ? number.Substring(1) : "-" + number);

    /// <summary>Compares two numbers, integers exactly.</summary>
    public static int Compare(string left, string right)
    {
        var value = ToDouble(left);

        // Rounding keeps the order of numbers, except that it may make two of them equal.
        var order = value.CompareTo(ToDouble(right));
        return order != 0 || Math.Abs(value) < MaxExactDouble ? order : Floor(left).CompareTo(Floor(right));
    }

    /// <summary>The nearest <c>double</c> that refuses no integer which the limit admits.</summary>
    public static double DoubleLimit(string limit, bool isLow)
    {
        var nearest = ToDouble(limit);
        if (Math.Abs(nearest) < MaxExactDouble || double.IsInfinity(nearest)) return nearest;
        var exact = isLow ? Ceiling(limit) : Floor(limit);
        var difference = new BigInteger(nearest).CompareTo(exact);
        if (isLow ? difference <= 0 : difference >= 0) return nearest;

        // The bits of doubles of one sign are in the order of their absolute values.
        var bits = BitConverter.DoubleToInt64Bits(nearest);
        return BitConverter.Int64BitsToDouble(isLow == nearest < 0 ? bits + 1 : bits - 1);
    }

    private static (BigInteger Digits, int Exponent) Split(string number)
    {
        var exponentAt = number.IndexOfAny(['e', 'E']);
        var mantissa = exponentAt < 0 ? number : number.Substring(0, exponentAt);
        var isNegative = mantissa[0] == '-';
        var point = mantissa.IndexOf('.');
        var whole = (point < 0 ? mantissa : mantissa.Substring(0, point)).TrimStart('-', '0');
        var fraction = point < 0 ? "" : mantissa.Substring(point + 1, Math.Min(mantissa.Length - point - 1, MaxExponent));
        if (whole.Length > MaxExponent) return (isNegative ? -1 : 1, MaxExponent);

        var digits = BigInteger.Parse("0" + whole + fraction, NumberStyles.None, CultureInfo.InvariantCulture);
        var exponent = (exponentAt < 0 ? 0 : Exponent(number, exponentAt + 1)) - fraction.Length;
        return (isNegative ? -digits : digits, Math.Max(Math.Min(exponent, MaxExponent), -2 * MaxExponent));
    }

    private static int Exponent(string number, int start)
    {
        var isNegative = number[start] == '-';
        var exponent = 0;
        foreach (var c in number.Substring(start).TrimStart('+', '-'))
        {
            exponent = Math.Min((exponent * 10) + (c - '0'), 10 * MaxExponent);
        }

        return isNegative ? -exponent : exponent;
    }
}
