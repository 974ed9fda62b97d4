using KlingGen.Json;
using KlingGen.Schemas;

namespace KlingGen.Core.Tests.Specs;

/// <summary>The JSON Schema of a request, on its own.</summary>
public sealed class InputSchemaTests
{
    private static string Write(string input, string components = "")
    {
        var root = JsonReader.Read($$$$"""{"components": {"schemas": {"Input": {{{{input}}}}{{{{components}}}}}}}""", 0).Root!;
        var reference = JsonReader.Read("""{"$ref": "#/components/schemas/Input"}""", 0).Root;
        return InputSchema.Write(reference, root);
    }

    [Theory]
    [InlineData("""{"type": "object"}""", """{"type":"object"}""")]
    [InlineData("{}", """{"type":"object"}""")]
    [InlineData("""{"type": "object", "minProperties": 1, "required": ["a"]}""", """{"type":"object","minProperties":1,"required":["a"]}""")]
    [InlineData("""{"type": "object", "x-fal-order-properties": ["a"], "ui": {"order": 1}}""", """{"type":"object"}""")]
    public void The_request_becomes_the_root(string input, string expected) => Assert.Equal(expected, Write(input));

    [Fact]
    public void Members_and_values_keep_names_that_look_like_keywords()
    {
        const string Input =
            """{"type":"object","properties":{"x-ray":{"type":"string","enum":["ui"],"default":{"x-a":1}},"ui":{"type":"boolean"}}}""";
        Assert.Equal(Input, Write(Input));
    }

    [Fact]
    public void References_lead_to_definitions_and_may_be_circular()
    {
        var schema = Write(
            """{"type": "object", "properties": {"a": {"$ref": "#/components/schemas/Node"}}}""",
            """, "Node": {"properties": {"next": {"$ref": "#/components/schemas/Node"}, "in": {"$ref": "#/components/schemas/Input"}}}""");
        Assert.Equal(
            """{"type":"object","properties":{"a":{"$ref":"#/$defs/Node"}},"$defs":{"Node":{"properties":{"next":{"$ref":"#/$defs/Node"}"""
+ ""","in":{"$ref":"#/$defs/Input"}}},"Input":{"type":"object","properties":{"a":{"$ref":"#/$defs/Node"}}}}}""",
            schema);
    }

    [Fact]
    public void A_reference_that_leads_nowhere_allows_anything()
        => Assert.Equal(
            """{"type":"object","properties":{"a":{}}}""",
            Write("""{"type": "object", "properties": {"a": {"$ref": "#/components/schemas/Gone"}}}"""));

    [Fact]
    public void A_document_without_a_schema_takes_any_object()
        => Assert.Equal("""{"type":"object"}""", InputSchema.Write(null, JsonReader.Read("{}", 0).Root!));
}
