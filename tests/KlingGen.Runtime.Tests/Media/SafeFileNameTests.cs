using System.Text;
using Fal.Media;

namespace Fal.Tests.Media;

/// <summary>A file name from a server is never a path.</summary>
public sealed class SafeFileNameTests
{
    [Theory]
    [InlineData("clip.mp4", "clip.mp4")]
    [InlineData("Ein Film (1).mp4", "Ein Film (1).mp4")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\windows\\system.ini", "system.ini")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("C:\\a\\b.txt", "b.txt")]
    [InlineData("C:b.txt", "C_b.txt")]
    [InlineData("a:stream", "a_stream")]
    [InlineData("\\\\host\\share\\x", "x")]
    [InlineData("..", null)]
    [InlineData(".", null)]
    [InlineData("...", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("a/", null)]
    [InlineData("   ", null)]
    [InlineData("\0\u0001\u001f", null)]
    [InlineData(".bashrc", "bashrc")]
    [InlineData("..hidden.", "hidden")]
    [InlineData("name. . .", "name")]
    [InlineData("CON", "_CON")]
    [InlineData("nul.txt", "_nul.txt")]
    [InlineData("Com1.tar.gz", "_Com1.tar.gz")]
    [InlineData("LPT9", "_LPT9")]
    [InlineData("com\u00B9", "_com\u00B9")]
    [InlineData("conin$", "_conin$")]
    [InlineData("console.txt", "console.txt")]
    [InlineData("con .txt", "_con .txt")]
    [InlineData("what?*<>|\".png", "what______.png")]
    [InlineData("a\nb\r\tc.png", "abc.png")]
    [InlineData("a\u0000.png", "a.png")]
    [InlineData("exe\u202Egnp.mp4", "exegnp.mp4")]
    [InlineData("a\u200Bb\uFEFF.png", "ab.png")]
    [InlineData("line\u2028break.png", "linebreak.png")]
    [InlineData("e\u0301.png", "\u00E9.png")]
    [InlineData("猫 🐈.webp", "猫 🐈.webp")]
    [InlineData("%2e%2e%2f.png", "%2e%2e%2f.png")]
    [InlineData("-rf", "-rf")]
    [InlineData("~", "~")]
    public void Hostile_names_become_plain_ones(string? name, string? safe) => Assert.Equal(safe, SafeFileName.FromName(name));

    [Fact]
    public void Half_a_surrogate_pair_is_dropped() => Assert.Equal("ab.png", SafeFileName.FromName("a\ud83db.png"));

    [Theory]
    [InlineData("a", 5000)]
    [InlineData("猫", 5000)]
    [InlineData("🐈", 5000)]
    [InlineData(".", 5000)]
    [InlineData("e\u0301", 3000)]
    public void Long_names_are_cut_but_keep_their_extension(string letter, int count)
    {
        var safe = SafeFileName.FromName("x" + string.Concat(Enumerable.Repeat(letter, count)) + "x.mp4")!;
        Assert.InRange(Encoding.UTF8.GetByteCount(safe), 1, 120);
        Assert.EndsWith(count > 3000 || letter == "e\u0301" ? "" : ".mp4", safe, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', safe);
    }

    [Fact]
    public void A_long_extension_is_no_extension() => Assert.Equal(120, SafeFileName.FromName("a." + new string('b', 500))!.Length);

    private const string Hostile = "/\\.:%*CONNUL \0\n";

    [Fact]
    public void Any_text_becomes_a_name_that_stays_in_its_folder()
    {
        var random = new Random(5);
        var folder = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "klinggen-names"));
        for (var round = 0; round < 20_000; round++)
        {
            var text = new char[random.Next(1, 40)];
            for (var i = 0; i < text.Length; i++) text[i] = random.Next(3) == 0 ? Hostile[random.Next(Hostile.Length)] : (char)random.Next(0x10000);
            if (SafeFileName.FromName(new string(text)) is not { } safe) continue;
            Assert.Equal(folder, Path.GetDirectoryName(Path.GetFullPath(Path.Combine(folder, safe))));
            Assert.Equal(safe, SafeFileName.FromName(safe));
        }
    }

    [Theory]
    [InlineData("https://v3.fal.media/files/cat/out.mp4?sig=1", null, null, "out.mp4")]
    [InlineData("https://v3.fal.media/files/%2e%2e%2f%2e%2e%2fout.mp4", null, null, "out.mp4")]
    [InlineData("https://v3.fal.media/files/..%5C..%5Cout", null, "video/mp4", "out.mp4")]
    [InlineData("https://v3.fal.media/", null, null, "file")]
    [InlineData("https://v3.fal.media/x", "../a.webm", "video/mp4", "a.webm")]
    [InlineData("https://v3.fal.media/x", null, "image/png", "x.png")]
    [InlineData("data:image/png;base64,AAAA", null, "image/png", "file.png")]
    [InlineData("not a url", null, null, "file")]
    public void A_download_is_named_by_its_file_then_its_address(string url, string? name, string? type, string expected)
        => Assert.Equal(expected, SafeFileName.ForDownload(new FalFile { Url = url, FileName = name }, type));
}
