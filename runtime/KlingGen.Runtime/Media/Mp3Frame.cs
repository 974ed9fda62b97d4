namespace Fal.Media;

/// <summary>The header of one MPEG audio frame.</summary>
internal readonly record struct Mp3Frame(int BitRate, int SampleRate, int Samples, int Length, int SideInfo)
{
    /// <summary>Parses four bytes; false if they are not a frame header (free-format streams are not supported).</summary>
    public static bool TryRead(ReadOnlySpan<byte> head, out Mp3Frame frame)
    {
        frame = default;
        if (head.Length < 4 || head[0] != 0xFF || (head[1] & 0xE0) != 0xE0) return false;
        var version = (head[1] >> 3) & 3; // 0 = MPEG 2.5, 2 = MPEG 2, 3 = MPEG 1
        var layer = 4 - ((head[1] >> 1) & 3); // 1, 2, 3; 4 is reserved
        var rate = (head[2] >> 2) & 3;
        if (version == 1 || layer == 4 || rate == 3) return false;
        var bitRate = BitRates(version == 3, layer)[head[2] >> 4] * 1000;
        if (bitRate == 0) return false;
        var sampleRate = (rate switch { 0 => 44100, 1 => 48000, _ => 32000 }) >> (version switch { 3 => 0, 2 => 1, _ => 2 });
        var padding = (head[2] >> 1) & 1;
        var samples = layer == 1 ? 384 : layer == 3 && version != 3 ? 576 : 1152;
        var length = layer == 1 ? (12 * bitRate / sampleRate + padding) * 4 : samples / 8 * bitRate / sampleRate + padding;
        var mono = head[3] >> 6 == 3;
        var sideInfo = version == 3 ? (mono ? 17 : 32) : (mono ? 9 : 17);
        frame = new Mp3Frame(bitRate, sampleRate, samples, length, sideInfo);
        return true;
    }

    // Kilobits per second; 0 for invalid values.
    private static ReadOnlySpan<ushort> BitRates(bool first, int layer) => (first, layer) switch
    {
        (true, 1) => [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0],
        (true, 2) => [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0],
        (true, _) => [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0],
        (false, 1) => [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256, 0],
        _ => [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0],
    };
}
