using System.Buffers.Binary;

namespace Fal.Media;

/// <summary>
/// MP4, MOV, M4A: reads the 'moov' box at any position: duration from 'mvhd', size and rotation from the video track's
/// 'tkhd', its stored size, which differs if pixels are not square, from 'stsd', its frame rate from 'stts'. A fragmented
/// movie without a duration has the end of its last fragment as duration.
/// </summary>
internal static partial class MovieProbe
{
    private const int MostTracks = 64;
    private const int MostTimeEntries = 4096;

    public static MediaFacts Read(ProbeWindow window, MediaFacts facts)
    {
        foreach (var box in IsoBoxes.In(window, 0, window.End))
        {
            if (!box.Is("moov"u8)) continue;
            facts = ReadMovie(window, box, facts);
            return facts.Duration is null ? facts.WithDuration(SecondsOfFragments(window, box)) : facts;
        }
        return facts;
    }

    private static MediaFacts ReadMovie(ProbeWindow window, IsoBox movie, MediaFacts facts)
    {
        double duration = 0, longestTrack = 0;
        int tracks = 0, sounds = 0;
        Track? video = null;
        foreach (var box in IsoBoxes.In(window, movie.Start, movie.End))
        {
            if (box.Is("mvhd"u8))
            {
                duration = Seconds(window, box, out _);
            }
            else if (box.Is("mvex"u8) && duration == 0)
            {
                duration = FragmentSeconds(window, movie, box);
            }
            else if (box.Is("trak"u8) && tracks++ < MostTracks)
            {
                var track = ReadTrack(window, box);
                longestTrack = Math.Max(longestTrack, track.Duration);
                if (track.IsSound) sounds++;
                if (track.IsVideo && (video is null || (!video.Value.Enabled && track.Enabled))) video = track;
            }
        }
        facts = facts.WithDuration(duration > 0 ? duration : longestTrack);
        if (video is { } picture)
        {
            var hasSize = picture.Width > 0 && picture.Height > 0;
            facts = hasSize ? facts.WithSize(picture.Width, picture.Height, picture.Turned)
                : facts.WithSize(picture.StoredWidth, picture.StoredHeight, picture.Turned);
            if (hasSize && (picture.StoredWidth, picture.StoredHeight) != (picture.Width, picture.Height))
                facts = facts.WithOtherSize(picture.StoredWidth, picture.StoredHeight, picture.Turned);
            return facts.WithFrameRate(picture.FrameRate);
        }

        // Only if all tracks were read is it certain that the file has no video track.
        var isAllThere = window.At(movie.End - 1, 1).Length == 1;
        return sounds > 0 && isAllThere && facts.ContentType == "video/mp4" ? facts with { ContentType = "audio/mp4" } : facts;
    }

    private struct Track
    {
        public bool Enabled, IsVideo, IsSound, Turned;
        public long Width, Height, StoredWidth, StoredHeight;
        public uint Id, Scale;
        public double Duration, FrameRate;
    }

    private static Track ReadTrack(ProbeWindow window, IsoBox box)
    {
        var track = default(Track);
        foreach (var child in IsoBoxes.In(window, box.Start, box.End))
        {
            if (child.Is("tkhd"u8)) ReadTrackHeader(window, child, ref track);
            else if (child.Is("mdia"u8)) ReadMedia(window, child, ref track);
        }
        return track;
    }

    // Version 1 has 64-bit times. After them: 16 bytes of layer and volume, a 3×3 matrix, width and height as 16.16 fixed-point numbers.
    private static void ReadTrackHeader(ProbeWindow window, IsoBox box, ref Track track)
    {
        var body = Body(window, box, 96);
        if (body.Length < 4) return;
        track.Enabled = (body[3] & 1) != 0;
        var id = body[0] == 1 ? 20 : 12;
        if (body.Length >= id + 4) track.Id = BinaryPrimitives.ReadUInt32BigEndian(body[id..]);
        var matrix = body[0] == 1 ? 52 : 40;
        if (body.Length < matrix + 44) return;
        body = body[matrix..];
        var turned = I32(body, 0) == 0 && I32(body, 16) == 0 && I32(body, 4) != 0 && I32(body, 12) != 0;
        track.Turned = turned;
        track.Width = BinaryPrimitives.ReadUInt32BigEndian(body[36..]) >> 16;
        track.Height = BinaryPrimitives.ReadUInt32BigEndian(body[40..]) >> 16;
    }

