using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fal.Wire;

/// <summary>Text out of JSON tokens. Never fails: what is not valid Unicode becomes U+FFFD.</summary>
internal static class FalJsonText
{
    /// <summary>The text of the string or member name that <paramref name="reader"/> stands on.</summary>
    public static string Of(ref Utf8JsonReader reader)
        => reader.ValueIsEscaped ? Unescape(reader.ValueSpan) : Encoding.UTF8.GetString(reader.ValueSpan);

    /// <summary>Undoes the escapes of a string token that the JSON reader found well-formed.</summary>
    public static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var pooled = ArrayPool<char>.Shared.Rent(escaped.Length);
        var length = 0;
        while (!escaped.IsEmpty)
        {
            var plain = escaped.IndexOf((byte)'\\');
            if (plain < 0)
                plain = escaped.Length;
            length += Encoding.UTF8.GetChars(escaped[..plain], pooled.AsSpan(length));
            escaped = escaped[plain..];
            if (escaped.IsEmpty)
                break;
            pooled[length++] = Unit(escaped, out var taken);
            escaped = escaped[taken..];
        }

        Mend(pooled.AsSpan(0, length));
        var text = new string(pooled, 0, length);
        ArrayPool<char>.Shared.Return(pooled);
        return text;
    }

    /// <summary>Whether an escaped string token says <paramref name="plain"/>.</summary>
    public static bool Same(ReadOnlySpan<byte> escaped, ReadOnlySpan<byte> plain)
        => escaped.Length >= plain.Length && Unescape(escaped) == Encoding.UTF8.GetString(plain);

    private static char Unit(ReadOnlySpan<byte> escape, out int taken)
    {
        taken = 2;
        switch (escape[1])
        {
            case (byte)'b': return '\b';
            case (byte)'t': return '\t';
            case (byte)'n': return '\n';
            case (byte)'f': return '\f';
            case (byte)'r': return '\r';
            case (byte)'u':
                taken = 6;
                return (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            default: return (char)escape[1];
        }
    }

    /// <summary>Halves of surrogate pairs that stand alone become U+FFFD.</summary>
    private static void Mend(Span<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else
                text[i] = '\uFFFD';
        }
    }
}
