using System.Buffers.Binary;

namespace Fal.Emulation;

/// <summary>Writer of MP4 videos with one H.264 track and the index before the frames, which all common players support.</summary>
internal static class MovieWriter
{
    public const int FrameRate = 24;

    private static readonly byte[] Unmoved = [.. Words(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)];

    /// <param name="width">The width in pixels, a multiple of <see cref="Scene.Tile"/>.</param>
    /// <param name="height">The height in pixels, a multiple of <see cref="Scene.Tile"/>.</param>
    /// <param name="frames">The number of frames, at <see cref="FrameRate"/>.</param>
    /// <param name="scene">The content of the frames.</param>
    public static byte[] Write(int width, int height, int frames, Scene scene)
    {
        var encoder = new TileVideoEncoder(scene.Columns, scene.Rows);
        var samples = Encode(encoder, scene, frames);

        var type = Box("ftyp", "isom"u8.ToArray(), Words(0x200), "isomiso2avc1mp41"u8.ToArray());
        // The length of the index does not depend on the offset of the frames that it contains.
        var start = type.Length + Index(0).Length + 8;
        return [.. type, .. Index(start), .. Box("mdat", [.. samples])];

        byte[] Index(int offset) => Movie(width, height, samples, offset, encoder.SequenceParameters(), TileVideoEncoder.PictureParameters());
    }

    // One key frame per second, so that players can seek.
    private static List<byte[]> Encode(TileVideoEncoder encoder, Scene scene, int frames)
    {
        var field = scene.Field.Select(TileColour.FromColour).ToArray();
        var square = TileColour.FromColour(scene.Square);
        var samples = new List<byte[]>(frames);
        for (var frame = 0; frame < frames; frame++)
        {
            var progress = frame / Math.Max(1.0, frames - 1);
            var unit = encoder.Encode(TileAt, isKey: frame % FrameRate == 0);
            samples.Add([.. Words(unit.Length), .. unit]);

            TileColour TileAt(int column, int row) => scene.IsCovered(column, row, progress) ? square : field[row * scene.Columns + column];
        }
        return samples;
    }

    private static byte[] Movie(int width, int height, List<byte[]> samples, int offset, byte[] sequence, byte[] picture)
    {
        var frames = samples.Count;
        return Box("moov",
            Box("mvhd", Words(0, 0, 0, FrameRate, frames, 0x10000), Halves(0x100, 0), Words(0, 0), Unmoved, Words(0, 0, 0, 0, 0, 0, 2)),
            Box("trak",
                Box("tkhd", Words(3, 0, 0, 1, 0, frames, 0, 0), Halves(0, 0, 0, 0), Unmoved, Words(width << 16, height << 16)),
                Box("mdia",
                    Box("mdhd", Words(0, 0, 0, FrameRate, frames), Halves(0x55C4, 0)), // language "und"
                    Box("hdlr", Words(0, 0), "vide"u8.ToArray(), Words(0, 0, 0), "Video\0"u8.ToArray()),
                    Box("minf",
                        Box("vmhd", Words(1, 0, 0)),
                        Box("dinf", Box("dref", Words(0, 1), Box("url ", Words(1)))), // the frames are in this file
                        Box("stbl",
                            Box("stsd", Words(0, 1), SampleEntry(width, height, sequence, picture)),
                            Box("stts", Words(0, 1, frames, 1)),
                            Box("stss", Keys(frames)),
                            Box("stsc", Words(0, 1, 1, frames, 1)),
                            Box("stsz", Words(0, 0, frames), Words([.. samples.Select(sample => sample.Length)])),
                            Box("stco", Words(0, 1, offset)))))));
    }

    private static byte[] SampleEntry(int width, int height, byte[] sequence, byte[] picture)
    {
        byte[] settings =
        [
            1, sequence[1], sequence[2], sequence[3], // profile, its constraints, level
            0xFF, // NAL unit lengths have four bytes
            0xE1, .. Halves(sequence.Length), .. sequence,
            1, .. Halves(picture.Length), .. picture,
        ];
        const int dotsPerInch = 72 << 16;
        return Box("avc1",
            Halves(0, 0, 0, 1, 0, 0), Words(0, 0, 0), Halves(width, height), Words(dotsPerInch, dotsPerInch, 0), Halves(1),
            new byte[32], Halves(24, 0xFFFF),
            Box("avcC", settings));
    }

    private static byte[] Keys(int frames)
    {
        int[] keys = [.. Enumerable.Range(0, frames).Where(frame => frame % FrameRate == 0).Select(frame => frame + 1)];
        return Words([0, keys.Length, .. keys]);
    }

    private static byte[] Box(string type, params byte[][] parts)
        => [.. Words(8 + parts.Sum(part => part.Length)), .. System.Text.Encoding.ASCII.GetBytes(type), .. parts.SelectMany(part => part)];

    private static byte[] Words(params int[] values)
    {
        var bytes = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), values[i]);
        return bytes;
    }

    private static byte[] Halves(params int[] values)
    {
        var bytes = new byte[2 * values.Length];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * i), (ushort)values[i]);
        return bytes;
    }
}
