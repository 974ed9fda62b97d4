using System.Buffers.Binary;

namespace Fal.Media;

/// <summary>FLAC: the first block contains the sample rate (20 bits) and the number of samples (36 bits; 0 = unknown).</summary>
internal static class FlacProbe
{
    public static MediaFacts Read(ProbeWindow window, MediaFacts facts)
    {
        var head = window.At(0, 26);
        if (head.Length < 26 || (head[4] & 0x7F) != 0) return facts;
        var bits = BinaryPrimitives.ReadUInt64BigEndian(head[18..]);
        var rate = bits >> 44;
        return rate == 0 ? facts : facts.WithDuration((double)(bits & 0xF_FFFF_FFFF) / rate);
    }
}
