using KlingGen.Generator.Tests.Diagnostics;
using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests;

/// <summary>
/// <c>x-klinggen-enum</c>: one type for the same values in many documents. A document with other values gets an enum with a name of its own.
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
        => Assert.Contains(
            "enum ClipLength",
            Rule.Run(Document(Clip, """ "enum": ["5", "10"] """)).Text("acme.lumen.clip.g.cs"),
            StringComparison.Ordinal);

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

    [Fact]
    public void A_name_refers_to_the_definition_in_the_folder()
    {
        var outcome = Rule.Run([.. Named(Clip, "ClipLength"), .. Named(Loop, "ClipLength"), Enums("acme/lumen/enums")]);
        Assert.Empty(outcome.Problems);
        var shared = outcome.Text("Acme.Lumen.Shared.g.cs");
        Assert.Contains("enum ClipLength", shared, StringComparison.Ordinal);
        Assert.Contains("How long a clip is.", shared, StringComparison.Ordinal);
        Assert.Contains("Short = 1,", shared, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ClipLenght", "; did you mean 'ClipLength'?")]
    [InlineData("cliplength", "; did you mean 'ClipLength'?")]
    [InlineData("Resolution", "keeps its default name")]
    public void An_undefined_name_is_reported_at_the_overlay_with_the_nearest_definition(string name, string ending)
    {
        var outcome = Rule.Run([.. Named(Clip, name), Enums("acme/lumen/enums")]);
        var problem = Assert.Single(outcome.Problems);
        Assert.Equal(("KLG017", DiagnosticSeverity.Warning, "/specs/acme/lumen/clip.overlay.json"),
            (problem.Id, problem.Severity, problem.Location.GetLineSpan().Path));
        Assert.Equal(1, problem.Location.GetLineSpan().StartLinePosition.Line);
        var message = problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains($"no enums.overlay.json defines the enum '{name}'", message, StringComparison.Ordinal);
        Assert.EndsWith(ending, message, StringComparison.Ordinal);
        Assert.Contains("public OneLength? Length", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Definitions_of_another_folder_do_not_apply()
        => Assert.Single(Rule.Run([.. Named(Clip, "ClipLength"), Enums("acme/heron/enums")]).Problems, problem => problem.Id == "KLG017");

    [Fact]
    public void A_definition_of_the_project_wins_over_a_bundled_one()
    {
        var outcome = Driver.Run(
            [.. Named(Clip, "ClipLength"), Enums("acme/lumen/enums"), Enums("acme/lumen/enums", "Tiny", isBundled: true)],
            options: new SpecOptions(("FalEndpointPatterns", "acme/**")));
        Assert.Contains("Short = 1,", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"overlay": "1.0.0"}""", "KLG011")]
    [InlineData("""{"x-klinggen-enums": {"ClipLength": {"values": 5}}}""", "KLG017")]
    [InlineData("""{"x-klinggen-enums": """, "KLG001")]
    public void A_fault_in_the_definitions_is_reported_once(string text, string id)
    {
        var outcome = Rule.Run([.. Document(Clip, """ "enum": ["5", "10"] """), .. Document(Loop, """ "enum": ["5", "10"] """),
            new SpecText("acme/lumen/enums.overlay", text)]);
        Assert.Equal((id, "/specs/acme/lumen/enums.overlay.json"),
            (Assert.Single(outcome.Problems).Id, outcome.Problems.Single().Location.GetLineSpan().Path));
    }

    private static SpecText Enums(string key, string first = "Short", bool isBundled = false) => new(key + ".overlay", $$$"""
        {"overlay": "1.0.0", "info": {"title": "x", "version": "1"},
         "x-klinggen-enums": {"ClipLength": {"description": "How long a clip is.", "values": {"5": "{{{first}}}", "10": "Long"} } } }
        """, isBundled);

    private static SpecText[] Named(string id, string name) => WithOverlay(id, """ "enum": ["5", "10"] """, $"\"{name}\"");

    private static SpecText[] Document(string id, string length, string values = """["5", "10"]""", string name = "ClipLength")
        => WithOverlay(id, length, $$$"""{"name": "{{{name}}}", "description": "How long a clip is.", "values": {{{values}}}}""");

    private static SpecText[] WithOverlay(string id, string length, string sharedEnum)
    {
        var owner = id == Clip ? "One" : "Two";
        var input = $$"""{"title": "{{owner}}Request", "type": "object", "properties": {"length": { {{length}} } } }""";
        var output = $$"""{"title": "{{owner}}Result", "type": "object", "properties": {"note": {"type": "string"} } }""";
        var overlay = $$$$"""
            {"overlay": "1.0.0", "info": {"title": "x", "version": "1"}, "actions": [{"target": "$.components.schemas.Input.properties.length",
             "update": {"x-klinggen-enum": {{{{sharedEnum}}}}}}]}
            """;
        return [new SpecText(id, Documents.Endpoint(id, input, output)), new SpecText(id + ".overlay", overlay)];
    }
}