    private static void ReadMedia(ProbeWindow window, IsoBox media, ref Track track)
    {
        uint scale = 0;
        IsoBox? information = null;
        foreach (var box in IsoBoxes.In(window, media.Start, media.End))
        {
            if (box.Is("mdhd"u8))
            {
                track.Duration = Seconds(window, box, out scale);
            }
            else if (box.Is("hdlr"u8))
            {
                var body = Body(window, box, 12);
                track.IsVideo = body.Length == 12 && body[8..].SequenceEqual("vide"u8);
                track.IsSound = body.Length == 12 && body[8..].SequenceEqual("soun"u8);
            }
            else if (box.Is("minf"u8))
            {
                information = box;
            }
        }
        track.Scale = scale;
        if (!track.IsVideo || information is not { } minf || IsoBoxes.Find(window, minf, "stbl"u8) is not { } samples) return;
        if (IsoBoxes.Find(window, samples, "stsd"u8) is { } descriptions) ReadStoredSize(window, descriptions, ref track);
        if (scale > 0 && IsoBoxes.Find(window, samples, "stts"u8) is { } times) track.FrameRate = FrameRate(window, times, scale);
    }

    // Version and count, then the first entry: 8 bytes of box header, 8 of every sample type, 16 reserved, width and height.
    private static void ReadStoredSize(ProbeWindow window, IsoBox descriptions, ref Track track)
    {
        var body = Body(window, descriptions, 44);
        if (body.Length < 44) return;
        track.StoredWidth = BinaryPrimitives.ReadUInt16BigEndian(body[40..]);
        track.StoredHeight = BinaryPrimitives.ReadUInt16BigEndian(body[42..]);
    }

    // Runs of (number of samples, ticks each). A single sample has no rate; for a very long list the beginning is used.
    private static double FrameRate(ProbeWindow window, IsoBox times, uint scale)
    {
        var body = Body(window, times, 8 + 8 * MostTimeEntries);
        if (body.Length < 8) return 0;
        var entries = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(body[4..]), MostTimeEntries);
        body = body[8..];
        double frames = 0, ticks = 0;
        for (; entries > 0 && body.Length >= 8; entries--, body = body[8..])
        {
            double count = BinaryPrimitives.ReadUInt32BigEndian(body);
            frames += count;
            ticks += count * BinaryPrimitives.ReadUInt32BigEndian(body[4..]);
        }
        return frames >= 2 && ticks > 0 ? frames * scale / ticks : 0;
    }

    // The common beginning of 'mvhd' and 'mdhd': times, ticks per second, duration in ticks. All bits set means "unknown".
    private static double Seconds(ProbeWindow window, IsoBox box, out uint scale)
    {
        scale = 0;
        var body = Body(window, box, 32);
        if (body.Length < 20) return 0;
        var wide = body[0] == 1;
        if (wide && body.Length < 32) return 0;
        scale = BinaryPrimitives.ReadUInt32BigEndian(body[(wide ? 20 : 12)..]);
        double ticks = wide ? BinaryPrimitives.ReadUInt64BigEndian(body[24..]) : BinaryPrimitives.ReadUInt32BigEndian(body[16..]);
        var unknown = wide ? ticks >= ulong.MaxValue : ticks >= uint.MaxValue;
        return scale == 0 || unknown ? 0 : ticks / scale;
    }

    // A fragmented movie has its duration in 'mehd', in the ticks of 'mvhd'.
    private static double FragmentSeconds(ProbeWindow window, IsoBox movie, IsoBox extends)
    {
        if (IsoBoxes.Find(window, movie, "mvhd"u8) is not { } header || IsoBoxes.Find(window, extends, "mehd"u8) is not { } length) return 0;
        _ = Seconds(window, header, out var scale);
        var body = Body(window, length, 12);
        if (scale == 0 || body.Length < 8) return 0;
        if (body[0] != 1) return (double)BinaryPrimitives.ReadUInt32BigEndian(body[4..]) / scale;
        return body.Length < 12 ? 0 : (double)BinaryPrimitives.ReadUInt64BigEndian(body[4..]) / scale;
    }

    private static ReadOnlySpan<byte> Body(ProbeWindow window, IsoBox box, int most)
        => window.At(box.Start, (int)Math.Min(most, box.End - box.Start));

    private static int I32(ReadOnlySpan<byte> body, int at) => BinaryPrimitives.ReadInt32BigEndian(body[at..]);
}
