namespace KlingGen.Generator.Tests.Toolchain;

/// <summary>Types inside types that several endpoints share, and members of theirs: what names them stands in other files.</summary>
public sealed class NestedSharedTypeTests
{
    [Fact]
    public void A_type_inside_a_shared_type_has_the_name_that_it_finally_got()
    {
        var outcome = Driver.Run([Document("one", "text"), Document("two", "text"), Document("three", "word"), Document("four", "word")]);
        Assert.Empty(outcome.CompilerComplaints);
        Assert.Contains("Part = new OnePart", outcome.Text("acme.lumen.two.g.cs"), StringComparison.Ordinal);
        Assert.Contains("Part = new FourPart", outcome.Text("acme.lumen.three.g.cs"), StringComparison.Ordinal);
        Assert.Contains("public required FourPart Part", outcome.Text("Acme.Lumen.Shared.g.cs"), StringComparison.Ordinal);
        Assert.Contains("public required OnePart Part", outcome.Text("Acme.Lumen.Shared_2.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_deprecated_member_of_a_shared_type_is_shown_without_a_warning()
    {
        var outcome = Driver.Run([Document("one", "text", """, "deprecated": true"""), Document("two", "text", """, "deprecated": true""")]);
        Assert.Empty(outcome.CompilerComplaints);
        Assert.Contains("Text = \"a\"", outcome.Text("acme.lumen.one.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sum_over_a_member_of_a_shared_type_knows_the_members_own_type()
    {
        var outcome = Driver.Run([Shots("one", "\"1\", \"2\""), Shots("two", "\"1\", \"2\""), Shots("three", "\"3\", \"4\"")]);
        Assert.Empty(outcome.CompilerComplaints);
        var text = outcome.Text("acme.lumen.two.g.cs");
        Assert.Contains("FalChecks.NumberOf(OneLengthValues.Table.WireOf(element.Length))", text, StringComparison.Ordinal);
    }

    private static SpecText Shots(string name, string lengths) => new("acme/lumen/" + name, $$$"""
        {
          "openapi": "3.0.4",
          "components": { "schemas": {
            "Length": { "title": "Length", "type": "string", "enum": [{{{lengths}}}] },
            "Shot": { "title": "Shot", "type": "object", "properties": { "length": { "$ref": "#/components/schemas/Length" } }, "required": ["length"] },
            "Request": { "title": "{{{name}}}Request", "type": "object", "required": ["shots"],
              "properties": { "shots": { "type": "array", "items": { "$ref": "#/components/schemas/Shot" } } },
              "x-klinggen-rules": [{ "rule": "maxSum", "list": "shots", "member": "length", "maximum": 15 }] }
          } },
          "paths": { "/acme/lumen/{{{name}}}": { "post": { "requestBody": { "content": {
            "application/json": { "schema": { "$ref": "#/components/schemas/Request" } } } } } } }
        }
        """);

    private static SpecText Document(string name, string member, string mark = "") => new("acme/lumen/" + name, $$$"""
        {
          "openapi": "3.0.4",
          "components": { "schemas": {
            "Part": { "title": "Part", "type": "object", "properties": { "{{{member}}}": { "type": "string"{{{mark}}} } },
              "required": ["{{{member}}}"] },
            "Group": { "title": "Group", "type": "object", "properties": { "part": { "$ref": "#/components/schemas/Part" } }, "required": ["part"] },
            "Request": { "title": "{{{name}}}Request", "type": "object", "required": ["groups"], "properties": {
              "groups": { "type": "array", "items": { "$ref": "#/components/schemas/Group" }, "examples": [[{ "part": { "{{{member}}}": "a" } }]] }
            } }
          } },
          "paths": { "/acme/lumen/{{{name}}}": { "post": { "requestBody": { "content": {
            "application/json": { "schema": { "$ref": "#/components/schemas/Request" } } } } } } }
        }
        """);
}
