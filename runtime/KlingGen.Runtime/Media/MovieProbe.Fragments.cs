using System.Buffers.Binary;

namespace Fal.Media;

// The duration of a fragmented movie, whose samples are described in 'moof' boxes next to its data.
internal static partial class MovieProbe
{
    // Flags of 'tfhd' and 'trun' for the optional fields that are present.
    private const uint HasDataOffset = 1;
    private const uint HasDescription = 2;
    private const uint HasFirstFlags = 4;
    private const uint HasDefaultDuration = 8;
    private const uint HasDuration = 0x100;
    private const uint HasSize = 0x200;
    private const uint HasFlags = 0x400;
    private const uint HasOffset = 0x800;

    private const int MostSamples = 4096;

    /// <summary>The end of the last fragment in seconds; 0 if some fragment could not be read.</summary>
    private static double SecondsOfFragments(ProbeWindow window, IsoBox movie)
    {
        var tracks = ReadTracks(window, movie);
        double longest = 0;
        long end = 0;
        foreach (var box in IsoBoxes.In(window, 0, window.End))
        {
            end = box.End;
            if (!box.Is("moof"u8)) continue;
            foreach (var child in IsoBoxes.In(window, box.Start, box.End))
            {
                if (!child.Is("traf"u8)) continue;
                if (EndOfFragment(window, child, tracks) is not { } seconds) return 0;
                longest = Math.Max(longest, seconds);
            }
        }

        // If a box count or a read limit ended the loop, the value so far is not the duration.
        return end == window.End ? longest : 0;
    }

    /// <summary>Ticks per second and the default duration of a sample, by track.</summary>
    private static Dictionary<uint, (uint Scale, uint Ticks)> ReadTracks(ProbeWindow window, IsoBox movie)
    {
        var tracks = new Dictionary<uint, (uint Scale, uint Ticks)>();
        foreach (var box in IsoBoxes.In(window, movie.Start, movie.End))
        {
            if (!box.Is("trak"u8) || tracks.Count == MostTracks) continue;
            var track = ReadTrack(window, box);
            tracks[track.Id] = (track.Scale, 0);
        }

        if (IsoBoxes.Find(window, movie, "mvex"u8) is not { } extends) return tracks;
        foreach (var box in IsoBoxes.In(window, extends.Start, extends.End))
        {
            var body = box.Is("trex"u8) ? Body(window, box, 16) : default;
            if (body.Length < 16) continue;
            var id = BinaryPrimitives.ReadUInt32BigEndian(body[4..]);
            if (tracks.TryGetValue(id, out var track)) tracks[id] = (track.Scale, BinaryPrimitives.ReadUInt32BigEndian(body[12..]));
        }

        return tracks;
    }

    private static double? EndOfFragment(ProbeWindow window, IsoBox fragment, Dictionary<uint, (uint Scale, uint Ticks)> tracks)
    {
        if (IsoBoxes.Find(window, fragment, "tfhd"u8) is not { } header || IsoBoxes.Find(window, fragment, "tfdt"u8) is not { } start) return null;
        var body = Body(window, header, 24);
        if (body.Length < 8 || !tracks.TryGetValue(BinaryPrimitives.ReadUInt32BigEndian(body[4..]), out var track) || track.Scale == 0) return null;
        var ticksOfSample = track.Ticks;
        var flags = BinaryPrimitives.ReadUInt32BigEndian(body);
        if ((flags & HasDefaultDuration) != 0)
        {
            var at = 8 + ((flags & HasDataOffset) != 0 ? 8 : 0) + ((flags & HasDescription) != 0 ? 4 : 0);
            if (body.Length < at + 4) return null;
            ticksOfSample = BinaryPrimitives.ReadUInt32BigEndian(body[at..]);
        }

        body = Body(window, start, 12);
        if (body.Length < 8 || (body[0] == 1 && body.Length < 12)) return null;
        double ticks = body[0] == 1 ? BinaryPrimitives.ReadUInt64BigEndian(body[4..]) : BinaryPrimitives.ReadUInt32BigEndian(body[4..]);
        foreach (var box in IsoBoxes.In(window, fragment.Start, fragment.End))
        {
            if (!box.Is("trun"u8)) continue;
            if (TicksOfRun(window, box, ticksOfSample) is not { } more) return null;
            ticks += more;
        }

        return ticks / track.Scale;
    }

    private static double? TicksOfRun(ProbeWindow window, IsoBox run, uint ticksOfSample)
    {
        var body = Body(window, run, 16 + 16 * MostSamples);
        if (body.Length < 8) return null;
        var flags = BinaryPrimitives.ReadUInt32BigEndian(body);
        var count = BinaryPrimitives.ReadUInt32BigEndian(body[4..]);
        if ((flags & HasDuration) == 0) return (double)count * ticksOfSample;
        body = body[Math.Min(body.Length, 8 + ((flags & HasDataOffset) != 0 ? 4 : 0) + ((flags & HasFirstFlags) != 0 ? 4 : 0))..];
        var size = 4 + ((flags & HasSize) != 0 ? 4 : 0) + ((flags & HasFlags) != 0 ? 4 : 0) + ((flags & HasOffset) != 0 ? 4 : 0);
        double ticks = 0;
        for (; count > 0; count--, body = body[size..])
        {
            if (body.Length < size) return null;
            ticks += BinaryPrimitives.ReadUInt32BigEndian(body);
        }

        return ticks;
    }
}
