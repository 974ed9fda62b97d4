using System.Buffers;
using System.Globalization;
using System.Text;

namespace Fal;

/// <summary>
/// Search for a secret of ASCII characters in any case, each of them literal or escaped: for JSON, for a URL, or for JSON inside JSON or a URL.
/// </summary>
/// <remarks>Written by hand because a regular expression would add its engine, 0.8 MB, to every native program.</remarks>
internal sealed class EscapedText(string secret)
{
    private readonly SearchValues<char> _starts
        = SearchValues.Create([char.ToLowerInvariant(secret[0]), char.ToUpperInvariant(secret[0]), '\\', '%']);

    /// <summary>Whether the text contains the secret.</summary>
    public bool Finds(string text) => Find(text, out _) >= 0;

    /// <summary>Replaces each occurrence of the secret; the same object if there is none.</summary>
    public string Replace(string text, string mask)
    {
        var start = Find(text, out var end);
        if (start < 0) return text;
        var result = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (start >= 0)
        {
            result.Append(rest[..start]).Append(mask);
            rest = rest[end..];
            start = Find(rest, out end);
        }
        return result.Append(rest).ToString();
    }

    private int Find(ReadOnlySpan<char> text, out int end)
    {
        end = -1;
        var start = text.IndexOfAny(_starts);
        while (start >= 0)
        {
            end = EndOf(text, start, secret);
            if (end >= 0) return start;
            var next = text[++start..].IndexOfAny(_starts);
            start = next < 0 ? -1 : start + next;
        }
        return -1;
    }

    /// <summary>The end of a match that begins at <paramref name="at"/>; -1 if there is none.</summary>
    private static int EndOf(ReadOnlySpan<char> text, int at, ReadOnlySpan<char> secret)
    {
        if (secret.IsEmpty) return at;
        var c = secret[0];
        var others = secret[1..];
        // JSON inside JSON escapes twice. The bounds keep the search linear.
        for (var slashes = 0; slashes <= 4; slashes++)
        {
            var rest = text[(at + slashes)..];
            if (slashes <= 3 && rest is [var literal, ..] && char.ToLowerInvariant(literal) == char.ToLowerInvariant(c)
                && EndOf(text, at + slashes + 1, others) is >= 0 and var afterLiteral)
            {
                return afterLiteral;
            }
            if (slashes >= 1 && rest is ['u' or 'U', '0', '0', ..] && IsHex(rest[3..], c)
                && EndOf(text, at + slashes + 5, others) is >= 0 and var afterUnicode)
            {
                return afterUnicode;
            }
            if (rest is not ['\\', ..]) break;
        }
        if (at >= text.Length || text[at] != '%') return -1;
        for (var percent = 0; percent <= 2; percent++)
        {
            var hex = at + 1 + (2 * percent);
            if (hex > text.Length) break;
            if (IsHex(text[hex..], c) && EndOf(text, hex + 2, others) is >= 0 and var afterHex) return afterHex;
            if (!text[hex..].StartsWith("25", StringComparison.Ordinal)) break;
        }
        return -1;
    }

    private static bool IsHex(ReadOnlySpan<char> text, char c)
        => text.Length >= 2 && byte.TryParse(text[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && value == c;
}
