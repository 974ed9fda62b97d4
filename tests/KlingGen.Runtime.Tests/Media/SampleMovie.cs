using System.Text;
using static Fal.Tests.Media.SampleFiles;

namespace Fal.Tests.Media;

/// <summary>A film in boxes, with every field that the probe reads open to change.</summary>
internal sealed record SampleMovie
{
    public string Brand { get; init; } = "isom";

    public uint Scale { get; init; } = 600;

    public ulong Duration { get; init; } = 3000;

    public uint Width { get; init; } = 1280;

    public uint Height { get; init; } = 720;

    public int[] Matrix { get; init; } = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

    public uint VideoScale { get; init; } = 24000;

    public (uint Count, uint Delta)[] Times { get; init; } = [(120, 1000)];

    public bool HasVideo { get; init; } = true;

    public bool HasSound { get; init; } = true;

    public bool MoovLast { get; init; }

    public bool Version1 { get; init; }

    public bool LongMdat { get; init; }

    /// <summary>The length in 'mehd' of a film in fragments.</summary>
    public ulong? FragmentDuration { get; init; }

    public int MdatLength { get; init; } = 5000;

    /// <summary>A quarter turn, as phones write it.</summary>
    public static int[] Quarter => [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000];

    public byte[] ToBytes()
    {
        byte[] type = Brand.Length == 0
            ? []
            : Box("ftyp", [.. Encoding.ASCII.GetBytes(Brand), 0, 0, 2, 0, .. Encoding.ASCII.GetBytes(Brand), .. "mp41"u8]);
        byte[] data = LongMdat
            ? [.. B32(1), .. "mdat"u8, .. B64((ulong)MdatLength + 16), .. new byte[MdatLength]]
            : Box("mdat", new byte[MdatLength]);
        return MoovLast ? [.. type, .. data, .. Moov()] : [.. type, .. Moov(), .. data];
    }

    private byte[] Moov() => Box("moov",
    [
        .. Box("mvhd", [.. Times64(Scale, Duration), .. new byte[80]]),
        .. HasSound ? Track("soun", 0, 0, [(100, 1024)], 44100) : [],
        .. HasVideo ? Track("vide", Width, Height, Times, VideoScale) : [],
        .. FragmentDuration is { } fragment
            ? Box("mvex", Box("mehd", Version1 ? [1, 0, 0, 0, .. B64(fragment)] : [0, 0, 0, 0, .. B32((uint)fragment)]))
            : [],
    ]);

    private byte[] Track(string kind, uint width, uint height, (uint Count, uint Delta)[] times, uint scale)
    {
        byte[] header = Version1 ? [1, 0, 0, 7, .. new byte[32], .. new byte[16]] : [0, 0, 0, 7, .. new byte[20], .. new byte[16]];
        var seconds = (double)Duration / Scale;
        return Box("trak",
        [
            .. Box("tkhd", [.. header, .. Matrix.SelectMany(v => B32((uint)v)), .. B32(width << 16), .. B32(height << 16)]),
            .. Box("edts", new byte[16]),
            .. Box("mdia",
            [
                .. Box("mdhd", [.. Times64(scale, (ulong)(seconds * scale)), 0, 0, 0, 0]),
                .. Box("hdlr", [0, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(kind), .. new byte[13]]),
                .. Box("minf", [.. Box("vmhd", new byte[12]), .. Box("stbl", [.. Box("stsd", new byte[90]), .. Box("stts", Entries(times))])]),
            ]),
        ]);
    }

    private static byte[] Entries((uint Count, uint Delta)[] times)
        => [0, 0, 0, 0, .. B32((uint)times.Length), .. times.SelectMany(t => (byte[])[.. B32(t.Count), .. B32(t.Delta)])];

    private byte[] Times64(uint scale, ulong duration)
        => Version1
            ? [1, 0, 0, 0, .. new byte[16], .. B32(scale), .. B64(duration)]
            : [0, 0, 0, 0, .. new byte[8], .. B32(scale), .. B32((uint)duration)];
}
