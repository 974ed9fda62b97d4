using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Fal.Media;

/// <summary>Parser of data URIs: <c>data:image/png;base64,…</c></summary>
internal static class DataUri
{
    public static bool Is(string url) => url.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Parses the content and its type; returns false if the string is not a data URI or its base64 is invalid.</summary>
    public static bool TryRead(string url, out string? contentType, out byte[] bytes)
    {
        contentType = null;
        bytes = [];
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (!Is(url) || comma < 0) return false;
        var kind = url[5..comma];
        var isBase64 = kind.EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
        if (isBase64) kind = kind[..^7];
        contentType = kind.Length > 0 && ContentTypes.IsWellFormed(kind) ? kind : null;
        var data = Unescape(url.AsSpan(comma + 1));
        if (!isBase64)
        {
            bytes = data;
            return true;
        }
        var decoded = new byte[data.Length / 4 * 3 + 3];
        if (Base64.DecodeFromUtf8(Padded(data), decoded, out _, out var written) != System.Buffers.OperationStatus.Done) return false;
        bytes = decoded[..written];
        return true;
    }

    // Browsers accept base64 without its padding; so does this parser.
    private static ReadOnlySpan<byte> Padded(byte[] data)
    {
        var letters = 0;
        foreach (var b in data) if (b > ' ') letters++;
        var missing = (4 - letters % 4) % 4;
        return missing is 0 or 3 ? data : [.. data, .. "=="u8[..missing]];
    }

    private static byte[] Unescape(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var count = 0;
        while (!text.IsEmpty)
        {
            var percent = text.IndexOf('%');
            var plain = percent < 0 ? text : text[..percent];
            count += Encoding.UTF8.GetBytes(plain, bytes.AsSpan(count));
            text = text[plain.Length..];
            if (text.IsEmpty) break;
            if (text.Length >= 3 && byte.TryParse(text[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped))
            {
                bytes[count++] = escaped;
                text = text[3..];
            }
            else
            {
                bytes[count++] = (byte)'%';
                text = text[1..];
            }
        }
        return bytes[..count];
    }
}
