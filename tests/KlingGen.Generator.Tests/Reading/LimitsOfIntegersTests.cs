namespace KlingGen.Generator.Tests.Reading;

public sealed class LimitsOfIntegersTests
{
    [Theory]
    [InlineData("\"maximum\": 18446744073709551615", "max: 18446744073709551615UL")]
    [InlineData("\"maximum\": 9223372036854775809", "max: 9223372036854775809UL")]
    [InlineData("\"minimum\": 9223372036854775807.5", "min: 9223372036854775808UL")]
    [InlineData("\"exclusiveMaximum\": 9223372036854775809", "max: 9223372036854775808UL")]
    [InlineData("\"minimum\": -9223372036854775809, \"maximum\": 1", "max: 1")]
    [InlineData("\"maximum\": 1e309", "max: global::System.Int128.MaxValue")]
    [InlineData("\"minimum\": -1e999999999999", "min: global::System.Int128.MinValue")]
    public void Limit_beyond_long_and_double_is_exact(string limit, string expected)
    {
        Assert.Contains(expected, Text(limit), StringComparison.Ordinal);
    }

    [Fact]
    public void Attribute_admits_what_the_check_admits()
        => Assert.Contains("(double.NegativeInfinity, 9.223372036854778E+18)", Text("\"maximum\": 9223372036854775809"), StringComparison.Ordinal);

    [Fact]
    public void Empty_media_URL_passes_the_check()
    {
        var probe = Probe.Compile(
            """
            public static string Problems(string url)
            {
                var checks = new Fal.Wire.FalChecks();
                ((Fal.Wire.IFalObject<ClipRequest>)new ClipRequest { ImageUrl = url }).Check(checks);
                return string.Join("; ", checks.Problems.Select(problem => problem.Type));
            }
            """,
            new SpecText("acme/lumen/clip", Documents.WithMembers(""" "image_url": {"type": "string", "default": ""} """)));
        Assert.Equal("", probe.Call("Problems", ""));
        Assert.Equal("url_parsing", probe.Call("Problems", "nowhere"));
    }

    private static string Text(string limit)
    {
        var document = Documents.WithMembers($$""" "a": {"type": "integer", {{limit}}} """);
        var outcome = Driver.Run(new SpecText("acme/lumen/clip", document)).Clean();
        Assert.Empty(outcome.Problems);
        return outcome.Text("acme.lumen.clip.g.cs");
    }
}
