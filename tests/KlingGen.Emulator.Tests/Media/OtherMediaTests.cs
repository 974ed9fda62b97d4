using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using Fal.Media;

namespace Fal.Emulation.Tests.Media;

public sealed class OtherMediaTests
{
    [Fact]
    public void A_picture_has_the_size_that_was_wished_for_and_its_pixels()
    {
        var png = PngWriter.Write(50, 33, new Scene(50, 33, 4));
        var facts = MediaProbe.Read(new MemoryBytes(png));
        Assert.Equal(("image/png", 50, 33), (facts.ContentType, facts.Width, facts.Height));
        var data = png.AsSpan().IndexOf("IDAT"u8);
        using var pixels = new ZLibStream(
            new MemoryStream(png, data + 4, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(data - 4))),
            CompressionMode.Decompress);
        var plain = new byte[33 * (1 + 3 * 50)];
        pixels.ReadExactly(plain);
        Assert.Equal(-1, pixels.ReadByte());
        var expected = new Scene(50, 33, 4).At(3, 2, 0.5);
        Assert.Equal([expected.Red, expected.Green, expected.Blue], plain[^3..]);
    }

    // The end of every PNG there is.
    [Fact]
    public void The_checksums_of_a_picture_are_those_of_the_format()
        => Assert.Equal([0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82], PngWriter.Write(1, 1, new Scene(1, 1, 0))[^12..]);

    [Fact]
    public void Sound_lasts_as_long_as_was_wished_for_and_is_not_silent()
    {
        var wave = WaveWriter.Write(2.5, 440);
        var facts = MediaProbe.Read(new MemoryBytes(wave));
        Assert.Equal(("audio/wav", 2.5), (facts.ContentType, facts.Duration));
        var samples = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(wave.AsSpan(44)).ToArray();
        Assert.Equal(440, samples.Zip(samples.Skip(1)).Count(pair => pair.First <= 0 && pair.Second > 0) / 2.5, tolerance: 1.0);
        Assert.InRange(samples.Max(), (short)8000, (short)12000);
    }

    [Fact]
    public void A_model_is_binary_gltf_whose_parts_fit_together()
    {
        var model = ModelWriter.Write(new Colour(255, 0, 51));
        Assert.Equal("glTF"u8.ToArray(), model[..4]);
        Assert.Equal((2, model.Length), (Word(4), Word(8)));
        var json = JsonSerializer.Deserialize<JsonElement>(model.AsSpan(20, Word(12)));
        var binary = 20 + Word(12) + 8;
        Assert.Equal(0, Word(12) % 4);
        Assert.Equal(model.Length - binary, json.GetProperty("buffers")[0].GetProperty("byteLength").GetInt32());
        Assert.All(json.GetProperty("bufferViews").EnumerateArray(), view =>
            Assert.InRange(
                (view.TryGetProperty("byteOffset", out var offset) ? offset.GetInt32() : 0) + view.GetProperty("byteLength").GetInt32(),
                1,
                model.Length - binary));
        Assert.Equal(0.2, json.GetProperty("materials")[0].GetProperty("pbrMetallicRoughness").GetProperty("baseColorFactor")[2].GetDouble());

        int Word(int at) => BinaryPrimitives.ReadInt32LittleEndian(model.AsSpan(at));
    }

    [Fact]
    public void What_was_made_once_is_kept()
    {
        var maker = new MediaMaker();
        Assert.Same(
            maker.Make(MediaFileKind.Audio, MediaWishes.None, 1),
            maker.Make(MediaFileKind.Audio, MediaWishes.None with { Width = 5 }, 1 + Scene.Hues));
        Assert.NotSame(maker.Make(MediaFileKind.Audio, MediaWishes.None, 1), maker.Make(MediaFileKind.Audio, MediaWishes.None, 2));
    }

    [Theory]
    [InlineData("""{"duration":"10"}""", 1280, 720, 10)]
    [InlineData("""{"duration":"8s"}""", 1280, 720, 8)]
    [InlineData("""{"duration":2.5}""", 1280, 720, 2.5)]
    [InlineData("""{"duration":100000}""", 1280, 720, 60)]
    [InlineData("""{"duration":"auto","aspect_ratio":"auto"}""", 1280, 720, 5)]
    [InlineData("""{"aspect_ratio":"1:1"}""", 1280, 1280, 5)]
    [InlineData("""{"aspect_ratio":"21:9"}""", 1280, 549, 5)]
    [InlineData("""{"image_size":"square_hd"}""", 1024, 1024, 5)]
    [InlineData("""{"image_size":"portrait_4_3"}""", 960, 1280, 5)]
    [InlineData("""{"image_size":"landscape_16_9"}""", 1280, 720, 5)]
    [InlineData("""{"image_size":{"width":640,"height":480}}""", 640, 480, 5)]
    [InlineData("""{"image_size":{"width":1e9,"height":480}}""", 1280, 720, 5)]
    [InlineData("[]", 1280, 720, 5)]
    public void Wishes_are_read_from_a_request(string input, int width, int height, double seconds)
        => Assert.Equal(new MediaWishes(width, height, seconds), MediaWishes.FromInput(JsonSerializer.Deserialize<JsonElement>(input)));
}
