using Fal.Wire;

namespace Fal.Tests.Wire;

public sealed class UnionTests
{
    [Theory]
    [InlineData("\"square\"", "String")]
    [InlineData("512", "Int64")]
    [InlineData("[1,2]", "List`1")]
    [InlineData("""{"width":64,"height":72}""", "Rectangle")]
    [InlineData("""{"type":"circle","radius":2.5}""", "Circle")]
    public void Each_shape_is_recognised_and_written_back(string json, string type)
    {
        var size = FalJson.Read<FrameSize>(json);

        Assert.Equal(type, size.Match(value => value.GetType().Name));
        Assert.Equal(json, FalJson.Write(size));
        Assert.Equal(json, size.ToString());
    }

    [Fact]
    public void The_choice_looks_ahead_past_everything_before_the_telling_member()
    {
        Assert.Equal("Circle", Shape("""{"x":{"width":1,"type":"square"},"y":[{"type":1}],"radius":1}"""));
        Assert.Equal("Circle", Shape("""{"radius":1,"width":5,"type":"circle"}"""));
        Assert.Equal("Rectangle", Shape("""{"radius":1,"height":5,"width":5,"type":"rectangle"}"""));
        Assert.Equal("Int64", Shape("512.0"));

        static string Shape(string json) => FalJson.Read<FrameSize>(json).Match(value => value.GetType().Name);
    }

    [Fact]
    public void A_shape_that_fits_none_is_a_protocol_error()
    {
        Assert.Equal("$", Assert.Throws<FalProtocolException>(() => FalJson.Read<FrameSize>("true")).JsonPath);
        Assert.Equal("$.width", Assert.Throws<FalProtocolException>(() => FalJson.Read<FrameSize>("{}")).JsonPath);
    }

    [Fact]
    public void Unions_convert_from_their_shapes_and_compare_by_value()
    {
        FrameSize preset = "square";
        FrameSize pixels = 512;
        FrameSize rectangle = new Rectangle { Width = 64, Height = 64 };
        FrameSize local = FalMedia.FromFile("a.png");

        Assert.Equal(preset, (FrameSize)"square");
        Assert.Equal(preset.GetHashCode(), ((FrameSize)"square").GetHashCode());
        Assert.Equal(rectangle, (FrameSize)new Rectangle { Width = 64, Height = 64 });
        Assert.Equal(local, (FrameSize)FalMedia.FromFile("a.png"));
        Assert.Equal(local.GetHashCode(), ((FrameSize)FalMedia.FromFile("a.png")).GetHashCode());
        Assert.Equal(FrameSize.FromList([1, 2]), FrameSize.FromList([1, 2]));
        Assert.NotEqual(FrameSize.FromList([1, 2]), FrameSize.FromList([2, 1]));
        Assert.NotEqual(preset, pixels);
        Assert.NotEqual((FrameSize)"512", pixels);
        Assert.NotEqual(local, (FrameSize)FalMedia.FromFile("b.png"));
        Assert.False(preset.Equals(null));
        Assert.False(preset.Equals("square"));
        Assert.False(pixels.Equals(new OtherUnion()));
        Assert.True(preset.Equals(preset));
    }

    [Fact]
    public void A_union_holds_something()
        => Assert.Throws<ArgumentNullException>(() => (FrameSize)(string)null!);

    [Fact]
    public void The_checks_of_a_union_name_the_member_that_holds_it()
    {
        var checks = new FalChecks();
        checks.Object("frame_size", (FrameSize)new Rectangle { Width = 60, Height = 64 });
        checks.Object("frame_size", (FrameSize)5);
        checks.Object("frame_size", FrameSize.FromList([1, 0]));
        checks.Object("", (FrameSize)5);
        checks.Object("frame_size", new OtherUnion());

        Assert.Equal(["frame_size.width", "frame_size", "frame_size.1", ""], checks.Problems.Select(problem => problem.Path));
        Assert.Equal("'frame_size' must be at least 64, not 5", checks.Problems[1].Message);
    }

    private sealed class OtherUnion() : FalUnion(512L), IFalObject<OtherUnion>
    {
        static OtherUnion IFalObject<OtherUnion>.Read(ref FalJsonReader json) => new();

        void IFalObject<OtherUnion>.Write(FalJsonWriter json) => json.IntegerValue((long)Value);
    }
}
