namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG021: an example or a default that is too large to be emitted.</summary>
public sealed class KLG021Tests
{
    [Fact]
    public void Examples_that_double_per_level_are_reported_once()
    {
        var levels = string.Concat(Enumerable.Range(0, 30).Select(i => $$"""
            "L{{i}}": {"title": "L{{i}}", "type": "object", "required": ["a", "b"], "properties": {
              "a": {"$ref": "#/components/schemas/L{{i + 1}}"}, "b": {"$ref": "#/components/schemas/L{{i + 1}}"} } },
            """));
        const string Leaf = """
            "L30": {"title": "L30", "type": "object", "required": ["s"], "properties": {"s": {"type": "string", "examples": ["x"]}}},
            """;
        var outcome = Rule.Run(new SpecText(Rule.Id, Documents.WithMembers(""" "u": {"$ref": "#/components/schemas/L0"} """, more: levels + Leaf)));
        var problem = Assert.Single(outcome.Problems);
        Assert.Equal("KLG021", problem.Id);
        Assert.Contains("has more than 2000 values", problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.InRange(outcome.Text("acme.lumen.clip.g.cs").Length, 1, 1_000_000);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("example")]
    public void Long_list_is_reported_at_its_place(string keyword)
    {
        var numbers = string.Join(", ", Enumerable.Range(0, 3000));
        var members = $$""" "track": {"type": "array", "items": {"type": "integer"}, "{{keyword}}": «[»{{numbers}}]} """;
        Rule.Fires("KLG021", Documents.WithMembers(members));
    }

    [Fact]
    public void Long_text_is_reported()
        => Rule.Fires("KLG021", Documents.WithMembers($$""" "note": {"type": "string", "default": «"»{{new string('x', 70_000)}}"} """));

    [Fact]
    public void Values_within_the_limit_are_used()
    {
        var numbers = string.Join(", ", Enumerable.Range(0, 1500));
        Rule.Quiet(Documents.WithMembers($$""" "track": {"type": "array", "items": {"type": "integer"}, "examples": [[{{numbers}}]]} """));
    }

    [Fact]
    public void Unions_inside_unions_take_bounded_time()
    {
        // Every level has two ways to fit; without a limit, the wrong value at the bottom would be tried 2^60 times.
        const string Branches = """
            "A": {"title": "A", "type": "object", "properties": {"a": {"type": "string"}, "x": {
              "anyOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]}}},
            "B": {"title": "B", "type": "object", "properties": {"b": {"type": "string"}, "x": {
              "anyOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]}}},
            """;
        var example = string.Concat(Enumerable.Repeat("""{"x": """, 30)) + "5" + new string('}', 30);
        var members = $$""" "u": {"anyOf": [{"$ref": "#/components/schemas/A"}, {"type": "boolean"}], "examples": [{{example}}]} """;
        var text = Documents.WithMembers(members, more: Branches);
        Assert.Contains("KLG006", Rule.Run(new SpecText(Rule.Id, text)).Problems.Select(problem => problem.Id));
    }
}
