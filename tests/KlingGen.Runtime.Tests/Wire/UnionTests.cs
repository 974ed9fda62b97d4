using Fal.Wire;

namespace Fal.Tests.Wire;

public sealed class UnionTests
{
    [Theory]
    [InlineData("\"square\"", "String")]
    [InlineData("512", "Int64")]
    [InlineData("[1,2]", "List`1")]
    [InlineData("true", "JsonElement")]
    [InlineData("""{"width":64,"height":72}""", "Rectangle")]
    [InlineData("""{"type":"circle","radius":2.5}""", "Circle")]
    public void Each_shape_is_recognised_and_written_back(string json, string type)
    {
        var size = FalJson.Read<TextToClipFrameSize>(json);

        Assert.Equal(type, Shape(size));
        Assert.Equal(json, FalJson.Write(size));
        Assert.Equal(json, size.ToString());
    }

    [Fact]
    public void Union_looks_ahead_past_everything_before_the_telling_member()
    {
        Assert.Equal("Circle", Shape("""{"x":{"width":1,"type":"square"},"y":[{"type":1}],"radius":1,"type":"circle"}"""));
        Assert.Equal("Rectangle", Shape("""{"radius":1,"height":5,"width":5,"type":"rectangle"}"""));
        Assert.Equal("JsonElement", Shape("""{"radius":1}"""));
        Assert.Equal("JsonElement", Shape("512.5"));

        static string Shape(string json) => UnionTests.Shape(FalJson.Read<TextToClipFrameSize>(json));
    }

    [Fact]
    public void Unions_convert_from_their_shapes_and_compare_by_value()
    {
        TextToClipFrameSize preset = "square";
        TextToClipFrameSize pixels = 512;
        TextToClipFrameSize rectangle = new Rectangle { Width = 64, Height = 64 };
        TextToClipReferenceUrl local = FalMedia.FromFile("a.png");

        Assert.Equal(preset, (TextToClipFrameSize)"square");
        Assert.Equal(preset.GetHashCode(), ((TextToClipFrameSize)"square").GetHashCode());
        Assert.Equal(rectangle, (TextToClipFrameSize)new Rectangle { Width = 64, Height = 64 });
        Assert.Equal(local, (TextToClipReferenceUrl)FalMedia.FromFile("a.png"));
        Assert.Equal(local.GetHashCode(), ((TextToClipReferenceUrl)FalMedia.FromFile("a.png")).GetHashCode());
        Assert.Equal((TextToClipFrameSize)new long[] { 1, 2 }, (TextToClipFrameSize)new long[] { 1, 2 });
        Assert.NotEqual((TextToClipFrameSize)new long[] { 1, 2 }, (TextToClipFrameSize)new long[] { 2, 1 });
        Assert.NotEqual(preset, pixels);
        Assert.NotEqual((TextToClipFrameSize)"512", pixels);
        Assert.NotEqual(local, (TextToClipReferenceUrl)FalMedia.FromFile("b.png"));
        Assert.False(preset.Equals(null));
        Assert.False(preset.Equals("square"));
        Assert.False(pixels.Equals(new OtherUnion()));
        Assert.True(preset.Equals(preset));
    }

    [Fact]
    public void A_union_holds_something()
        => Assert.Throws<ArgumentNullException>(() => (TextToClipFrameSize)(string)null!);

    [Fact]
    public void The_checks_of_a_union_name_the_member_that_holds_it()
    {
        var checks = new FalChecks();
        checks.Object("frame_size", (TextToClipFrameSize)new Rectangle { Width = 60, Height = 64 });
        checks.Object("frame_size", (TextToClipFrameSize)5);
        checks.Object("frame_size", (TextToClipFrameSize)new long[] { 1, 0 });
        checks.Object("", (TextToClipFrameSize)5);
        checks.Object("frame_size", new OtherUnion());

        Assert.Equal(["frame_size.width", "frame_size", "frame_size.1", ""], checks.Problems.Select(problem => problem.Path));
        Assert.Equal("'frame_size' must be at least 64, not 5", checks.Problems[1].Message);
    }

    private static string Shape(TextToClipFrameSize size)
        => size.Match<object>(text => text, number => number, list => list, rectangle => rectangle, circle => circle, other => other).GetType().Name;

    private sealed class OtherUnion() : FalUnion(512L), IFalObject<OtherUnion>
    {
        static OtherUnion IFalObject<OtherUnion>.Read(ref FalJsonReader json) => new();

        void IFalObject<OtherUnion>.Write(FalJsonWriter json) => json.IntegerValue((long)Value);
    }
}
