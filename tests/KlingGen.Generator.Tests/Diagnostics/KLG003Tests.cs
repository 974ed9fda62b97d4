namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG003: a reference that leads nowhere.</summary>
public sealed class KLG003Tests
{
    [Theory]
    [InlineData("\"style\": {\"$ref\": «\"#/components/schemas/Style\"»}")]
    [InlineData("\"prompt\": {\"type\": \"string\"},\n\"styles\": {\"type\": \"array\", \"items\": {\"$ref\": «\"#/components/schemas/Style\"»}}")]
    [InlineData("\"style\": {\"allOf\": [{\"$ref\": «\"other.json#/Style\"»}]}")]
    public void It_fires_at_the_reference(string members) => Rule.Fires("KLG003", Documents.WithMembers(members));

    [Fact]
    public void The_member_is_left_as_JSON()
    {
        var outcome = Rule.Run(new SpecText(Rule.Id, Documents.WithMembers(""" "style": {"$ref": "#/components/schemas/Style"} """)));
        Assert.Contains("public JsonElement? Style { get; init; }", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_with_escapes_in_it_is_found() => Rule.Quiet(Documents.WithMembers(
        """ "style": {"$ref": "#/components/schemas/a~1b~0c"} """,
        more: """ "a/b~c": {"title": "Style", "type": "object", "properties": {"name": {"type": "string"}}}, """));

    [Fact]
    public void A_reference_to_a_component_that_stands_later_is_found() => Rule.Quiet(Documents.WithMembers(
        """ "style": {"$ref": "#/components/schemas/Style"} """,
        more: """ "Style": {"title": "Style", "type": "object", "properties": {"name": {"type": "string"}}}, """));
}
