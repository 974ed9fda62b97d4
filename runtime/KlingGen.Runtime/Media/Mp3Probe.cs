using System.Buffers.Binary;

namespace Fal.Media;

/// <summary>
/// MP3: duration from the number of frames if the first frame has it (Xing, Info, VBRI), else from the file's length and its
/// constant bit rate.
/// </summary>
internal static class Mp3Probe
{
    private const int MostTags = 16;
    private const int SearchLength = 64 * 1024;
    private const int FramesToCompare = 64;

    public static MediaFacts Read(ProbeWindow window, MediaFacts facts)
    {
        if (!TryFindFrame(window, AfterTags(window), out var start, out var frame)) return facts;
        var secondsPerFrame = (double)frame.Samples / frame.SampleRate;
        if (CountedFrames(window.At(start, 192), frame) is { } frames) return facts.WithDuration(frames * secondsPerFrame);
        if (window.Length is not { } length || !IsConstant(window, start, frame)) return facts;
        var tag = length - start >= 128 && window.At(length - 128, 3).SequenceEqual("TAG"u8) ? 128 : 0;
        return facts.WithDuration((length - tag - start) * 8.0 / frame.BitRate);
    }

    // ID3v2 tags come first, each with its length in four 7-bit bytes and an optional footer.
    private static long AfterTags(ProbeWindow window)
    {
        long offset = 0;
        for (var i = 0; i < MostTags; i++)
        {
            var head = window.At(offset, 10);
            if (head.Length < 10 || !head.StartsWith("ID3"u8)) break;
            var size = (head[6] & 0x7F) << 21 | (head[7] & 0x7F) << 14 | (head[8] & 0x7F) << 7 | (head[9] & 0x7F);
            offset += 10 + size + ((head[5] & 0x10) != 0 ? 10 : 0);
        }
        return offset;
    }

    // The first header that is followed by another one, or by the end of the file.
    private static bool TryFindFrame(ProbeWindow window, long from, out long start, out Mp3Frame frame)
    {
        for (start = from; start < from + SearchLength; start++)
        {
            var bytes = window.At(start, 4);
            if (bytes.Length < 4) break;
            if (!Mp3Frame.TryRead(bytes, out frame)) continue;
            var next = window.At(start + frame.Length, 4);
            if (next.Length == 4 ? Mp3Frame.TryRead(next, out _) : start + frame.Length > window.End - 4) return true;
        }
        frame = default;
        return false;
    }

    // Without a frame count, only a constant bit rate gives the duration; the first frames are checked for it.
    private static bool IsConstant(ProbeWindow window, long start, Mp3Frame frame)
    {
        var at = start;
        for (var i = 0; i < FramesToCompare; i++)
        {
            var bytes = window.At(at, 4);
            if (bytes.Length < 4) return true;
            if (!Mp3Frame.TryRead(bytes, out var one)) return i > 0;
            if (one.BitRate != frame.BitRate) return false;
            at += one.Length;
        }
        return true;
    }

    private static long? CountedFrames(ReadOnlySpan<byte> first, Mp3Frame frame)
    {
        var xing = 4 + frame.SideInfo;
        if (first.Length >= xing + 12 && (first[xing..].StartsWith("Xing"u8) || first[xing..].StartsWith("Info"u8)) && (first[xing + 7] & 1) != 0)
        {
            return BinaryPrimitives.ReadUInt32BigEndian(first[(xing + 8)..]);
        }
        return first.Length >= 54 && first[36..].StartsWith("VBRI"u8) ? BinaryPrimitives.ReadUInt32BigEndian(first[50..]) : null;
    }
}
