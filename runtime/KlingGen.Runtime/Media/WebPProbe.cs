using System.Buffers.Binary;

namespace Fal.Media;

/// <summary>WebP in its three formats: lossy (VP8), lossless (VP8L), extended (VP8X, which may contain EXIF).</summary>
internal static class WebPProbe
{
    public static MediaFacts Read(ProbeWindow window, MediaFacts facts)
    {
        var head = window.At(12, 18);
        if (head.Length < 13) return facts;
        var form = head[..4];
        var body = head[8..];
        if (form.SequenceEqual("VP8L"u8)) return Lossless(body, facts);
        if (body.Length < 10) return facts;
        if (form.SequenceEqual("VP8 "u8)) return Lossy(body, facts);
        if (!form.SequenceEqual("VP8X"u8)) return facts;
        var width = 1 + U24(body[4..]);
        var height = 1 + U24(body[7..]);
        var hasExif = (body[0] & 0x08) != 0;
        return facts.WithSize(width, height, hasExif && ExifTurns(window));
    }

    // A key frame's tag, the start code, then two 14-bit sizes with two bits of scaling each.
    private static MediaFacts Lossy(ReadOnlySpan<byte> body, MediaFacts facts)
    {
        if ((body[0] & 1) != 0 || body[3] != 0x9D || body[4] != 0x01 || body[5] != 0x2A) return facts;
        return facts.WithSize(
            BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF);
    }

    // A signature byte, then two 14-bit sizes minus one.
    private static MediaFacts Lossless(ReadOnlySpan<byte> body, MediaFacts facts)
    {
        if (body[0] != 0x2F) return facts;
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(body[1..]);
        return facts.WithSize(1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF));
    }

    private static bool ExifTurns(ProbeWindow window)
    {
        long offset = 12;
        for (var chunks = 0; chunks < ProbeWindow.MostReads; chunks++)
        {
            var head = window.At(offset, 8);
            if (head.Length < 8) return false;
            var length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if (head.StartsWith("EXIF"u8))
            {
                var exif = window.At(offset + 8, (int)Math.Min(length, ProbeWindow.LongestPiece));
                return ExifOrientation.IsQuarterTurn(exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif);
            }
            offset += 8 + length + (length & 1);
        }
        return false;
    }

    private static int U24(ReadOnlySpan<byte> at) => at[0] | at[1] << 8 | at[2] << 16;
}
