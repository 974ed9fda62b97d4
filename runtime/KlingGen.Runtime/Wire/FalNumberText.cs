using System.Globalization;

namespace Fal.Wire;

/// <summary>Numbers to JSON text and back, the same in every culture.</summary>
internal static class FalNumberText
{
    /// <summary>Writes a finite number in its shortest exact form; the target has room for 32 bytes.</summary>
    public static int Write(Span<byte> target, double value)
    {
        // Most numbers of requests have a few decimals. If the nearest count of millionths divides back to the value, its digits
        // are exact, and no shorter ones are: below 16 digits two decimals never share a double.
        if (Math.Abs(value) < 1e9 && !(value == 0 && double.IsNegative(value)))
        {
            var millionths = Math.Round(value * 1e6);
            if ((millionths / 1e6).Equals(value))
                return WriteMillionths(target, (long)millionths);
        }

        value.TryFormat(target, out var written, default, CultureInfo.InvariantCulture);
        return written;
    }

    private static int WriteMillionths(Span<byte> target, long millionths)
    {
        var written = 0;
        if (millionths < 0)
        {
            target[written++] = (byte)'-';
            millionths = -millionths;
        }

        var (whole, fraction) = Math.DivRem((ulong)millionths, 1_000_000UL);
        whole.TryFormat(target[written..], out var digits, default, CultureInfo.InvariantCulture);
        written += digits;
        if (fraction == 0)
            return written;
        target[written++] = (byte)'.';
        for (var place = 100_000UL; fraction != 0; place /= 10)
        {
            (var digit, fraction) = Math.DivRem(fraction, place);
            target[written++] = (byte)('0' + digit);
        }

        return written;
    }

    /// <summary>Reads a number in JSON's grammar; infinite if it is beyond the type.</summary>
    public static double ReadNumber(ReadOnlySpan<byte> text)
        => TryReadShort(text, out var value) ? value : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Reads a number that came as text, with the words other languages use for what JSON cannot write.</summary>
    public static bool TryReadNumber(string text, out double value)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(text, style, CultureInfo.InvariantCulture, out value))
            return true;
        value = text is "inf" ? double.PositiveInfinity : double.NegativeInfinity;
        return text is "inf" or "-inf";
    }

    /// <summary>Reads an integer exactly, however it is written (5, 5.0, 50e-1); false if it is none or beyond the type.</summary>
    public static bool TryReadInteger(ReadOnlySpan<byte> text, out Int128 value)
    {
        if (text.Length is > 0 and < 19 && TryReadLong(text, out var small))
        {
            value = small;
            return true;
        }

        value = default;
        var exponentAt = text.IndexOfAny((byte)'e', (byte)'E');
        var exponent = 0;
        if (exponentAt >= 0)
        {
            // An exponent beyond Int32 leaves the type, or leaves a fraction, unless the digits are all zero.
            if (!int.TryParse(text[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
                return false;
            text = text[..exponentAt];
        }

        var point = text.IndexOf((byte)'.');
        var fraction = point < 0 ? default : text[(point + 1)..].TrimEnd((byte)'0');
        var whole = point < 0 ? text : text[..point];
        var negative = !whole.IsEmpty && whole[0] == '-';
        if (negative)
            whole = whole[1..];

        if (whole.IsEmpty)
            return false;

        var magnitude = UInt128.Zero;
        if (!Append(ref magnitude, whole) || !Append(ref magnitude, fraction))
            return false;
        var shift = (long)exponent - fraction.Length;
        if (magnitude != 0 && !Shift(ref magnitude, shift))
            return false;

        var limit = (UInt128)Int128.MaxValue;
        if (magnitude > (negative ? limit + 1 : limit))
            return false;
        value = negative ? unchecked(-(Int128)magnitude) : (Int128)magnitude;
        return true;
    }

    private static bool TryReadLong(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var digits = text[0] == '-' ? text[1..] : text;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            value = value * 10 + (digit - '0');
        }

        value = digits.Length == text.Length ? value : -value;
        return !digits.IsEmpty;
    }

    /// <summary>Digits below 2^53 and a small power of ten are exact as doubles, so their quotient is the nearest double.</summary>
    private static bool TryReadShort(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        var negative = text[0] == '-';
        if (text.Length > 16 + (negative ? 1 : 0))
            return false;
        long digits = 0;
        var divisor = 1.0;
        var fraction = false;
        foreach (var unit in negative ? text[1..] : text)
        {
            if (unit == '.')
            {
                fraction = true;
                continue;
            }

            if (!char.IsAsciiDigit((char)unit))
                return false;
            digits = digits * 10 + (unit - '0');
            if (fraction)
                divisor *= 10;
        }

        value = digits / divisor;
        if (negative)
            value = -value;
        return digits < 1L << 53;
    }

    private static bool Append(ref UInt128 magnitude, ReadOnlySpan<byte> digits)
    {
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9' || magnitude > UInt128.MaxValue / 10 - 1)
                return false;
            magnitude = magnitude * 10 + (uint)(digit - '0');
        }

        return true;
    }

    private static bool Shift(ref UInt128 magnitude, long places)
    {
        for (; places > 0; places--)
        {
            if (magnitude > UInt128.MaxValue / 10)
                return false;
            magnitude *= 10;
        }

        for (; places < 0; places++)
        {
            var (quotient, rest) = UInt128.DivRem(magnitude, 10);
            if (rest != 0)
                return false;
            magnitude = quotient;
        }

        return true;
    }
}
