using Fal.Media;

namespace Fal.Tests.Media;

/// <summary>What is read from a file's own header.</summary>
public sealed class ProbeTests
{
    private static MediaFacts Probe(Sample file, string? type = null, string? name = null)
        => MediaProbe.Read(new MemoryBytes(file.Bytes), type, name);

    public static TheoryData<string, Sample, int, int> Pictures() => new()
    {
        { "PNG", SampleFiles.Png(640, 480), 640, 480 },
        { "PNG, large", SampleFiles.Png(100_000, 3), 100_000, 3 },
        { "GIF", SampleFiles.Gif(320, 200), 320, 200 },
        { "BMP, top row first", SampleFiles.Bmp(100, -50), 100, 50 },
        { "BMP, old header", SampleFiles.OldBmp(33, 44), 33, 44 },
        { "JPEG", SampleFiles.Jpeg(1024, 768), 1024, 768 },
        { "JPEG, progressive", SampleFiles.Jpeg(65535, 1, frame: 0xC2), 65535, 1 },
        { "WebP, lossy", SampleFiles.WebPLossy(550, 368), 550, 368 },
        { "WebP, lossless", SampleFiles.WebPLossless(16384, 1), 16384, 1 },
        { "WebP, extended", SampleFiles.WebPExtended(4000, 3000), 4000, 3000 },
        { "AVIF", SampleFiles.Heif("avif", 1920, 1080), 1920, 1080 },
        { "HEIC", SampleFiles.Heif("heic", 4032, 3024), 4032, 3024 },
        { "MP4", new SampleMovie().ToBytes(), 1280, 720 },
        { "WebM", SampleFiles.WebM(1280, 720), 1280, 720 },
    };

    [Theory]
    [MemberData(nameof(Pictures))]
    public void The_size_in_pixels_is_read(string what, Sample file, int width, int height)
    {
        Assert.NotEmpty(what);
        var facts = Probe(file);
        Assert.Equal((width, height), (facts.Width, facts.Height));
        Assert.False(facts.Turned);
        Assert.Equal(file.Bytes.Length, facts.Bytes);
    }

    public static TheoryData<string, Sample> TurnedPictures() => new()
    {
        { "JPEG", SampleFiles.Jpeg(400, 300, orientation: 6) },
        { "JPEG, little-endian EXIF", SampleFiles.Jpeg(400, 300, orientation: 8, bigEndianExif: false) },
        { "WebP", SampleFiles.WebPExtended(400, 300, orientation: 5) },
        { "HEIC", SampleFiles.Heif("heic", 400, 300, turned: true) },
        { "MP4", new SampleMovie { Width = 400, Height = 300, Matrix = SampleMovie.Quarter }.ToBytes() },
        { "MP4 with 64-bit times", new SampleMovie { Width = 400, Height = 300, Matrix = SampleMovie.Quarter, Version1 = true }.ToBytes() },
    };

