namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG010: a construct of which no type can be made.</summary>
public sealed class KLG010Tests
{
    [Theory]
    [InlineData("\"mix\":\n   «{\"enum\": [\"a\", 1]}»")]
    [InlineData("\"mix\": «{\"enum\": [{\"a\": 1}]}»")]
    [InlineData("\"mix\": «{\"type\": \"tuple\"}»")]
    [InlineData("\"mix\": «{\"allOf\": [{\"type\": \"string\"}, {\"type\": \"integer\"}]}»")]
    [InlineData("\"mix\": «{\"anyOf\": [{\"type\": \"array\", \"items\": {\"type\": \"string\"}}, {\"type\": \"array\", \"items\": "
        + "{\"type\": \"integer\"}}]}»")]
    [InlineData("\"mix\": «{\"anyOf\": [{\"$ref\": \"#/components/schemas/One\"}, {\"$ref\": \"#/components/schemas/Two\"}]}»")]
    public void It_fires_at_the_schema(string members) => Rule.Fires("KLG010", Documents.WithMembers(members, more: """
        "One": {"title": "One", "type": "object", "properties": {"x": {"type": "integer"}}},
        "Two": {"title": "Two", "type": "object", "properties": {"x": {"type": "string"}}},
        """));

    [Theory]
    [InlineData("""{"type": "array", "items": {"type": "string"}}""", "a result that is no object")]
    [InlineData("""{"anyOf": [{"type": "string"}, {"type": "null"}]}""", "a result that is no object")]
    public void Result_that_is_no_object_is_reported(string output, string what)
    {
        const string Input = """{"title": "ClipRequest", "type": "object", "properties": {"a": {"type": "string"}}}""";
        var outcome = Rule.Run(new SpecText(Rule.Id, Documents.Endpoint(Rule.Id, Input, output)));
        var problem = Assert.Single(outcome.Problems);
        Assert.Equal("KLG010", problem.Id);
        Assert.Contains(what, problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void The_member_is_left_as_JSON()
    {
        var outcome = Rule.Run(new SpecText(Rule.Id, Documents.WithMembers(""" "mix": {"enum": ["a", 1]} """)));
        Assert.Contains("public JsonElement? Mix { get; init; }", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"free\": {}")]
    [InlineData("\"free\": {\"type\": \"object\"}")]
    [InlineData("\"free\": {\"type\": \"object\", \"additionalProperties\": true}")]
    [InlineData("\"one\": {\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"null\"}]}")]
    [InlineData("\"size\": {\"anyOf\": [{\"type\": \"integer\"}, {\"type\": \"string\"}]}")]
    [InlineData("\"mark\": {\"type\": \"string\", \"x-unheard-of\": {\"a\": [1]}, \"readOnly\": true, \"externalDocs\": {}}")]
    public void What_is_free_on_purpose_and_unknown_keywords_are_fine(string members) => Rule.Quiet(Documents.WithMembers(members));
}
