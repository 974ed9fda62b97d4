using System.Text.Json;
using Fal.Wire;

namespace Fal.Tests.Wire;

public sealed class ValueTests
{
    [Fact]
    public void Two_requests_with_the_same_members_are_equal()
    {
        AssertEqual(Sample(), Sample());
        AssertEqual(Sample(), Sample() with { });
        Assert.True(Sample() == Sample());
        Assert.Contains(Sample(), new HashSet<TextToClipRequest> { Sample() });
    }

    [Fact]
    public void A_difference_in_any_member_is_a_difference()
    {
        TextToClipRequest[] others =
        [
            Sample() with { Prompt = "another" },
            Sample() with { Duration = null },
            Sample() with { Guidance = 0.25 },
            Sample() with { Guidance = double.NaN },
            Sample() with { Guidance = double.PositiveInfinity },
            Sample() with { Seed = 2 },
            Sample() with { ImageUrl = "https://x.y/other" },
            Sample() with { ImageUrl = FalMedia.FromFile("a.png") },
            Sample() with { ImageUrl = FalMedia.FromFile("b.png") },
            Sample() with { ImageUrl = FalMedia.FromBytes(new byte[] { 1 }) },
            Sample() with { ImageUrl = FalMedia.FromBytes(new byte[] { 2 }) },
            Sample() with { MaskUrls = [] },
            Sample() with { MaskUrls = ["https://x.y/2", "https://x.y/1"] },
            Sample() with { FrameSize = "square" },
            Sample() with { Shots = null },
            Sample() with { Weights = new Dictionary<string, double> { ["a"] = 1, ["b"] = 3 } },
            Sample() with { Weights = new Dictionary<string, double> { ["a"] = 1, ["c"] = 2 } },
            Sample() with { Weights = new Dictionary<string, double> { ["a"] = 2, ["b"] = 1 } },
            Sample() with { Metadata = WriterTests.Element("""{"a":[2,1],"b":null}""") },
            Sample() with { Metadata = WriterTests.Element("""{"a":[1,2],"b":0}""") },
            Sample() with { Metadata = WriterTests.Element("""{"a":[1,2],"c":null}""") },
            Sample() with { Metadata = WriterTests.Element("""{"a":[1,2,3]}""") },
            Sample() with { Metadata = WriterTests.Element("""{"a":1}""") },
            Sample() with { Metadata = WriterTests.Element("""["a",1]""") },
            Sample() with { Loop = false },
            Sample() with { Extra = null },
        ];

        for (var i = 0; i < others.Length; i++)
        {
            Assert.NotEqual(Sample(), others[i]);
            for (var j = 0; j < i; j++)
                Assert.NotEqual(others[j], others[i]);
            AssertEqual(others[i], others[i] with { });
        }

        Assert.False(Sample().Equals(null));
    }

    [Fact]
    public void The_order_of_maps_extras_and_free_json_does_not_count()
    {
        var turned = Sample() with
        {
            Weights = new Dictionary<string, double> { ["b"] = 2, ["a"] = 1 },
            Metadata = WriterTests.Element("""{ "b" : null, "\u0061" : [ 1, 2 ] }"""),
            Extra = new() { { "level", 3 }, { "flag", true } },
        };

        AssertEqual(Sample(), turned);
    }

    [Fact]
    public void Members_of_one_name_that_differ_in_number_are_a_difference()
    {
        var one = Sample() with { Metadata = WriterTests.Element("""{"a":1,"a":2}""") };
        var other = Sample() with { Metadata = WriterTests.Element("""{"a":2,"b":1}""") };

        Assert.NotEqual(one, other);
        Assert.NotEqual(other, one);
    }

    [Fact]
    public void Local_media_is_compared_by_its_source()
    {
        using var stream = new MemoryStream();
        using var another = new MemoryStream();
        FalMedia[][] same =
        [
            [FalMedia.FromFile("a.png"), FalMedia.FromFile("a.png")],
            [FalMedia.FromBytes(new byte[] { 1, 2 }), FalMedia.FromBytes(new byte[] { 1, 2 })],
            [FalMedia.FromStream(stream), FalMedia.FromStream(stream)],
            [FalMedia.FromStream(another), FalMedia.FromStream(another)],
        ];

        foreach (var pair in same)
        {
            AssertEqual(With(pair[0]), With(pair[1]));
            AssertEqual(With(pair[0], "https://x.y/z", pair[1]), With(pair[1], "https://x.y/z", pair[0]));
            foreach (var other in same.Where(candidate => candidate != pair))
            {
                Assert.NotEqual(With(pair[0]), With(other[0]));
                Assert.NotEqual(With(pair[0], other[0]), With(other[0], pair[0]));
            }
        }

        static TextToClipRequest With(params FalMedia[] media) => new() { Prompt = "p", MaskUrls = media };
    }

    [Fact]
    public void A_file_of_a_derived_type_is_never_equal_to_one_of_its_base()
    {
        var file = new FalFile { Url = "u" };
        FalFile video = new VideoFile { Url = "u" };
        FalFile image = new FalImage { Url = "u" };

        Assert.NotEqual(file, video);
        Assert.NotEqual(video, file);
        Assert.NotEqual(video, image);
        Assert.NotEqual(image, file);
        AssertEqual(file, new FalFile { Url = "u" });
        AssertEqual(video, new VideoFile { Url = "u" });
        AssertEqual(image, new FalImage { Url = "u" });
        Assert.NotEqual(new VideoFile { Url = "u", Fps = 1 }, new VideoFile { Url = "u" });
        Assert.NotEqual(new FalImage { Url = "u", Width = 1 }, new FalImage { Url = "u" });
    }