    [Theory]
    [MemberData(nameof(TurnedPictures))]
    public void A_quarter_turn_exchanges_width_and_height(string what, Sample file)
    {
        Assert.NotEmpty(what);
        var facts = Probe(file);
        Assert.Equal((300, 400), (facts.Width, facts.Height));
        Assert.True(facts.Turned);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public void Other_orientations_leave_the_size_alone(int orientation)
    {
        var facts = Probe(SampleFiles.Jpeg(400, 300, orientation));
        Assert.Equal((400, 300, false), (facts.Width, facts.Height, facts.Turned));
    }

    public static TheoryData<string, Sample, double> Durations() => new()
    {
        { "MP4", new SampleMovie { Scale = 600, Duration = 3030 }.ToBytes(), 5.05 },
        { "MP4, moov last", new SampleMovie { MoovLast = true, MdatLength = 300_000 }.ToBytes(), 5 },
        { "MP4, moov last behind a 64-bit box", new SampleMovie { MoovLast = true, LongMdat = true }.ToBytes(), 5 },
        { "MP4, 64-bit times", new SampleMovie { Version1 = true, Duration = 6_000_000_000 }.ToBytes(), 10_000_000 },
        { "MP4, duration only in the tracks", Broken(new SampleMovie { MoovLast = false }.ToBytes(), "mvhd", 16, [0, 0, 0, 0]), 5 },
        { "MP4, duration marked unknown", Broken(new SampleMovie().ToBytes(), "mvhd", 16, [255, 255, 255, 255]), 5 },
        { "MP4 in fragments", new SampleMovie { Duration = 0, FragmentDuration = 4200 }.ToBytes(), 7 },
        { "MP4 in fragments, 64 bit", new SampleMovie { Duration = 0, FragmentDuration = 4200, Version1 = true }.ToBytes(), 7 },
        { "MOV without ftyp", new SampleMovie { Brand = "" }.ToBytes(), 5 },
        { "M4A", new SampleMovie { Brand = "M4A ", HasVideo = false }.ToBytes(), 5 },
        { "WebM", SampleFiles.WebM(milliseconds: 5250), 5.25 },
        { "WebM, short float, sizes unknown", SampleFiles.WebM(milliseconds: 2500, wide: false, unknownSizes: true), 2.5 },
        { "WAV", SampleFiles.Wav(2.5), 2.5 },
        { "WAV, size left open", SampleFiles.Wav(2, unknownSize: true), 2 },
        { "WAV, 64-bit sizes", SampleFiles.Wav(3, rf64: true), 3 },
        { "MP3, constant rate", SampleFiles.Mp3(100), 100 * 417 * 8 / 128000.0 },
        { "MP3 with tags", SampleFiles.Mp3(100, id3: true, id3v1: true), 100 * 417 * 8 / 128000.0 },
        { "MP3, Xing", SampleFiles.Mp3(10, "Xing", 1000), 1000 * 1152 / 44100.0 },
        { "MP3, Info", SampleFiles.Mp3(10, "Info", 500, id3: true), 500 * 1152 / 44100.0 },
        { "MP3, VBRI", SampleFiles.Mp3(10, "VBRI", 2000), 2000 * 1152 / 44100.0 },
        { "FLAC", SampleFiles.Flac(48000, 480000), 10 },
    };

    [Theory]
    [MemberData(nameof(Durations))]
    public void The_duration_is_read(string what, Sample file, double seconds)
    {
        Assert.NotEmpty(what);
        Assert.Equal(seconds, Probe(file).Duration!.Value, 1e-3);
    }

    [Fact]
    public void The_frame_rate_is_the_average_over_all_runs()
    {
        Assert.Equal(24, Probe(new SampleMovie().ToBytes()).FrameRate!.Value, 1e-9);
        Assert.Equal(
            30000.0 / 1001,
            Probe(new SampleMovie { VideoScale = 30000, Times = [(1, 1001), (299, 1001)] }.ToBytes()).FrameRate!.Value,
            1e-9);
        Assert.Equal(25, Probe(new SampleMovie { VideoScale = 1000, Times = [(50, 20), (50, 60)] }.ToBytes()).FrameRate!.Value, 1e-9);
        Assert.Equal(25, Probe(SampleFiles.WebM()).FrameRate!.Value, 1e-9);
    }

    [Fact]
    public void What_shows_no_rate_has_none()
    {
        Assert.Null(Probe(new SampleMovie { Times = [(1, 1000)] }.ToBytes()).FrameRate);
        Assert.Null(Probe(new SampleMovie { Times = [(10, 0)] }.ToBytes()).FrameRate);
        Assert.Null(Probe(new SampleMovie { VideoScale = 0 }.ToBytes()).FrameRate);
        Assert.Null(Probe(SampleFiles.Wav()).FrameRate);
    }

    [Fact]
    public void A_film_without_pictures_is_sound()
    {
        Assert.Equal("audio/mp4", Probe(new SampleMovie { HasVideo = false }.ToBytes()).ContentType);
        Assert.Equal("video/mp4", Probe(new SampleMovie { HasSound = false }.ToBytes()).ContentType);
        Assert.Equal("video/mp4", Probe(new SampleMovie { HasSound = false, HasVideo = false }.ToBytes()).ContentType);
    }

    [Fact]
    public void A_film_whose_tracks_are_not_all_there_may_have_pictures_yet()
    {
        var film = new SampleMovie().ToBytes();
        var video = film.AsSpan().LastIndexOf("trak"u8);
        Assert.Equal("video/mp4", MediaProbe.Read(new FailingBytes(film, video)).ContentType);
        Assert.Equal(5, MediaProbe.Read(new FailingBytes(film, video)).Duration);
    }

    [Fact]
    public void Sound_of_a_changing_bit_rate_without_a_count_has_no_known_duration()
    {
        var file = SampleFiles.Mp3(20);
        file[5 * 417 + 2] = 0xA0;
        Assert.Equal("audio/mpeg", Probe(file).ContentType);
        Assert.Null(Probe(file).Duration);
    }

    [Fact]
    public void One_lone_mark_in_the_middle_of_other_bytes_is_no_sound_frame()
    {
        byte[] file = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0, 0xFF, 0xFB, 0x90, 0x00, .. new byte[5000]];
        Assert.Null(Probe(file).Duration);
        Assert.Null(MediaProbe.Read(new FailingBytes(file, 100)).Duration);
    }

    [Fact]
    public void What_the_caller_says_wins_and_the_name_helps_out()
    {
        Assert.Equal("image/x-mine", Probe(SampleFiles.Png(), "image/x-mine", "a.gif").ContentType);
        Assert.Equal("text/csv", Probe("a,b"u8.ToArray(), null, "a.csv").ContentType);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(uint.MaxValue, 5)]
    public void A_size_that_no_picture_has_is_left_out(uint width, uint height)
    {
        var facts = Probe(SampleFiles.Png(width, height));
        Assert.Null(facts.Width);
        Assert.Null(facts.Height);
    }

    [Fact]
    public void A_stream_that_fails_while_it_is_looked_at_tells_what_is_known()
    {
        var facts = MediaProbe.Read(new FailingBytes(SampleFiles.Jpeg(), 20));
        Assert.Equal("image/jpeg", facts.ContentType);
        Assert.Null(facts.Width);
    }

    private static byte[] Broken(byte[] file, string box, int offset, byte[] bytes)
    {
        var at = file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(box)) + 4 + offset;
        bytes.CopyTo(file, at);
        return file;
    }

    private sealed class FailingBytes(byte[] file, int until) : MediaBytes
    {
        public override long? Length => null;

        public override int Read(long offset, Span<byte> buffer)
        {
            if (offset >= until) throw new IOException("gone");
            return new MemoryBytes(file.AsMemory(0, until)).Read(offset, buffer);
        }

        public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
            => ValueTask.FromResult(Read(offset, buffer.Span));
    }
}
