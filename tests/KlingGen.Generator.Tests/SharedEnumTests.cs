using KlingGen.Generator.Tests.Diagnostics;

namespace KlingGen.Generator.Tests;

/// <summary>
/// <c>x-klinggen-enum</c>: one type for the same values in many documents. A document whose values have changed takes nobody's name along.
/// </summary>
public sealed class SharedEnumTests
{
    private const string Clip = "acme/lumen/clip";
    private const string Loop = "acme/lumen/loop";

    [Fact]
    public void Members_of_several_documents_share_one_type_in_whatever_order_they_list_the_values()
    {
        var outcome = Rule.Run([.. Document(Clip, """ "enum": ["5", "10"] """), .. Document(Loop, """ "enum": ["10", "5"] """)]);
        Assert.Empty(outcome.Problems);
        var shared = outcome.Text("Acme.Lumen.Shared.g.cs");
        Assert.Contains("enum ClipLength", shared, StringComparison.Ordinal);
        Assert.True(shared.IndexOf("Length5 = 1", StringComparison.Ordinal) < shared.IndexOf("Length10,", StringComparison.Ordinal));
        Assert.Contains("How long a clip is.", shared, StringComparison.Ordinal);
        Assert.Contains("public ClipLength? Length", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
        Assert.Contains("public ClipLength? Length", outcome.Text("acme.lumen.loop.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_by_itself_has_the_same_names()
        => Assert.Contains("enum ClipLength", Rule.Run(Document(Clip, """ "enum": ["5", "10"] """)).Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);

    [Fact]
    public void A_value_that_one_document_gains_renames_nothing_in_another()
    {
        SpecText[] other = [.. Document(Loop, """ "enum": ["5", "10"] """)];
        var before = Rule.Run([.. other, .. Document(Clip, """ "enum": ["5", "10"] """)]);
        var outcome = Rule.Run([.. other, .. Document(Clip, """ "enum": ["5", "10", "20"] """)]);
        Assert.Equal(before.Text("acme.lumen.loop.g.cs"), outcome.Text("acme.lumen.loop.g.cs"));
        Assert.Equal(before.Text("Acme.Lumen.Shared.g.cs"), outcome.Text("Acme.Lumen.Shared.g.cs"));
        Assert.Contains("enum ClipLength", outcome.Text("Acme.Lumen.Shared.g.cs"), StringComparison.Ordinal);

        var grown = outcome.Text("acme.lumen.clip.g.cs");
        Assert.Contains("public OneLength? Length", grown, StringComparison.Ordinal);
        Assert.Contains("Length20,", grown, StringComparison.Ordinal);
        var problem = Assert.Single(outcome.Problems);
        Assert.Equal(("KLG017", "/specs/acme/lumen/clip.overlay.json"), (problem.Id, problem.Location.GetLineSpan().Path));
        Assert.Contains("'20' is not among them", problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_nullable_member_is_named_by_the_member_because_an_overlay_cannot_name_a_branch()
    {
        var outcome = Rule.Run(Document(Clip, """ "anyOf": [{"type": "string", "enum": ["5", "10"]}, {"type": "null"}] """));
        Assert.Empty(outcome.Problems);
        Assert.Contains("public ClipLength? Length", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_take_the_names_that_are_given()
    {
        var outcome = Rule.Run(Document(Clip, """ "enum": ["5", "10"] """, """{"5": "Short", "10": "Long"}"""));
        Assert.Empty(outcome.Problems);
        var text = outcome.Text("acme.lumen.clip.g.cs");
        Assert.Contains("Short = 1,", text, StringComparison.Ordinal);
        Assert.Contains("Long,", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_the_members_own_compiles_as_well()
    {
        var outcome = Rule.Run(Document(Clip, """ "enum": ["5", "10"], "default": "5", "examples": ["10"] """, name: "Length"));
        Assert.Empty(outcome.Problems);
        Assert.Contains("public Length? Length", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    private static SpecText[] Document(string id, string length, string values = """["5", "10"]""", string name = "ClipLength")
    {
        var owner = id == Clip ? "One" : "Two";
        var input = $$"""{"title": "{{owner}}Request", "type": "object", "properties": {"length": { {{length}} } } }""";
        var output = $$"""{"title": "{{owner}}Result", "type": "object", "properties": {"note": {"type": "string"} } }""";
        var overlay = $$$$"""
            {"overlay": "1.0.0", "info": {"title": "x", "version": "1"}, "actions": [{"target": "$.components.schemas.Input.properties.length",
             "update": {"x-klinggen-enum": {"name": "{{{{name}}}}", "description": "How long a clip is.", "values": {{{{values}}}}}}}]}
            """;
        return [new SpecText(id, Documents.Endpoint(id, input, output)), new SpecText(id + ".overlay", overlay)];
    }
}
