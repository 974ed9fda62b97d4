using System.Buffers.Binary;

namespace Fal.Media;

/// <summary>Image formats whose size is at a fixed offset.</summary>
internal static class ImageProbes
{
    /// <summary>PNG: the first chunk is IHDR, which begins with width and height.</summary>
    public static MediaFacts Png(ProbeWindow window, MediaFacts facts)
    {
        var head = window.At(0, 24);
        return head.Length == 24 && head[12..16].SequenceEqual("IHDR"u8)
            ? facts.WithSize(BinaryPrimitives.ReadUInt32BigEndian(head[16..]), BinaryPrimitives.ReadUInt32BigEndian(head[20..]))
            : facts;
    }

    /// <summary>GIF: the logical screen follows the signature.</summary>
    public static MediaFacts Gif(ProbeWindow window, MediaFacts facts)
    {
        var head = window.At(0, 10);
        return head.Length == 10
            ? facts.WithSize(BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..]))
            : facts;
    }

    /// <summary>BMP: 16-bit sizes in the oldest header, 32-bit sizes in later ones; a negative height means "top row first".</summary>
    public static MediaFacts Bmp(ProbeWindow window, MediaFacts facts)
    {
        var head = window.At(0, 26);
        if (head.Length < 22) return facts;
        if (head[14] == 12)
        {
            return facts.WithSize(BinaryPrimitives.ReadUInt16LittleEndian(head[18..]), BinaryPrimitives.ReadUInt16LittleEndian(head[20..]));
        }
        return head.Length == 26
            ? facts.WithSize(BinaryPrimitives.ReadInt32LittleEndian(head[18..]), Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(head[22..])))
            : facts;
    }
}
