using Fal.Media;
using Fal.Wire;

namespace Fal.Tests.Media;

/// <summary>Limits are held against what a file says about itself, in the server's own words.</summary>
public sealed class LimitTests
{
    private static async Task<IReadOnlyList<FalProblem>> CheckAsync(Sample file, FalMediaConstraints constraints, string? name = null)
        => await MediaInspector.CheckAsync("image_url", FalMedia.FromBytes(file.Bytes, null, name), constraints, default);

    private static async Task<FalProblem> ProblemAsync(Sample file, FalMediaConstraints constraints, string? name = null)
        => Assert.Single(await CheckAsync(file, constraints, name));

    [Fact]
    public async Task A_file_within_its_limits_has_no_problem()
    {
        var image = new FalMediaConstraints
        {
            Kind = FalMediaKind.Image,
            MinBytes = 10,
            MaxBytes = 1000,
            MinWidth = 640,
            MaxWidth = 640,
            MinHeight = 480,
            MaxHeight = 480,
            MaxPixels = 640 * 480,
            MinAspectRatio = 0.4,
            MaxAspectRatio = 2.5,
            Extensions = ".jpg;.png",
        };
        Assert.Empty(await CheckAsync(SampleFiles.Png(640, 480), image));
        var video = new FalMediaConstraints
        {
            Kind = FalMediaKind.Video,
            MinDuration = 3,
            MaxDuration = 5,
            MinFps = 24,
            MaxFps = 60,
            MinWidth = 720,
            MaxHeight = 2160,
            Extensions = ".mp4, .mov"
        };
        Assert.Empty(await CheckAsync(new SampleMovie().ToBytes(), video));
        Assert.Empty(await CheckAsync(SampleFiles.Wav(4),
            new FalMediaConstraints { Kind = FalMediaKind.Audio, MinDuration = 2, MaxDuration = 60, Extensions = ".mp3;.wav;.m4a" }));
    }

