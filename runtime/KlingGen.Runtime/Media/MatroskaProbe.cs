using System.Buffers.Binary;

namespace Fal.Media;

/// <summary>WebM and Matroska: duration from 'Info', size and frame rate from the first video track, up to the first cluster.</summary>
internal static class MatroskaProbe
{
    private const uint Segment = 0x18538067, Info = 0x1549A966, Tracks = 0x1654AE6B, Cluster = 0x1F43B675;
    private const uint TimestampScale = 0x2AD7B1, Duration = 0x4489;
    private const uint TrackEntry = 0xAE, DefaultDuration = 0x23E383, Video = 0xE0, Width = 0xB0, Height = 0xBA;
    private const int MostElements = 512;

    private readonly record struct Element(uint Id, long Start, long End);

    public static MediaFacts Read(ProbeWindow window, MediaFacts facts)
    {
        foreach (var segment in In(window, 0, window.End))
        {
            if (segment.Id != Segment) continue;
            foreach (var part in In(window, segment.Start, segment.End))
            {
                if (part.Id == Info) facts = ReadInfo(window, part, facts);
                else if (part.Id == Tracks) facts = ReadTracks(window, part, facts);
                else if (part.Id == Cluster) break;
            }
            break;
        }
        return facts;
    }

    private static MediaFacts ReadInfo(ProbeWindow window, Element info, MediaFacts facts)
    {
        double nanoseconds = 1_000_000, ticks = 0;
        foreach (var element in In(window, info.Start, info.End))
        {
            if (element.Id == TimestampScale) nanoseconds = Unsigned(window, element);
            else if (element.Id == Duration) ticks = Floating(window, element);
        }
        return facts.WithDuration(ticks * nanoseconds / 1e9);
    }

    private static MediaFacts ReadTracks(ProbeWindow window, Element tracks, MediaFacts facts)
    {
        foreach (var track in In(window, tracks.Start, tracks.End))
        {
            if (track.Id != TrackEntry || facts.Width is not null) continue;
            double frameNanoseconds = 0;
            foreach (var element in In(window, track.Start, track.End))
            {
                if (element.Id == DefaultDuration) frameNanoseconds = Unsigned(window, element);
                else if (element.Id == Video) facts = ReadVideo(window, element, facts);
            }
            if (facts.Width is not null && frameNanoseconds > 0) facts = facts.WithFrameRate(1e9 / frameNanoseconds);
        }
        return facts;
    }

    private static MediaFacts ReadVideo(ProbeWindow window, Element video, MediaFacts facts)
    {
        ulong width = 0, height = 0;
        foreach (var element in In(window, video.Start, video.End))
        {
            if (element.Id == Width) width = Unsigned(window, element);
            else if (element.Id == Height) height = Unsigned(window, element);
        }
        return width <= int.MaxValue && height <= int.MaxValue ? facts.WithSize((long)width, (long)height) : facts;
    }

    private static IEnumerable<Element> In(ProbeWindow window, long start, long end)
    {
        for (var i = 0; i < MostElements && start < end; i++)
        {
            if (!TryRead(window, start, end, out var element)) yield break;
            yield return element;
            start = element.End;
        }
    }

    // An id and a size, both of variable length: the number of leading zero bits is the number of bytes that follow. A size
    // of all ones means "unknown".
    private static bool TryRead(ProbeWindow window, long start, long end, out Element element)
    {
        element = default;
        var head = window.At(start, 12);
        if (head.Length < 2) return false;
        var idLength = LeadingLength(head[0]);
        if (idLength > 4 || head.Length <= idLength) return false;
        uint id = 0;
        for (var i = 0; i < idLength; i++) id = id << 8 | head[i];
        head = head[idLength..];
        var sizeLength = LeadingLength(head[0]);
        if (sizeLength > 8 || head.Length < sizeLength) return false;
        var size = head[0] & (0xFFUL >> sizeLength);
        for (var i = 1; i < sizeLength; i++) size = size << 8 | head[i];
        var body = start + idLength + sizeLength;
        var unknown = size == (1UL << (7 * sizeLength)) - 1;
        var room = (ulong)Math.Max(0, end - body);
        element = new Element(id, body, unknown || size > room ? Math.Max(end, body) : body + (long)size);
        return true;
    }

    private static int LeadingLength(byte first) => System.Numerics.BitOperations.LeadingZeroCount((uint)first << 24) + 1;

    private static ulong Unsigned(ProbeWindow window, Element element)
    {
        var body = window.At(element.Start, (int)Math.Min(8, element.End - element.Start));
        ulong value = 0;
        foreach (var b in body) value = value << 8 | b;
        return value;
    }

    private static double Floating(ProbeWindow window, Element element)
    {
        var body = window.At(element.Start, (int)Math.Min(8, element.End - element.Start));
        return body.Length switch
        {
            4 => BinaryPrimitives.ReadSingleBigEndian(body),
            8 => BinaryPrimitives.ReadDoubleBigEndian(body),
            _ => 0,
        };
    }
}
