namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG007: two limits that no value satisfies.</summary>
public sealed class KLG007Tests
{
    [Theory]
    [InlineData("\"scale\": {\"type\": \"number\",\n \"minimum\": «2», \"maximum\": 1}")]
    [InlineData("\"prompt\": {\"type\": \"string\", \"maxLength\": 3, \"minLength\": «4»}")]
    [InlineData("\"words\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"minItems\": «2», \"maxItems\": 1}")]
    [InlineData("\"scale\": {\"type\": \"number\", \"exclusiveMinimum\": 1, \"maximum\": «1»}")]
    [InlineData("\"scale\": {\"type\": \"number\", \"minimum\": «1», \"maximum\": 1, \"exclusiveMaximum\": true}")]
    public void It_fires_at_the_lower_limit(string members) => Rule.Fires("KLG007", Documents.WithMembers(members));

    [Fact]
    public void Neither_limit_is_checked()
    {
        var outcome = Rule.Run(new SpecText(Rule.Id, Documents.WithMembers(""" "prompt": {"type": "string", "minLength": 4, "maxLength": 3} """)));
        Assert.DoesNotContain("checks.Length", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"scale\": {\"type\": \"number\", \"minimum\": 1, \"maximum\": 1}")]
    [InlineData("\"prompt\": {\"type\": \"string\", \"minLength\": 3, \"maxLength\": 3}")]
    [InlineData("\"prompt\": {\"type\": \"string\", \"minLength\": 0}")]
    [InlineData("\"words\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"minItems\": 0}")]
    public void Limits_that_meet_are_fine(string members) => Rule.Quiet(Documents.WithMembers(members));
}
