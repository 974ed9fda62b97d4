namespace KlingGen.Generator.Tests.Toolchain;

/// <summary>Numbers that C# has no plain type for: enums of fractions, and integers beyond 64 bits.</summary>
public sealed class NumberTests
{
    private const string Fractions = """ "speed": {"type": "number", "enum": [0.5, 1, 1.5]}, "pace": {"type": "number", "enum": [0.25, 0]} """;

    [Fact]
    public void Optional_enum_of_fractions_is_written_only_when_it_is_set()
    {
        var probe = Probe.Compile(
            """
            public static string Nothing() => FalJson.Write(new ClipRequest { Pace = ClipPace.Pace0_25 });
            public static string Speed() => FalJson.Write(new ClipRequest { Speed = ClipSpeed.Speed1_5, Pace = ClipPace.Pace0 });
            public static bool Read() => FalJson.Read<ClipRequest>("{\"pace\":0.25}").Speed is null;
            """,
            new SpecText("acme/lumen/clip", Documents.WithMembers(Fractions, beside: """, "required": ["pace"]""")));
        Assert.Equal("""{"pace":0.25}""", probe.Call("Nothing"));
        Assert.Equal("""{"speed":1.5,"pace":0}""", probe.Call("Speed"));
        Assert.Equal(true, probe.Call("Read"));
    }

    [Theory]
    [InlineData("12345678901234567890", "12345678901234567890UL")]
    [InlineData("-9223372036854775809", "new global::System.Int128(0xFFFFFFFFFFFFFFFFUL, 0x7FFFFFFFFFFFFFFFUL)")]
    [InlineData("170141183460469231731687303715884105727", "global::System.Int128.MaxValue")]
    public void Default_beyond_Int64_makes_the_property_Int128(string number, string literal)
    {
        var text = Driver.Run(Clip($$""" "n": {"type": "integer", "default": {{number}}} """)).Clean().Text("acme.lumen.clip.g.cs");
        Assert.Contains("public Int128? N { get; init; }", text, StringComparison.Ordinal);
        Assert.Contains("public static Int128 N => " + literal + ";", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "n": {"type": "integer", "default": 170141183460469231731687303715884105728} """)]
    [InlineData(""" "n": {"type": "integer", "maximum": 100, "minimum": 0, "default": 12345678901234567890} """)]
    [InlineData(""" "n": {"type": "array", "items": {"type": "integer"}, "default": [12345678901234567890]} """)]
    [InlineData(""" "n": {"anyOf": [{"type": "integer"}, {"type": "string"}], "default": 12345678901234567890} """)]
    public void Default_that_the_type_cannot_hold_is_reported(string member)
    {
        var outcome = Driver.Run(Clip(member)).Clean();
        Assert.Contains(outcome.Problems, problem => problem.Id == "KLG005");
        Assert.DoesNotContain("class Defaults", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    private static SpecText Clip(string members) => new("acme/lumen/clip", Documents.WithMembers(members));
}
