namespace KlingGen.Generator.Tests.Toolchain;

/// <summary>The interfaces that a request implements by the marks of an overlay.</summary>
public sealed class CapabilityTests
{
    private const string Members =
        """
        "prompt": {"type": "string"},
        "first": {"type": "string", "format": "uri", "description": "URL of the image."},
        "duration": {"type": "string", "enum": ["5", "10"]},
        "level": {"type": "integer"}
        """;

    [Fact]
    public void Marked_properties_are_implemented_explicitly()
    {
        var text = Emit(""" "prompt": "prompt", "duration": "duration" """, """, "required": ["prompt"]""").Clean().Text("acme.lumen.clip.g.cs");
        Assert.Contains("IHasPrompt<ClipRequest>, IHasDuration<ClipRequest>, IFalVideoRequest<ClipRequest>", text, StringComparison.Ordinal);
        Assert.Contains("IHasDuration<ClipRequest>.Duration => ClipDurationValues.Table.DurationOf(Duration);", text, StringComparison.Ordinal);
        Assert.Contains("The endpoint requires 'prompt'.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_that_requires_more_than_a_prompt_cannot_be_created_from_one()
    {
        var outcome = Emit(""" "prompt": "prompt", "duration": "duration" """, """, "required": ["prompt", "level"]""");
        var text = outcome.Clean().Text("acme.lumen.clip.g.cs");
        Assert.DoesNotContain("IFalVideoRequest", text, StringComparison.Ordinal);
    }

    private static DriverOutcome Emit(string marks, string beside) => Driver.Run(
        [new SpecText("acme/lumen/clip", Documents.WithMembers(Members, beside: $$""", "x-klinggen-capabilities": { {{marks}} }{{beside}}"""))]);
}
