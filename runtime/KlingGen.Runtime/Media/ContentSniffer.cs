using System.Buffers.Binary;

namespace Fal.Media;

/// <summary>Detects a content type from the first bytes of a file, never from its name.</summary>
internal static class ContentSniffer
{
    /// <summary>The number of bytes that detection uses.</summary>
    public const int HeadLength = 512;

    /// <summary>The content type of these first bytes; null if they match none.</summary>
    public static string? ContentType(ReadOnlySpan<byte> head)
        => Image(head) ?? Riff(head) ?? IsoBrand(head) ?? Matroska(head) ?? Sound(head) ?? OtherVideo(head) ?? OtherFile(head);

    private static string? Image(ReadOnlySpan<byte> head)
    {
        if (Is(head, 0, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return "image/png";
        if (Is(head, 0, [0xFF, 0xD8, 0xFF])) return "image/jpeg";
        if (Is(head, 0, "GIF87a"u8) || Is(head, 0, "GIF89a"u8)) return "image/gif";
        if (Is(head, 0, "BM"u8) && head.Length >= 18 && head[14] is 12 or 40 or 52 or 56 or 64 or 108 or 124) return "image/bmp";
        if (Is(head, 0, "II*\0"u8) || Is(head, 0, "MM\0*"u8)) return "image/tiff";
        if (Is(head, 0, [0xFF, 0x0A]) || Is(head, 0, [0, 0, 0, 0x0C, (byte)'J', (byte)'X', (byte)'L', (byte)' '])) return "image/jxl";
        return Is(head, 0, [0, 0, 1, 0]) && head.Length >= 6 && head[4] is > 0 and < 64 && head[5] == 0 ? "image/x-icon" : null;
    }

    private static string? Riff(ReadOnlySpan<byte> head)
    {
        if (Is(head, 0, "RIFF"u8))
        {
            if (Is(head, 8, "WEBP"u8)) return "image/webp";
            if (Is(head, 8, "WAVE"u8)) return "audio/wav";
            if (Is(head, 8, "AVI "u8)) return "video/x-msvideo";
        }
        return (Is(head, 0, "RF64"u8) || Is(head, 0, "BW64"u8)) && Is(head, 8, "WAVE"u8) ? "audio/wav" : null;
    }

    // ISO media files begin with an 'ftyp' box: a brand, a version, then the compatible brands.
    private static string? IsoBrand(ReadOnlySpan<byte> head)
    {
        if (head.Length < 8) return null;
        if (!Is(head, 4, "ftyp"u8)) return OldQuickTime(head);
        var size = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(head), 8, 136);
        var brands = head[8..Math.Min(head.Length, size)];
        if (Has(brands, "avif"u8) || Has(brands, "avis"u8)) return "image/avif";
        if (Has(brands, "heic"u8) || Has(brands, "heix"u8) || Has(brands, "hevc"u8) || Has(brands, "hevx"u8)) return "image/heic";
        if (Has(brands, "mif1"u8) || Has(brands, "msf1"u8)) return "image/heif";
        if (Is(brands, 0, "qt  "u8)) return "video/quicktime";
        if (Is(brands, 0, "M4A "u8) || Is(brands, 0, "M4B "u8) || Is(brands, 0, "M4P "u8)) return "audio/mp4";
        return Is(brands, 0, "3gp"u8) || Is(brands, 0, "3g2"u8) ? "video/3gpp" : "video/mp4";
    }

    // QuickTime files older than the 'ftyp' box begin with one of these boxes, of a valid size.
    private static string? OldQuickTime(ReadOnlySpan<byte> head)
        => (Is(head, 4, "moov"u8) || Is(head, 4, "mdat"u8) || Is(head, 4, "wide"u8) || Is(head, 4, "free"u8) || Is(head, 4, "skip"u8)
            || Is(head, 4, "pnot"u8)) && (head[0] != 0 || head[1] != 0 || head[2] != 0 || head[3] is 0 or 1 or >= 8)
            ? "video/quicktime" : null;

    private static string? Matroska(ReadOnlySpan<byte> head)
    {
        if (!Is(head, 0, [0x1A, 0x45, 0xDF, 0xA3])) return null;
        return head[..Math.Min(head.Length, 128)].IndexOf("webm"u8) >= 0 ? "video/webm" : "video/x-matroska";
    }

    private static string? Sound(ReadOnlySpan<byte> head)
    {
        if (Is(head, 0, "ID3"u8)) return "audio/mpeg";
        if (Is(head, 0, "fLaC"u8)) return "audio/flac";
        if (Is(head, 0, "OggS"u8)) return head[..Math.Min(head.Length, 128)].IndexOf("theora"u8) >= 0 ? "video/ogg" : "audio/ogg";
        if (Is(head, 0, "FORM"u8) && (Is(head, 8, "AIFF"u8) || Is(head, 8, "AIFC"u8))) return "audio/aiff";
        if (head.Length < 4 || head[0] != 0xFF) return null;
        if ((head[1] & 0xF6) == 0xF0) return "audio/aac";
        return Mp3Frame.TryRead(head, out _) ? "audio/mpeg" : null;
    }

    private static string? OtherVideo(ReadOnlySpan<byte> head)
    {
        if (Is(head, 0, "FLV\u0001"u8)) return "video/x-flv";
        if (Is(head, 0, [0, 0, 1, 0xBA]) || Is(head, 0, [0, 0, 1, 0xB3])) return "video/mpeg";
        return head.Length > 376 && head[0] == 0x47 && head[188] == 0x47 && head[376] == 0x47 ? "video/mp2t" : null;
    }

    private static string? OtherFile(ReadOnlySpan<byte> head)
    {
        if (Is(head, 0, "PK\u0003\u0004"u8) || Is(head, 0, "PK\u0005\u0006"u8)) return "application/zip";
        if (Is(head, 0, "glTF"u8)) return "model/gltf-binary";
        if (Is(head, 0, "%PDF-"u8)) return "application/pdf";
        if (Is(head, 0, [0x1F, 0x8B, 8])) return "application/gzip";
        return Is(head, 257, "ustar"u8) ? "application/x-tar" : null;
    }

    private static bool Is(ReadOnlySpan<byte> head, int at, ReadOnlySpan<byte> mark)
        => head.Length >= at + mark.Length && head[at..].StartsWith(mark);

    private static bool Has(ReadOnlySpan<byte> brands, ReadOnlySpan<byte> brand)
    {
        for (var at = 0; at + 4 <= brands.Length; at += 4)
        {
            if (at != 4 && brands.Slice(at, 4).SequenceEqual(brand)) return true;
        }
        return false;
    }
}