    [Fact]
    public void A_file_writes_itself_whole_where_its_type_is_not_known()
    {
        IFalWritable file = new FalFile { Url = "u", FileSize = 5 };
        IFalWritable image = new FalImage { Url = "u", Width = 1, Height = 2 };

        Assert.Equal("""{"url":"u","file_size":5}""", WriterTests.Written(file.WriteTo));
        Assert.Equal("""{"url":"u","width":1,"height":2}""", WriterTests.Written(image.WriteTo));
    }

    [Fact]
    public void A_file_needs_its_url()
    {
        var checks = new FalChecks();
        checks.Object("file", new FalFile { Url = null! });
        checks.Object("image", new FalImage { Url = null! });
        checks.Object("fine", new FalFile { Url = "u" });

        Assert.Equal(["file.url", "image.url"], checks.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public void Display_shows_media_by_name_and_cuts_what_is_long()
    {
        var request = new TextToClipRequest
        {
            Prompt = "a <b> \"c\"",
            Guidance = double.NaN,
            ImageUrl = FalMedia.FromFile(Path.Combine("pictures", "car.jpg")),
            MaskUrls = ["https://x.y/z", "data:image/png;base64," + new string('A', 10_000), FalMedia.FromBytes(new byte[3], fileName: "a.png")],
            Metadata = WriterTests.Element($$"""{"picture":"data:image/png;base64,{{new string('B', 10_000)}}","n":null}"""),
            Extra = new() { { "long", new string('C', 10_000) } },
        };

        Assert.Equal(
            """{"prompt":"a <b> \"c\"","guidance":"NaN","image_url":"<file car.jpg>","mask_urls":"""
                + """["https://x.y/z","data:image/png;base64,AAAAAAAAAAAAAAAAAAAAAAAAAA… (10022 characters)","<bytes a.png, 3>"],"""
            + """ "metadata":{"picture":"data:image/png;base64,BBBBBBBBBBBBBBBBBBBBBBBBBB… (10022 characters)","n":null},"long":" """.Trim()
            + new string('C', 4096) + "… (10000 characters)\"}",
            request.ToString());
        Assert.Equal("""{"url":"u","file_data":"QUJD"}""", new FalFile { Url = "u", FileData = "QUJD" }.ToString());
        Assert.Equal("""{"url":"u","width":1}""", new FalImage { Url = "u", Width = 1 }.ToString());
    }

    [Fact]
    public void Display_and_comparison_survive_what_cannot_be_sent()
    {
        var odd = new TextToClipRequest { Prompt = null!, Shots = [null!], MaskUrls = [null!], Guidance = double.NegativeInfinity };

        Assert.Equal("""{"guidance":"-Infinity","mask_urls":[null],"shots":[null]}""", odd.ToString());
        AssertEqual(odd, odd with { });
        Assert.Equal("null", new Odd().ToString());
        Assert.True(FalValue.Equals(new Odd(), new Odd()));
    }

    [Fact]
    public void Free_json_deeper_than_any_answer_can_be_compared()
    {
        var deep = JsonDocument.Parse(new string('[', 2000) + """{"a":1,"b":2}""" + new string(']', 2000), new() { MaxDepth = 3000 }).RootElement;
        var turned = JsonDocument.Parse(new string('[', 2000) + """{"b":2,"a":1}""" + new string(']', 2000), new() { MaxDepth = 3000 }).RootElement;

        AssertEqual(new TextToClipRequest { Prompt = "p", Metadata = deep }, new TextToClipRequest { Prompt = "p", Metadata = turned });
    }

    [Fact]
    public void Nothing_has_no_value_semantics()
    {
        Assert.False(FalValue.Equals<ClipShot>(null!, new ClipShot { Text = "t", Seconds = 1 }));
        Assert.Throws<ArgumentNullException>(() => FalValue.GetHashCode<ClipShot>(null!));
        Assert.Throws<ArgumentNullException>(() => FalValue.ToString<ClipShot>(null!));
    }

    private static TextToClipRequest Sample() => new()
    {
        Prompt = "a heron",
        Duration = TextToClipDuration.Duration5,
        Guidance = 0.5,
        Seed = 1,
        ImageUrl = "https://x.y/z",
        MaskUrls = ["https://x.y/1", "https://x.y/2"],
        FrameSize = new Circle { Radius = 2 },
        Shots = [new() { Text = "t", Seconds = 3 }],
        Weights = new Dictionary<string, double> { ["a"] = 1, ["b"] = 2 },
        Metadata = WriterTests.Element("""{"a":[1,2],"b":null}"""),
        Loop = true,
        Extra = new() { { "flag", true }, { "level", 3 } },
    };

    private static void AssertEqual<T>(T left, T right)
        where T : class
    {
        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
    }

    /// <summary>Writes what the wire would refuse.</summary>
    private sealed class Odd : IFalObject<Odd>
    {
        static Odd IFalObject<Odd>.Read(ref FalJsonReader json) => new();

        void IFalObject<Odd>.Write(FalJsonWriter json) => json.JsonValue(default);

        public override string ToString() => FalValue.ToString(this);
    }
}
