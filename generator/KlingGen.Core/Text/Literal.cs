using System;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace KlingGen.Text;

/// <summary>C# literals for values from a document. One of the doors through which its text enters emitted code.</summary>
internal static class Literal
{
    private const string Hex = "0123456789ABCDEF";
    private static readonly BigInteger WideMinimum = -BigInteger.Pow(2, 127);
    private static readonly BigInteger WideMaximum = BigInteger.Pow(2, 127) - 1;

    /// <summary>A string literal with exactly this value, lone surrogates included.</summary>
    public static string String(string value)
    {
        if (IsVerbatim(value)) return "\"" + value + "\"";
        var text = new StringBuilder(value.Length + 16).Append('"');
        Escape(text, value, '"');
        return text.Append('"').ToString();
    }

    /// <summary>A string literal, or <c>null</c>.</summary>
    public static string StringOrNull(string? value) => value is null ? "null" : String(value);

    /// <summary>A character literal with exactly this value.</summary>
    public static string Char(char value)
    {
        var text = new StringBuilder(8).Append('\'');
        Escape(text, value.ToString(), '\'');
        return text.Append('\'').ToString();
    }

    /// <summary>
    /// A UTF-8 literal with this value, not escaped for JSON: the runtime's reader and writer do that. UTF-8 has no lone surrogates; they
    /// become U+FFFD, as they do in everything that the runtime sends.
    /// </summary>
    public static string Utf8(string value) => String(WithoutLoneSurrogates(value)) + "u8";

    /// <summary>A number that a <c>double</c> takes; a whole one is written without a point.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value)) return "double.NaN";
        if (double.IsInfinity(value)) return value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        if (value == Math.Truncate(value) && value != 0 && Math.Abs(value) < 1e15) return Digits((long)value);
        if (value == 0) return BitConverter.DoubleToInt64Bits(value) == 0 ? "0" : "-0.0";

        // "R" prints differently on .NET Framework, where some editors run generators; these three do not.
        foreach (var format in (string[])["G15", "G16", "G17"])
        {
            var text = value.ToString(format, CultureInfo.InvariantCulture);
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var back) && back.Equals(value)) return text;
        }

        return value.ToString("G17", CultureInfo.InvariantCulture);
    }

    /// <summary>An integer; beyond <c>int</c> its type is <c>long</c>.</summary>
    public static string Number(long value) => value switch
    {
        long.MinValue => "long.MinValue",
        < int.MinValue or > int.MaxValue => Digits(value) + "L",
        _ => Digits(value),
    };

    /// <summary>
    /// An integer given by its decimal digits, as <c>int</c>, <c>long</c>, <c>ulong</c> or <c>Int128</c>, whichever is the first that
    /// holds it. Beyond <c>Int128</c> the nearest value of that type: as a limit it admits the same values.
    /// </summary>
    public static string Number(string digits)
    {
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small)) return Number(small);
        var value = BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (value > 0 && value <= ulong.MaxValue) return ((ulong)value).ToString("D", CultureInfo.InvariantCulture) + "UL";
        if (value <= WideMinimum) return "global::System.Int128.MinValue";
        if (value >= WideMaximum) return "global::System.Int128.MaxValue";
        var upper = (ulong)((value >> 64) & ulong.MaxValue);
        var lower = (ulong)(value & ulong.MaxValue);
        return "new global::System.Int128(0x" + upper.ToString("X", CultureInfo.InvariantCulture) + "UL, 0x"
            + lower.ToString("X", CultureInfo.InvariantCulture) + "UL)";
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static string Boolean(bool value) => value ? "true" : "false";

    /// <summary>The digits of a number, without a suffix: for prose and names, not for code.</summary>
    public static string Digits(long value) => value.ToString("D", CultureInfo.InvariantCulture);

    [MethodImpl(HotLoop.Options)]
    private static bool IsVerbatim(string value)
    {
        foreach (var c in value)
        {
            if (c is < ' ' or > '~' or '"' or '\\') return false;
        }

        return true;
    }

    private static void Escape(StringBuilder text, string value, char quote)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == quote || c == '\\') text.Append('\\').Append(c);
            else if (Characters.IsPlain(c)) text.Append(c);
            else if (c == '\n') text.Append("\\n");
            else if (c == '\r') text.Append("\\r");
            else if (c == '\t') text.Append("\\t");
            else if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                Append(text.Append("\\U"), char.ConvertToUtf32(c, value[++i]), 8);
            else Append(text.Append("\\u"), c, 4);
        }
    }

    private static string WithoutLoneSurrogates(string value)
    {
        StringBuilder? text = null;
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i])) continue;
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])) i++;
            else (text ??= new StringBuilder(value))[i] = '\uFFFD';
        }

        return text?.ToString() ?? value;
    }

    private static void Append(StringBuilder text, int value, int digits)
    {
        for (var shift = (digits - 1) * 4; shift >= 0; shift -= 4) text.Append(Hex[(value >> shift) & 15]);
    }
}
