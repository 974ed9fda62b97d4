using System.Diagnostics;
using Fal.Media;
using Xunit.Abstractions;

namespace Fal.Emulation.Tests.Media;

/// <summary>The made videos are videos: to our own probe, and to a decoder where one is installed.</summary>
public sealed class VideoTests(ITestOutputHelper output)
{
    private const int Frames = 50;

    [Theory]
    [InlineData("16:9", 1280, 720)]
    [InlineData("9:16", 720, 1280)]
    [InlineData("1:1", 960, 960)]
    [InlineData("3:4", 720, 960)]
    public void Our_probe_reads_what_was_wished_for(string ratio, int width, int height)
    {
        var wishes = MediaWishes.FromInput(
            System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>($$"""{"duration":"10","aspect_ratio":"{{ratio}}"}"""));
        var made = new MediaMaker().Make(MediaFileKind.Video, wishes, 3);
        var facts = MediaProbe.Read(new MemoryBytes(made.Bytes));
        Assert.Equal(("video/mp4", width, height), (facts.ContentType, facts.Width, facts.Height));
        Assert.Equal((10.0, 24.0), (facts.Duration, facts.FrameRate));
        Assert.Equal((width, height, 10.0), (made.Width, made.Height, made.Duration));
        Assert.InRange(made.Bytes.Length, 1000, 500_000);
    }

    [Theory]
    [InlineData(320, 192)]
    [InlineData(16, 16)]
    [InlineData(720, 960)]
    public void A_decoder_shows_exactly_the_pictures_that_were_encoded(int width, int height)
    {
        var scene = new Scene(width, height, 5);
        var movie = MovieWriter.Write(width, height, Frames, scene);
        if (Decode(movie) is not { } pictures)
        {
            output.WriteLine("ffmpeg is not installed: the probe's reading stands alone.");
            Assert.Equal((width, height), (MediaProbe.Read(new MemoryBytes(movie)).Width, MediaProbe.Read(new MemoryBytes(movie)).Height));
            return;
        }
        var length = width * height * 3 / 2;
        Assert.Equal(Frames * length, pictures.Length);
        for (var frame = 0; frame < Frames; frame++)
            AssertShows(scene, frame / (Frames - 1.0), width, height, pictures.AsSpan(frame * length, length));
        output.WriteLine($"ffmpeg decoded {Frames} pictures of {width}×{height} from {movie.Length} bytes, every pixel as encoded");
    }

    private static void AssertShows(Scene scene, double progress, int width, int height, ReadOnlySpan<byte> picture)
    {
        var blue = picture[(width * height)..];
        var red = blue[(width * height / 4)..];
        for (var tile = 0; tile < scene.Columns * scene.Rows; tile++)
        {
            var (column, row) = (tile % scene.Columns, tile / scene.Columns);
            var expected = TileColour.FromColour(scene.At(column, row, progress));
            AssertFlat(picture, width, column * Scene.Tile, row * Scene.Tile, Scene.Tile, expected.Luma);
            AssertFlat(blue, width / 2, column * Scene.Tile / 2, row * Scene.Tile / 2, Scene.Tile / 2, expected.Blue);
            AssertFlat(red, width / 2, column * Scene.Tile / 2, row * Scene.Tile / 2, Scene.Tile / 2, expected.Red);
        }
    }

    private static void AssertFlat(ReadOnlySpan<byte> plane, int width, int left, int top, int side, int value)
    {
        for (var y = top; y < top + side; y++)
        {
            if (plane.Slice(y * width + left, side).ContainsAnyExcept((byte)value)) Assert.Fail($"The tile at {left},{top} is not all {value}.");
        }
    }

    // Any complaint of the decoder counts as a failure, also one that it recovers from.
    private static byte[]? Decode(byte[] movie)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, movie);
            using var ffmpeg = Process
                .Start(new ProcessStartInfo("ffmpeg", ["-v", "warning", "-xerror", "-i", file, "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                })!;
            var complaints = ffmpeg.StandardError.ReadToEndAsync();
            using var pictures = new MemoryStream();
            ffmpeg.StandardOutput.BaseStream.CopyTo(pictures);
            ffmpeg.WaitForExit();
            Assert.Equal("", complaints.GetAwaiter().GetResult());
            Assert.Equal(0, ffmpeg.ExitCode);
            return pictures.ToArray();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
