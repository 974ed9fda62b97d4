using System.Text;
using Fal.Media;
using Fal.Wire;
using KlingGen.Checks;

namespace Fal.Tests.Media;

/// <summary>The content type comes from the bytes, then from the name.</summary>
public sealed class SnifferTests
{
    public static TheoryData<string, Sample> Heads()
    {
        var transport = new byte[400];
        transport[0] = transport[188] = transport[376] = 0x47;
        var tar = new byte[512];
        "ustar"u8.CopyTo(tar.AsSpan(257));
        return new()
        {
            { "image/png", SampleFiles.Png() },
            { "image/jpeg", SampleFiles.Jpeg() },
            { "image/webp", SampleFiles.WebPLossy() },
            { "image/webp", SampleFiles.WebPLossless() },
            { "image/webp", SampleFiles.WebPExtended() },
            { "image/gif", SampleFiles.Gif() },
            { "image/gif", "GIF87a\u0001\0\u0001\0"u8.ToArray() },
            { "image/bmp", SampleFiles.Bmp() },
            { "image/tiff", "II*\0____"u8.ToArray() },
            { "image/tiff", "MM\0*____"u8.ToArray() },
            { "image/jxl", [0xFF, 0x0A, 1, 2] },
            { "image/jxl", [0, 0, 0, 0x0C, .. "JXL \r\n"u8] },
            { "image/x-icon", [0, 0, 1, 0, 1, 0, 16, 16] },
            { "image/avif", SampleFiles.Heif("avif") },
            { "image/avif", SampleFiles.Box("ftyp", [.. "mif1"u8, 0, 0, 0, 0, .. "mif1avif"u8]) },
            { "image/heic", SampleFiles.Heif("heic") },
            { "image/heif", SampleFiles.Heif("mif1") },
            { "video/mp4", new SampleMovie().ToBytes() },
            { "video/mp4", new SampleMovie { Brand = "mp42" }.ToBytes() },
            { "video/quicktime", new SampleMovie { Brand = "qt  " }.ToBytes() },
            { "video/quicktime", new SampleMovie { Brand = "" }.ToBytes() },
            { "video/quicktime", [0, 0, 0, 8, .. "wide"u8, 0, 0, 1, 0, .. "mdat"u8] },
            { "video/3gpp", new SampleMovie { Brand = "3gp4" }.ToBytes() },
            { "audio/mp4", new SampleMovie { Brand = "M4A " }.ToBytes() },
            { "video/webm", SampleFiles.WebM() },
            { "video/x-matroska", SampleFiles.WebM(type: "matroska") },
            { "video/x-msvideo", SampleFiles.Riff("AVI ", new byte[20]) },
            { "video/x-flv", "FLV\u0001"u8.ToArray() },
            { "video/mpeg", [0, 0, 1, 0xBA, 0x44] },
            { "video/mpeg", [0, 0, 1, 0xB3, 0x44] },
            { "video/mp2t", transport },
            { "video/ogg", [.. "OggS"u8, .. new byte[25], .. "theora"u8] },
            { "audio/ogg", [.. "OggS"u8, .. new byte[25], .. "vorbis"u8] },
            { "audio/mpeg", SampleFiles.Mp3() },
            { "audio/mpeg", SampleFiles.Mp3(id3: true) },
            { "audio/aac", [0xFF, 0xF1, 0x50, 0x80] },
            { "audio/wav", SampleFiles.Wav() },
            { "audio/wav", SampleFiles.Wav(rf64: true) },
            { "audio/flac", SampleFiles.Flac() },
            { "audio/aiff", [.. "FORM"u8, 0, 0, 0, 9, .. "AIFF"u8] },
            { "application/zip", "PK\u0003\u0004...."u8.ToArray() },
            { "application/zip", "PK\u0005\u0006...."u8.ToArray() },
            { "application/gzip", [0x1F, 0x8B, 8, 0] },
            { "application/x-tar", tar },
            { "application/pdf", "%PDF-1.7"u8.ToArray() },
            { "model/gltf-binary", "glTF\u0002\0\0\0"u8.ToArray() },
        };
    }

    [Theory]
    [MemberData(nameof(Heads))]
    public void Bytes_tell_the_content_type(string type, Sample head) => Assert.Equal(type, ContentSniffer.ContentType(head.Bytes));

    [Theory]
    [InlineData("")]
    [InlineData("hello world, this is text")]
    [InlineData("BM is how a sentence may begin")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("RIFF....JUNK")]
    public void Other_bytes_tell_nothing(string text) => Assert.Null(ContentSniffer.ContentType(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Every_beginning_of_a_file_is_looked_at_without_harm()
    {
        foreach (var row in Heads())
        {
            var head = ((Sample)row[1]).Bytes;
            for (var length = 0; length < Math.Min(head.Length, 600); length++) _ = ContentSniffer.ContentType(head.AsSpan(0, length));
        }
    }

    [Theory]
    [InlineData(null, "car.JPG", "image/jpeg")]
    [InlineData(null, "a.b/car.mov", "video/quicktime")]
    [InlineData(null, "weights.safetensors", "application/octet-stream")]
    [InlineData(null, "noextension", null)]
    [InlineData(null, "strange.xyz", null)]
    [InlineData(null, null, null)]
    [InlineData("image/png", "car.jpg", "image/png")]
    [InlineData("application/zip", "scene.usdz", "model/vnd.usdz+zip")]
    [InlineData("application/zip", "scene.zip", "application/zip")]
    [InlineData("video/webm", "voice.weba", "audio/webm")]
    [InlineData("video/mp4", "voice.m4a", "audio/mp4")]
    [InlineData("video/mp4", "film.mov", "video/mp4")]
    public void The_name_decides_only_where_the_bytes_do_not(string? bytes, string? name, string? chosen)
        => Assert.Equal(chosen, ContentTypes.Choose(bytes, name));

    [Fact]
    public void Extensions_and_content_types_agree()
    {
        string[] extensions =
        [
            ".png", ".jpg", ".webp", ".gif", ".bmp", ".tiff", ".ico", ".avif", ".heic", ".heif", ".jxl", ".svg", ".mp4", ".mov", ".webm", ".mkv",
            ".avi", ".mpg", ".3gp", ".ogv",
            ".flv", ".ts", ".mp3", ".wav", ".m4a", ".aac", ".ogg", ".flac", ".aiff", ".weba", ".zip", ".gz", ".tar", ".pdf", ".json", ".txt", ".csv",
            ".glb", ".gltf", ".obj", ".stl",
            ".ply", ".usdz", ".bin",
        ];
        foreach (var extension in extensions) Assert.Equal(extension, ContentTypeTable.ExtensionOf(ContentTypeTable.OfName("x" + extension)));
        Assert.Equal(".jpg", ContentTypeTable.ExtensionOf("Image/JPEG; charset=binary"));
        Assert.Equal(".bin", ContentTypeTable.ExtensionOf(null));
    }

    [Theory]
    [InlineData("image/png", FalMediaKind.Image)]
    [InlineData("VIDEO/mp4; codecs=avc1", FalMediaKind.Video)]
    [InlineData("audio/wav", FalMediaKind.Audio)]
    [InlineData("application/zip", FalMediaKind.File)]
    [InlineData("application/octet-stream", FalMediaKind.Any)]
    [InlineData(null, FalMediaKind.Any)]
    public void Content_types_have_a_kind(string? type, FalMediaKind kind) => Assert.Equal(kind.ToString(), ContentTypeTable.KindOf(type).ToString());
}
