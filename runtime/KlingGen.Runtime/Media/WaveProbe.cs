using System.Buffers.Binary;

namespace Fal.Media;

/// <summary>
/// WAV, also with 64-bit sizes (RF64). The duration of PCM is bytes divided by bytes per second; that of a compressed format
/// is the sample count in 'fact' divided by the sample rate, because its bytes per second are an average that encoders round
/// or omit.
/// </summary>
internal static class WaveProbe
{
    private const int MostChunks = 256;
    private const int Pcm = 1;
    private const int Float = 3;
    private const int Extensible = 0xFFFE;

    public static MediaFacts Read(ProbeWindow window, MediaFacts facts)
    {
        uint bytesPerSecond = 0, sampleRate = 0;
        var isCompressed = false;
        ulong longData = 0;
        long offset = 12;
        for (var i = 0; i < MostChunks; i++)
        {
            var head = window.At(offset, 24);
            if (head.Length < 8) return facts;
            var size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if (head.StartsWith("fmt "u8) && head.Length >= 20)
            {
                isCompressed = BinaryPrimitives.ReadUInt16LittleEndian(head[8..]) is not (Pcm or Float or Extensible);
                sampleRate = BinaryPrimitives.ReadUInt32LittleEndian(head[12..]);
                bytesPerSecond = BinaryPrimitives.ReadUInt32LittleEndian(head[16..]);
            }
            else if (isCompressed && head.StartsWith("fact"u8) && head.Length >= 12 && sampleRate > 0)
            {
                return facts.WithDuration((double)BinaryPrimitives.ReadUInt32LittleEndian(head[8..]) / sampleRate);
            }
            else if (head.StartsWith("ds64"u8) && head.Length >= 24) longData = BinaryPrimitives.ReadUInt64LittleEndian(head[16..]);
            else if (head.StartsWith("data"u8)) return isCompressed ? facts : Duration(window, facts, offset + 8, size, longData, bytesPerSecond);
            offset += 8L + size + (size & 1);
        }
        return facts;
    }

    // A recorder that cannot seek leaves 0 or all ones as the size; then the audio ends at the end of the file.
    private static MediaFacts Duration(ProbeWindow window, MediaFacts facts, long start, uint size, ulong longData, uint bytesPerSecond)
    {
        if (bytesPerSecond == 0) return facts;
        double bytes = size == uint.MaxValue && longData > 0 ? longData : size;
        double rest = window.Length is { } length ? length - start : double.PositiveInfinity;
        if (size is 0 or uint.MaxValue && longData == 0) bytes = rest;
        return facts.WithDuration(Math.Min(bytes, rest) / bytesPerSecond);
    }
}
