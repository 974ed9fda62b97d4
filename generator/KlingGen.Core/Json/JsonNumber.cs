namespace KlingGen.Json;

/// <summary>Arithmetic on numbers as JSON writes them, exact whatever their size.</summary>
internal static class JsonNumber
{
    private const int MaxDigits = 1000;

    /// <summary>The decimal digits of an integer (<c>1.50e1</c> is <c>15</c>); null for what is none, or has more than a thousand of them.</summary>
    public static string? AsInteger(string number)
    {
        if (IsPlain(number)) return number;
        var negative = number[0] == '-';
        var exponentAt = number.IndexOfAny(['e', 'E']);
        var mantissa = number.Substring(negative ? 1 : 0, (exponentAt < 0 ? number.Length : exponentAt) - (negative ? 1 : 0));
        var point = mantissa.IndexOf('.');
        var digits = (point < 0 ? mantissa : mantissa.Remove(point, 1)).TrimStart('0');
        if (digits.Length == 0) return "0";

        var significant = digits.TrimEnd('0');
        var scale = (long)(digits.Length - significant.Length) - (point < 0 ? 0 : mantissa.Length - point - 1);
        scale += exponentAt < 0 ? 0 : Exponent(number, exponentAt + 1);
        if (scale < 0 || significant.Length + scale > MaxDigits) return null;
        return (negative ? "-" : "") + significant + new string('0', (int)scale);
    }

    private static bool IsPlain(string number)
    {
        if (number == "-0" || number.Length > MaxDigits) return false;
        foreach (var c in number)
        {
            if (c is '.' or 'e' or 'E') return false;
        }

        return true;
    }

    // Large enough to be out of reach, small enough to add to.
    private static long Exponent(string number, int at)
    {
        var negative = number[at] == '-';
        if (number[at] is '-' or '+') at++;
        var value = 0L;
        for (; at < number.Length && value < int.MaxValue; at++) value = (value * 10) + (number[at] - '0');
        return negative ? -value : value;
    }
}
