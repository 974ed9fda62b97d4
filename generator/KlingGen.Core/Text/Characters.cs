using System;
using System.Globalization;

namespace KlingGen.Text;

/// <summary>
/// What a UTF-16 unit from a document may do to source text. The ranges are fixed here, not asked of the platform: its tables
/// differ between hosts, and the same document must give the same text everywhere.
/// </summary>
internal static class Characters
{
    /// <summary>The five at which C# ends a line.</summary>
    public static bool EndsLine(char c) => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    /// <summary>Everything that takes room on a page without showing anything.</summary>
    public static bool IsSpace(char c)
        => c is ' ' or (>= '\t' and <= '\r') or '\u0085' or '\u00A0' or '\u1680' or (>= '\u2000' and <= '\u200A')
            or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000';

    /// <summary>
    /// Controls, format characters (bidirectional marks, zero-width characters, BOM), private use and noncharacters: what a
    /// reader of the source would not see, or would see in the wrong place. Spaces are not among them.
    /// </summary>
    public static bool IsHidden(char c)
        => (c < ' ' && !IsSpace(c)) || c is (>= '\u007F' and <= '\u009F' and not '\u0085') or '\u00AD' or '\u034F'
            or (>= '\u0600' and <= '\u0605') or '\u061C' or '\u06DD' or '\u070F' or '\u0890' or '\u0891' or '\u08E2'
            or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or (>= '\u180B' and <= '\u180F') or (>= '\u200B' and <= '\u200F')
            or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or '\u3164' or (>= '\uE000' and <= '\uF8FF')
            or (>= '\uFDD0' and <= '\uFDEF') or (>= '\uFE00' and <= '\uFE0F') or '\uFEFF' or '\uFFA0' or >= '\uFFF0' and not '\uFFFC'
            and not '\uFFFD';

    /// <summary>
    /// Letters, digits, punctuation and symbols that a string literal shows as they are: Latin, Greek, Cyrillic, the common
    /// signs, Chinese, Japanese and Korean. Left-to-right scripts only, so that a line of source reads in the order it has.
    /// </summary>
    public static bool IsPlain(char c)
        => c is (>= ' ' and <= '~') or (>= '\u00A1' and <= '\u02FF' and not '\u00AD') or (>= '\u0370' and <= '\u0377')
            or (>= '\u037A' and <= '\u037F') or (>= '\u0384' and <= '\u038A') or (>= '\u038E' and <= '\u03A1')
            or (>= '\u03A3' and <= '\u0482') or (>= '\u048A' and <= '\u052F') or (>= '\u1E00' and <= '\u1EFF')
            or (>= '\u2010' and <= '\u2027') or (>= '\u2030' and <= '\u205E') or (>= '\u20A0' and <= '\u20BF')
            or (>= '\u2100' and <= '\u218B') or (>= '\u2190' and <= '\u23FF') or (>= '\u2500' and <= '\u27BF')
            or (>= '\u3001' and <= '\u3029') or (>= '\u3041' and <= '\u3096') or (>= '\u309B' and <= '\u30FF')
            or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3')
            or (>= '\uFF01' and <= '\uFF5E');

    /// <summary>A stretch of a document for a message, which ends in a log: no line breaks, nothing hidden, no megabytes.</summary>
    public static string Show(string text)
    {
        const int longest = 80;
        var shown = new char[Math.Min(text.Length, longest)];
        for (var i = 0; i < shown.Length; i++) shown[i] = IsPlain(text[i]) ? text[i] : '\uFFFD';
        if (text.Length == 1 && shown[0] == '\uFFFD') return "U+" + ((int)text[0]).ToString("X4", CultureInfo.InvariantCulture);
        return new string(shown) + (text.Length > longest ? "…" : "");
    }
}
