using System.Buffers.Binary;

namespace Fal.Media;

/// <summary>JPEG: iterates over the segments up to the frame header, and reads the EXIF orientation.</summary>
internal static class JpegProbe
{
    public static MediaFacts Read(ProbeWindow window, MediaFacts facts)
    {
        var turned = false;
        long offset = 2;
        for (var segments = 0; segments < ProbeWindow.MostReads; segments++)
        {
            var head = window.At(offset, 9);
            if (head.Length < 4 || head[0] != 0xFF) return facts;
            var marker = head[1];
            if (marker == 0xFF)
            {
                offset++; // a fill byte
                continue;
            }
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                offset += 2; // a marker without a segment
                continue;
            }
            if (marker is 0xD9 or 0xDA) return facts;
            if (IsFrameHeader(marker))
            {
                return head.Length == 9
                    ? facts.WithSize(BinaryPrimitives.ReadUInt16BigEndian(head[7..]), BinaryPrimitives.ReadUInt16BigEndian(head[5..]), turned)
                    : facts;
            }
            var length = BinaryPrimitives.ReadUInt16BigEndian(head[2..]);
            if (length < 2) return facts;
            if (marker == 0xE1) turned |= IsTurned(window.At(offset + 4, length - 2));
            offset += 2 + length;
        }
        return facts;
    }

    private static bool IsTurned(ReadOnlySpan<byte> segment)
        => segment.StartsWith("Exif\0\0"u8) && ExifOrientation.IsQuarterTurn(segment[6..]);

    private static bool IsFrameHeader(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
