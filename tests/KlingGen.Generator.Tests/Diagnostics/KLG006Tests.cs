using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG006: an example that breaks the limits of its own member.</summary>
public sealed class KLG006Tests
{
    [Theory]
    [InlineData("\"scale\": {\"type\": \"number\", \"maximum\": 1, \"examples\": [0.5, «2»]}")]
    [InlineData("\"prompt\": {\"type\": \"string\", \"maxLength\": 3,\n \"example\": «\"long\"»}")]
    [InlineData("\"mode\": {\"type\": \"string\", \"enum\": [\"a\", \"b\"], \"examples\": [«\"A\"»]}")]
    public void It_fires_at_the_example(string members)
        => Assert.Equal(DiagnosticSeverity.Info, Rule.Fires("KLG006", Documents.WithMembers(members)).Severity);

    [Fact]
    public void It_fires_at_the_example_of_a_whole_request()
        => Rule.Fires(
            "KLG006",
            Documents.WithMembers(""" "prompt": {"type": "string"} """, beside: """, "required": ["prompt"], "examples": [«{"style": "x"}»]"""));

    [Fact]
    public void The_next_example_is_used_instead()
    {
        var outcome = Rule.Run(
            new SpecText(Rule.Id, Documents.WithMembers(""" "scale": {"type": "number", "maximum": 1, "examples": [2, 0.25]} """)));
        Assert.Contains("Scale = 0.25", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"scale\": {\"type\": \"number\", \"maximum\": 1, \"examples\": [0.5, 1]}")]
    [InlineData("\"scale\": {\"type\": \"number\", \"examples\": [null]}")]
    [InlineData("\"scale\": {\"type\": \"number\", \"examples\": []}")]
    public void An_example_within_the_limits_is_fine(string members) => Rule.Quiet(Documents.WithMembers(members));

    [Fact]
    public void Only_the_first_faulty_example_of_a_property_is_reported() => Rule.Fires(
        "KLG006", Documents.WithMembers("\"scale\": {\"type\": \"number\", \"maximum\": 1, \"examples\": [0.5, «2», 3, 4], \"example\": 5}"));
}
