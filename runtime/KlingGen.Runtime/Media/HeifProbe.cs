using System.Buffers.Binary;

namespace Fal.Media;

/// <summary>
/// AVIF and HEIC: 'meta' / 'iprp' / 'ipco' lists the properties of all images in the file. The largest size is that of the
/// image itself (the others are tiles and thumbnails).
/// </summary>
internal static class HeifProbe
{
    public static MediaFacts Read(ProbeWindow window, MediaFacts facts)
    {
        var file = new IsoBox(0, 0, window.End);
        if (IsoBoxes.Find(window, file, "meta"u8) is not { } meta
            || IsoBoxes.Find(window, meta, "iprp"u8, skip: 4) is not { } properties
            || IsoBoxes.Find(window, properties, "ipco"u8) is not { } list)
        {
            return facts;
        }

        long width = 0, height = 0;
        var turned = false;
        foreach (var box in IsoBoxes.In(window, list.Start, list.End))
        {
            if (box.Is("ispe"u8))
            {
                var body = window.At(box.Start, (int)Math.Min(12, box.End - box.Start));
                if (body.Length < 12) continue;
                long w = BinaryPrimitives.ReadUInt32BigEndian(body[4..]), h = BinaryPrimitives.ReadUInt32BigEndian(body[8..]);
                if ((UInt128)w * (ulong)h > (UInt128)width * (ulong)height) (width, height) = (w, h);
            }
            else if (box.Is("irot"u8))
            {
                var body = window.At(box.Start, (int)Math.Min(1, box.End - box.Start));
                turned |= body.Length == 1 && (body[0] & 1) != 0;
            }
        }
        return facts.WithSize(width, height, turned);
    }
}
