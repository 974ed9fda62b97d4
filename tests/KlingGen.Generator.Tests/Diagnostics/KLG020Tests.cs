using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG020: lists, maps and objects nested too deep.</summary>
public sealed class KLG020Tests
{
    [Theory]
    [InlineData("array", "items")]
    [InlineData("object", "additionalProperties")]
    public void Level_33_is_reported_and_left_as_JSON(string type, string inner)
    {
        // The request itself is the first level.
        var result = Emit(Nested(type, inner, 32));
        var problem = Assert.Single(result.Diagnostics);
        Assert.Equal("KLG020", problem.Id);
        Assert.Contains("deeper than 32 levels", problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var text = result.GeneratedTrees.Single(tree => tree.FilePath.EndsWith("clip.g.cs", StringComparison.Ordinal)).ToString();
        Assert.Contains("<JsonElement>>", text.Replace("string, ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("array", "items")]
    [InlineData("object", "additionalProperties")]
    public void Level_32_is_typed_and_compiles(string type, string inner) => Rule.Quiet(Nested(type, inner, 31));

    [Fact]
    public void Objects_in_objects_are_levels()
    {
        var objects = string.Concat(Enumerable.Range(0, 40).Select(i => $$"""
            "L{{i}}": {"title": "L{{i}}", "type": "object", "properties": {"next": {"$ref": "#/components/schemas/L{{i + 1}}"} } },
            """)) + """ "L40": {"title": "L40", "type": "object", "properties": {"end": {"type": "string"}}}, """;
        var outcome = Rule.Run(new SpecText(Rule.Id, Documents.WithMembers(""" "first": {"$ref": "#/components/schemas/L0"} """, more: objects)));
        Assert.Equal(["KLG020"], outcome.Problems.Select(problem => problem.Id));
    }

    [Fact]
    public void Levels_of_a_component_that_was_read_before_count()
    {
        var lists = string.Concat(Enumerable.Range(0, 40).Select(i => $$"""
            "A{{i}}": {"type": "array", "items": {"$ref": "#/components/schemas/A{{i + 1}}"} },
            """));
        var members = """ "late": {"$ref": "#/components/schemas/A20"}, "early": {"$ref": "#/components/schemas/A0"} """;
        var result = Emit(Documents.WithMembers(members, more: lists + """ "A40": {"type": "string"}, """));
        Assert.All(result.Diagnostics, problem => Assert.Equal("KLG020", problem.Id));
        Assert.NotEmpty(result.Diagnostics);
    }

    [Fact]
    public void Recursive_type_is_fine() => Rule.Quiet(Documents.WithMembers(
        """ "tree": {"$ref": "#/components/schemas/Tree"} """,
        more: """
            "Tree": {"title": "Tree", "type": "object", "properties": {
              "name": {"type": "string"}, "rest": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}}},
            """));

    private static GeneratorDriverRunResult Emit(string text)
        => Driver.Create([new SpecText(Rule.Id, text)]).RunGenerators(Driver.Compilation()).GetRunResult();

    private static string Nested(string type, string inner, int levels)
    {
        var more = string.Concat(Enumerable.Range(0, levels - 1).Select(i => $$"""
            "A{{i}}": {"type": "{{type}}", "{{inner}}": {"$ref": "#/components/schemas/A{{i + 1}}"} },
            """));
        var last = $$""" "A{{levels - 1}}": {"type": "{{type}}", "{{inner}}": {"type": "string"} }, """;
        return Documents.WithMembers(""" "deep": {"$ref": "#/components/schemas/A0"} """, more: more + last);
    }
}
