using System.Buffers.Binary;
using System.Text;
using Fal.Media;
using Fal.Tests.Harness;
using Fal.Wire;
using static Fal.Tests.Media.SampleFiles;

namespace Fal.Tests.Media;

/// <summary>Bytes are held against the extension and the declared type; durations and sizes that files name in unusual places.</summary>
public sealed class MediaFormatTests
{
    private static readonly FalMediaConstraints Image = new() { Kind = FalMediaKind.Image };
    private static readonly FalMediaConstraints Video = new() { Kind = FalMediaKind.Video };
    private static readonly byte[] Words = Encoding.ASCII.GetBytes("These are words and no picture, however long they are read.");

    public static TheoryData<string, string> Contradictions() => new()
    {
        { "text in .png", "names <bytes a.png, 59>, which ends in .png, but its bytes are not image/png; give the content type if they are" },
        { "sound in .png", "which ends in .png, but its bytes are audio/wav" },
        { "film in .gif", "which ends in .gif, but its bytes are video/mp4" },
        { "picture in .mp4", "which ends in .mp4, but its bytes are image/png" },
        { "archive in .jpg", "which ends in .jpg, but its bytes are application/zip" },
        { "film declared as picture", "which is declared as image/png, but its bytes are video/mp4" },
        { "text without a name", "whose format is not known; give its content type" },
        { "text in .xyz", "whose format is not known; give its content type" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public async Task Bytes_that_contradict_name_or_declared_type_are_refused(string what, string message)
    {
        var media = what switch
        {
            "text in .png" => FalMedia.FromBytes(Words, fileName: "a.png"),
            "sound in .png" => FalMedia.FromBytes(Wav(), fileName: "a.png"),
            "film in .gif" => FalMedia.FromBytes(new SampleMovie().ToBytes(), fileName: "a.gif"),
            "picture in .mp4" => FalMedia.FromBytes(Png(), fileName: "a.mp4"),
            "archive in .jpg" => FalMedia.FromBytes("PK\u0003\u0004 and more"u8.ToArray(), fileName: "a.jpg"),
            "film declared as picture" => FalMedia.FromBytes(new SampleMovie().ToBytes(), "image/png", "a.png"),
            "text without a name" => FalMedia.FromBytes(Words),
            _ => FalMedia.FromBytes(Words, fileName: "a.xyz"),
        };

        var problem = Assert.Single(await MediaInspector.CheckAsync("image_url", media, what == "picture in .mp4" ? Video : Image, default));

        Assert.StartsWith("unsupported_", problem.Type, StringComparison.Ordinal);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.txt", null)]
    [InlineData("a.safetensors", null)]
    [InlineData("a.xyz", null)]
    [InlineData(null, null)]
    [InlineData("a.png", "image/png")]
    [InlineData("a.xyz", "image/x-own")]
    public async Task Unknown_bytes_pass_where_no_constraint_needs_their_format(string? name, string? declared)
        => Assert.Empty(await MediaInspector.CheckAsync("file_url", FalMedia.FromBytes(Words, declared, name), new() { MaxBytes = 1000 }, default));

    [Fact]
    public async Task Unknown_bytes_under_a_known_extension_are_refused_without_constraints()
        => Assert.Single(await MediaInspector.CheckAsync("file_url", FalMedia.FromBytes(Words, fileName: "a.png"), null, default));

    [Fact]
    public async Task Declared_type_is_believed_and_the_message_says_so()
    {
        Assert.Empty(await MediaInspector.CheckAsync("image_url", FalMedia.FromBytes(Words, "image/x-own"), Image, default));

        var problem = Assert.Single(await MediaInspector.CheckAsync("image_url", FalMedia.FromBytes(Words, "audio/x-own"), Image, default));
        Assert.EndsWith("but <bytes, 59> is audio/x-own, as declared", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Allowed_extension_does_not_hide_another_format()
    {
        var constraints = Image with { Extensions = ".jpg;.png" };

        Assert.Empty(await MediaInspector.CheckAsync("image_url", FalMedia.FromBytes(Png(), fileName: "a.jpg"), constraints, default));
        var other = FalMedia.FromBytes(WebPLossy(), fileName: "a.jpg");
        var problem = Assert.Single(await MediaInspector.CheckAsync("image_url", other, constraints, default));
        Assert.Contains("is image/webp", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compressed_wave_takes_its_duration_from_the_sample_count()
    {
        Assert.Equal(2.5, Probe(CompressedWave(samples: 20_000)).Duration);
        Assert.Null(Probe(CompressedWave(samples: null)).Duration);
    }

    [Fact]
    public async Task Film_with_pixels_that_are_not_square_may_have_either_size()
    {
        var film = Stored(new SampleMovie { Width = 1024, Height = 576 }.ToBytes(), 720, 576);

        var facts = Probe(film);

        Assert.Equal((1024, 576, 720, 576), (facts.Width, facts.Height, facts.OtherWidth, facts.OtherHeight));
        Assert.Empty(await CheckAsync(film, new() { MaxWidth = 720 }));
        Assert.Empty(await CheckAsync(film, new() { MinWidth = 1024 }));
        Assert.Single(await CheckAsync(film, new() { MinWidth = 1025 }));
        Assert.Single(await CheckAsync(film, new() { MaxPixels = 700 * 576 }));
        Assert.Equal((176, 144), (Probe(Stored(new SampleMovie { Width = 0, Height = 0 }.ToBytes(), 176, 144)).Width, 144));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Film_in_fragments_ends_with_its_last_fragment(bool isEachSampleTimed)
    {
        byte[] film =
        [
            .. new SampleMovie { Duration = 0, HasSound = false, VideoScale = 1000, MdatLength = 0 }.ToBytes(),
            .. Fragment(0, 25, isEachSampleTimed), .. Box("mdat", new byte[100]),
            .. Fragment(1000, 50, isEachSampleTimed), .. Box("mdat", new byte[100]),
        ];

        Assert.Equal(3, Probe(film).Duration);
        Assert.Null(Probe([.. film, .. Box("moof", Box("traf", Box("tfhd", new byte[8])))]).Duration);
    }

    private static MediaFacts Probe(byte[] file) => MediaProbe.Read(new MemoryBytes(file));

    private static Task<IReadOnlyList<FalProblem>> CheckAsync(byte[] file, FalMediaConstraints constraints)
        => MediaInspector.CheckAsync("video_url", FalMedia.FromBytes(file), constraints, default);

    /// <summary>IMA ADPCM at 8 kHz whose bytes per second are wrong, as some encoders leave them.</summary>
    private static byte[] CompressedWave(uint? samples) => Riff("WAVE",
    [
        .. "fmt "u8, .. Little(20), 0x11, 0, 1, 0, .. Little(8000), .. Little(1), 0, 1, 4, 0, 2, 0, 0xF9, 1,
        .. samples is { } count ? [.. "fact"u8, .. Little(4), .. Little(count)] : Array.Empty<byte>(),
        .. "data"u8, .. Little(64), .. new byte[64],
    ]);

    /// <summary>The film with this size in its sample description.</summary>
    private static byte[] Stored(byte[] film, ushort width, ushort height)
    {
        var at = film.AsSpan().LastIndexOf("stsd"u8) + 4;
        BinaryPrimitives.WriteUInt16BigEndian(film.AsSpan(at + 40), width);
        BinaryPrimitives.WriteUInt16BigEndian(film.AsSpan(at + 42), height);
        return film;
    }

    /// <summary>Samples of 40 ticks each, for the track whose id is 0.</summary>
    private static byte[] Fragment(uint start, uint samples, bool isEachSampleTimed) => Box("moof", Box("traf",
    [
        .. Box("tfhd", [0, 0, 0, 8, .. B32(0), .. B32(40)]),
        .. Box("tfdt", [0, 0, 0, 0, .. B32(start)]),
        .. isEachSampleTimed
            ? Box("trun",
            [
                0, 0, 3, 1, .. B32(samples), .. B32(0),
                .. Enumerable.Range(0, (int)samples).SelectMany(_ => (byte[])[.. B32(40), .. B32(1)]),
            ])
            : Box("trun", [0, 0, 0, 0, .. B32(samples)]),
    ]));

    private static byte[] Little(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