    [Fact]
    public async Task A_file_that_is_too_large_says_so_as_the_server_does()
    {
        var problem = await ProblemAsync(SampleFiles.Wav(4), new FalMediaConstraints { MaxBytes = 1024 });
        Assert.Equal(("image_url", "file_too_large"), (problem.Path, problem.Type));
        Assert.Equal("""{"max_size":1024}""", problem.Context!.Value.GetRawText());
        Assert.Equal("'image_url' must have at most 1024 bytes, but <bytes, 64056> has 62.6 KiB", problem.Message);
        problem = await ProblemAsync(new byte[20 * 1024 * 1024], new FalMediaConstraints { MaxBytes = 10 * 1024 * 1024 });
        Assert.Contains("at most 10 MiB, but <bytes, 20971520> has 20 MiB", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_too_small_says_so()
        => Assert.Equal("""{"min_size":5000}""",
            (await ProblemAsync(SampleFiles.Png(), new FalMediaConstraints { MinBytes = 5000 })).Context!.Value.GetRawText());

    [Theory]
    [InlineData(299, 400, null, 300, "image_too_small", """{"min_height":300,"min_width":300}""")]
    [InlineData(400, 299, null, 300, "image_too_small", """{"min_height":300,"min_width":300}""")]
    [InlineData(7001, 400, 7000, null, "image_too_large", """{"max_height":7000,"max_width":7000}""")]
    [InlineData(400, 7001, 7000, null, "image_too_large", """{"max_height":7000,"max_width":7000}""")]
    public async Task Pixels_are_limited(uint width, uint height, int? max, int? min, string type, string context)
    {
        var problem = await ProblemAsync(SampleFiles.Png(width, height),
            new FalMediaConstraints { MinWidth = min, MinHeight = min, MaxWidth = max, MaxHeight = max });
        Assert.Equal(type, problem.Type);
        Assert.Equal(context, problem.Context!.Value.GetRawText());
        Assert.Contains($"{width}×{height}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_side_may_be_limited_alone()
    {
        Assert.Contains("at least 700 pixels wide", (await ProblemAsync(SampleFiles.Png(), new FalMediaConstraints { MinWidth = 700 })).Message,
            StringComparison.Ordinal);
        Assert.Contains("at most 200 pixels high", (await ProblemAsync(SampleFiles.Png(), new FalMediaConstraints { MaxHeight = 200 })).Message,
            StringComparison.Ordinal);
        var pixels = await ProblemAsync(SampleFiles.Png(1000, 1001), new FalMediaConstraints { MaxPixels = 1_000_000 });
        Assert.Equal(("image_too_large", """{"max_pixels":1000000}"""), (pixels.Type, pixels.Context!.Value.GetRawText()));
    }

    [Theory]
    [InlineData(1000, 300)]
    [InlineData(300, 1000)]
    public async Task The_ratio_of_the_sides_is_limited(uint width, uint height)
    {
        var problem = await ProblemAsync(SampleFiles.Png(width, height), new FalMediaConstraints { MinAspectRatio = 0.4, MaxAspectRatio = 2.5 });
        Assert.Equal("image_aspect_ratio", problem.Type);
        Assert.Contains("between 0.4 and 2.5 times as wide as high", problem.Message, StringComparison.Ordinal);
        Assert.Equal(Math.Round((double)width / height, 3), problem.Context!.Value.GetProperty("provided_aspect_ratio").GetDouble());
        Assert.Empty(await CheckAsync(SampleFiles.Png(1000, 400), new FalMediaConstraints { MinAspectRatio = 0.4, MaxAspectRatio = 2.5 }));
        Assert.Contains("at most 1 ", (await ProblemAsync(SampleFiles.Png(2, 1), new FalMediaConstraints { MaxAspectRatio = 1 })).Message,
            StringComparison.Ordinal);
        Assert.Contains("at least 1 ", (await ProblemAsync(SampleFiles.Png(1, 2), new FalMediaConstraints { MinAspectRatio = 1 })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_turned_picture_is_refused_only_if_it_breaks_the_limit_both_ways()
    {
        var turned = SampleFiles.Jpeg(400, 200, orientation: 6);
        Assert.Empty(await CheckAsync(turned, new FalMediaConstraints { MinWidth = 400 }));
        Assert.Empty(await CheckAsync(turned, new FalMediaConstraints { MinHeight = 400 }));
        Assert.Single(await CheckAsync(turned, new FalMediaConstraints { MinWidth = 401 }));
        Assert.Single(await CheckAsync(SampleFiles.Jpeg(400, 200), new FalMediaConstraints { MinHeight = 400 }));
        Assert.Empty(await CheckAsync(turned, new FalMediaConstraints { MaxAspectRatio = 1 }));
    }

    [Theory]
    [InlineData(3030, 5.05, null, null)]
    [InlineData(3060, 5.0, null, "video_duration_too_long")]
    [InlineData(3020, 5.0, null, null)]
    [InlineData(1800, null, 3.0, null)]
    [InlineData(1740, null, 3.0, "video_duration_too_short")]
    public async Task Durations_are_limited_with_room_for_rounding(int ticks, double? max, double? min, string? type)
    {
        var film = new SampleMovie { Duration = (ulong)ticks }.ToBytes();
        var problems = await CheckAsync(film, new FalMediaConstraints { MaxDuration = max, MinDuration = min });
        Assert.Equal(type, problems.SingleOrDefault()?.Type);
        if (type is not null) Assert.Equal(ticks / 600.0, problems[0].Context!.Value.GetProperty("provided_duration").GetDouble());
    }

    [Fact]
    public async Task Sound_has_words_of_its_own()
    {
        var problem = await ProblemAsync(SampleFiles.Wav(61),
            new FalMediaConstraints { Kind = FalMediaKind.Audio, MinDuration = 2, MaxDuration = 60 });
        Assert.Equal(
            ("audio_duration_too_long", """{"max_duration":60,"provided_duration":61}"""),
            (problem.Type, problem.Context!.Value.GetRawText()));
        Assert.Contains("must last at most 60 s, but <bytes, ", problem.Message, StringComparison.Ordinal);
        Assert.Equal("audio_duration_too_short", (await ProblemAsync(SampleFiles.Mp3(10), new FalMediaConstraints { MinDuration = 2 })).Type);
    }

    [Theory]
    [InlineData(23976, 1000, 24.0, 60.0, false)]
    [InlineData(20000, 1000, 24.0, 60.0, true)]
    [InlineData(120000, 1000, 24.0, 60.0, true)]
    [InlineData(120000, 1000, null, null, false)]
    public async Task Frame_rates_are_limited(int scale, int delta, double? min, double? max, bool refused)
    {
        var film = new SampleMovie { VideoScale = (uint)scale, Times = [(100, (uint)delta)] }.ToBytes();
        var problems = await CheckAsync(film, new FalMediaConstraints { MinFps = min, MaxFps = max });
        Assert.Equal(refused ? ["video_frame_rate"] : [], problems.Select(problem => problem.Type));
        if (refused) Assert.Equal((double)scale / delta, problems[0].Context!.Value.GetProperty("provided_fps").GetDouble());
    }

    [Fact]
    public async Task A_film_that_is_too_small_is_named_a_video()
        => Assert.Equal("video_too_small", (await ProblemAsync(new SampleMovie().ToBytes(), new FalMediaConstraints { MinWidth = 1920 })).Type);

    public static TheoryData<FalMediaKind, Sample, string?> WrongSorts() => new()
    {
        { FalMediaKind.Image, new SampleMovie().ToBytes(), "unsupported_image_format" },
        { FalMediaKind.Image, SampleFiles.Mp3(), "unsupported_image_format" },
        { FalMediaKind.Video, SampleFiles.Wav(), "unsupported_video_format" },
        { FalMediaKind.Video, SampleFiles.Png(), "unsupported_video_format" },
        { FalMediaKind.Audio, SampleFiles.Png(), "unsupported_audio_format" },
        { FalMediaKind.Video, SampleFiles.Gif(), null },
        { FalMediaKind.Video, [.. "OggS"u8, .. new byte[60]], null },
        { FalMediaKind.Audio, new SampleMovie().ToBytes(), null },
        { FalMediaKind.Image, [1, 2, 3], "unsupported_image_format" },
        { FalMediaKind.Any, [1, 2, 3], null },
        { FalMediaKind.Any, SampleFiles.Png(), null },
        { FalMediaKind.File, SampleFiles.Png(), null },
    };

    [Theory]
    [MemberData(nameof(WrongSorts))]
    public async Task A_file_of_another_sort_is_one_problem(FalMediaKind kind, Sample file, string? type)
        => Assert.Equal(type,
            (await CheckAsync(file,
                new FalMediaConstraints
                {
                    Kind = kind,
                    MinWidth = kind == FalMediaKind.Image && type is not null ? 9999
                    : null
                })).SingleOrDefault()?.Type);

    [Theory]
    [InlineData("a.gif", "GIF", true)]
    [InlineData("a.png", "GIF", true)]
    [InlineData("a.jpeg", "PNG", false)]
    [InlineData(null, "PNG", false)]
    [InlineData("a.txt", "?", true)]
    [InlineData("a.M4A", "MP4", false)]
    [InlineData("a", "M4A", false)]
    public async Task Extensions_ask_for_the_bytes_or_the_name(string? name, string what, bool refused)
    {
        Sample file = what switch
        {
            "GIF" => SampleFiles.Gif(),
            "PNG" => SampleFiles.Png(),
            "MP4" => new SampleMovie().ToBytes(),
            "M4A" => new SampleMovie { Brand = "mp42", HasVideo = false, HasSound = false }.ToBytes(),
            _ => new byte[] { 1, 2, 3, 4 },
        };
        var constraints = new FalMediaConstraints { Extensions = what is "MP4" or "M4A" ? ".mp3;.m4a" : ".jpg;.png" };
        var problems = await CheckAsync(file, constraints, name);
        Assert.Equal(refused ? 1 : 0, problems.Count);
        if (!refused) return;
        Assert.Equal("unsupported_file_format", problems[0].Type);
        Assert.Equal("""{"supported_formats":["jpg","png"]}""", problems[0].Context!.Value.GetRawText());
        Assert.Contains("must be one of .jpg, .png, but", problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sort_without_a_list_is_named()
    {
        Assert.Contains("must be of type image, but <bytes voice.wav, ",
            (await ProblemAsync(SampleFiles.Wav(), new FalMediaConstraints { Kind = FalMediaKind.Image }, "voice.wav")).Message,
                StringComparison.Ordinal);
        Assert.Contains("must be of type audio, but",
            (await ProblemAsync(SampleFiles.Png(), new FalMediaConstraints { Kind = FalMediaKind.Audio })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_broken_limit_is_told()
    {
        var film = new SampleMovie { Width = 100, Height = 4000, Duration = 600 * 60, VideoScale = 90000 }.ToBytes();
        var constraints = new FalMediaConstraints
        {
            Kind = FalMediaKind.Video,
            MaxBytes = 100,
            MinWidth = 720,
            MaxHeight = 2160,
            MaxDuration = 10,
            MaxFps = 60,
            MinAspectRatio = 0.4
        };
        Assert.Equal(
            ["file_too_large", "video_too_small", "video_too_large", "video_aspect_ratio", "video_duration_too_long", "video_frame_rate"],
            (await CheckAsync(film, constraints)).Select(problem => problem.Type));
    }

    [Fact]
    public async Task A_data_uri_is_looked_at_where_there_are_limits()
    {
        var uri = FalMedia.FromDataUri("data:image/png;base64," + Convert.ToBase64String(SampleFiles.Png(10, 10)));
        var problem = Assert.Single(await MediaInspector.CheckAsync("image_url", uri, new FalMediaConstraints { MinWidth = 300 }, default));
        Assert.Equal("image_too_small", problem.Type);
        Assert.Empty(await MediaInspector.CheckAsync("image_url", uri, null, default));
        Assert.Equal("url_parsing",
            Assert.Single(await MediaInspector.CheckAsync("image_url", "data:image/png;base64,!!!", new FalMediaConstraints(), default)).Type);
        Assert.Empty(await MediaInspector.CheckAsync("image_url", "https://example.com/a.png", new FalMediaConstraints { MinWidth = 300 }, default));
    }

    [Fact]
    public async Task Every_local_source_is_looked_at()
    {
        var (png, constraints) = (SampleFiles.Png(10, 10), new FalMediaConstraints { MinWidth = 300 });
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, png);
            FalMedia[] sources = [FalMedia.FromFile(path), FalMedia.FromBytes(png), FalMedia.FromStream(new MemoryStream(png)), FalMedia.FromStream(
                new OneWayStream(png))];
            foreach (var source in sources)
                Assert.Equal("image_too_small", Assert.Single(await MediaInspector.CheckAsync("a", source, constraints, default)).Type);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Files_that_cannot_be_read_are_problems_too()
    {
        var missing = Assert.Single(await MediaInspector.CheckAsync("image_url", FalMedia.FromFile("/nowhere/at/all.png"), null, default));
        Assert.Equal(("file_not_found", "'image_url' names a local file that is not there: /nowhere/at/all.png"), (missing.Type, missing.Message));
        Assert.Equal(
            "file_not_readable",
            Assert.Single(await MediaInspector.CheckAsync("image_url", FalMedia.FromFile(Path.GetTempPath()), null, default)).Type);
        Assert.Equal("file_too_small", Assert.Single(await MediaInspector.CheckAsync("", FalMedia.FromBytes(default), null, default)).Type);
        var stream = new MemoryStream([1, 2, 3]);
        var media = FalMedia.FromStream(stream);
        await stream.DisposeAsync();
        Assert.Contains(
            "closed already",
            Assert.Single(await MediaInspector.CheckAsync("a", media, null, default)).Message,
            StringComparison.Ordinal);
    }
}
