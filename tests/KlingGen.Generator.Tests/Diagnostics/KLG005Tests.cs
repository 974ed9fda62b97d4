namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG005: a default that breaks the limits of its own member.</summary>
public sealed class KLG005Tests
{
    [Theory]
    [InlineData("\"mode\": {\"type\": \"string\", \"enum\": [\"a\", \"b\"],\n \"default\": «\"c\"»}")]
    [InlineData("\"scale\": {\"type\": \"number\", \"minimum\": 0, \"maximum\": 1, \"default\": «1.5»}")]
    [InlineData("\"scale\": {\"type\": \"number\", \"exclusiveMaximum\": 1, \"default\": «1»}")]
    [InlineData("\"steps\": {\"type\": \"integer\", \"multipleOf\": 4, \"default\": «10»}")]
    [InlineData("\"steps\": {\"type\": \"integer\", \"default\": «\"many\"»}")]
    [InlineData("\"words\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"maxItems\": 1, \"default\": «[\"a\", \"b\"]»}")]
    [InlineData("\"name\": {\"type\": \"string\", \"minLength\": 2, \"default\": «\"😀\"»}")]
    public void It_fires_at_the_default(string members) => Rule.Fires("KLG005", Documents.WithMembers(members));

    [Fact]
    public void The_default_is_not_offered()
    {
        var outcome = Rule.Run(new SpecText(Rule.Id, Documents.WithMembers(""" "scale": {"type": "number", "maximum": 1, "default": 1.5} """)));
        Assert.DoesNotContain("Defaults", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"scale\": {\"type\": \"number\", \"minimum\": 0, \"maximum\": 1, \"default\": 1}")]
    [InlineData("\"mode\": {\"type\": \"string\", \"enum\": [\"a\", \"b\"], \"default\": \"b\"}")]
    [InlineData("\"scale\": {\"type\": \"number\", \"default\": null}")]
    [InlineData("\"scale\": {\"type\": \"number\", \"multipleOf\": 0.1, \"default\": 0.3}")]
    [InlineData("\"name\": {\"type\": \"string\", \"maxLength\": 1, \"default\": \"😀\"}")]
    [InlineData("\"any\": {\"default\": {\"x\": 1}}")]
    public void A_default_on_the_limit_is_fine(string members) => Rule.Quiet(Documents.WithMembers(members));
}
