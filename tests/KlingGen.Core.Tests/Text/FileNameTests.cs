using KlingGen.Text;

namespace KlingGen.Core.Tests;

public class FileNameTests
{
    private static readonly string[] Hostile =
    [
        "..", "../x", "..\\x", "/abs", "C:x", "C:\\x", "CON", "con", "NUL.cs", "com1", "LPT9.x.y", "a:b", "x.", "x ", "%2e%2e%2f", "....//", "./.",
        "", " ", ".",
        "-rf", "~", "a/../../b", "a\0b", "\u202Egnp.exe", "\\\\host\\share", "file:///etc/passwd", "a//b", "a/./b", "$(rm)", "aux/nul/prn", "a\nb",
    ];

    [Theory]
    [InlineData("fal-ai/kling-video/v1.6/standard/image-to-video", "fal-ai.kling-video.v1.6.standard.image-to-video")]
    [InlineData("fal-ai/flux", "fal-ai.flux")]
    [InlineData("bria/bria_video_eraser/erase/mask", "bria.bria_video_eraser.erase.mask")]
    public void An_endpoint_keeps_its_readable_name(string id, string expected) => Assert.Equal(expected, FileName.ForEndpoint(id));

    [Fact]
    public void A_type_keeps_its_full_name() => Assert.Equal("Fal.KlingVideo.V1ImageToVideoRequest",
        FileName.ForType("Fal.KlingVideo.V1ImageToVideoRequest"));

    [Fact]
    public void The_hash_never_changes()
    {
        Assert.Equal("a.b-c6548fb49ed6", FileName.WithHash("a/b"));
        Assert.Equal(FileName.WithHash("A/b"), FileName.ForEndpoint("A/b"));
    }

    [Fact]
    public void Ids_that_look_alike_have_names_of_their_own_even_where_case_does_not_count()
    {
        string[] ids =
        [
            "a/b", "a.b", "A/b", "a_b", "a/b/", "/a/b", "a//b", "a b", "a:b", "a\\b", "a/B", "v1/6", "v1.6", "a/v1.6", "a.v1.6", "con", "_con", "CON",
            "con/x", "nul", "a.", "a", "..", ".", "",
            "a%2fb", "a\u0000b", "ä/b", "é", "e\u0301", new string('a', 300), new string('a', 301), new string('a', 300) + "b",
        ];

        Assert.Equal(ids.Length, ids.Select(FileName.ForEndpoint).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void No_id_leaves_its_folder_or_opens_a_device()
    {
        var folder = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "names"));
        foreach (var id in Hostile.Concat(CSharpText.Payloads).Append(new string('x', 5000)))
        {
            foreach (var name in (string[])[FileName.ForEndpoint(id), FileName.ForType(id), FileName.WithHash(id)])
            {
                Assert.Matches("^[A-Za-z0-9_][A-Za-z0-9._-]*$", name);
                Assert.DoesNotContain("..", name, StringComparison.Ordinal);
                Assert.False(name.EndsWith('.'));
                Assert.InRange(name.Length, 1, FileName.MaxLength);
                Assert.DoesNotMatch("(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\.|$)", name);
                Assert.Equal(folder, Path.GetDirectoryName(Path.GetFullPath(Path.Combine(folder, name))));
            }
        }
    }

    [Fact]
    public void Every_character_gives_a_safe_name()
    {
        for (var c = 0; c <= char.MaxValue; c++)
            Assert.Matches("^[A-Za-z0-9_][A-Za-z0-9._-]*$", FileName.ForEndpoint("a" + (char)c + "b") + FileName.ForType(((char)c).ToString()));
    }
}
