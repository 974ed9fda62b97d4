namespace KlingGen.Generator.Tests.Reading;

public sealed class AllOfTests
{
    private const string Parts = """
        "A": {"title": "A", "type": "object", "required": ["a"], "properties": {
          "a": {"type": "string", "description": "Of A."}, "c": {"type": "string"}}},
        "B": {"title": "B", "type": "object", "properties": {"a": {"type": "string", "maxLength": 3}, "b": {"type": "integer", "maximum": 1}}},
        """;

    private const string Both = """
        {"title": "ClipRequest", "type": "object", "allOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]}
        """;

    [Fact]
    public void Property_of_two_parts_is_one_property_with_the_constraints_of_both()
    {
        var text = Text(Both, Parts);
        Assert.Single(Lines(text, "public required string A { get; init; }"));
        Assert.Contains("[SpecLength(0, 3)]", text, StringComparison.Ordinal);
        Assert.Contains("Of A.", text, StringComparison.Ordinal);
        Assert.Contains("public long? B { get; init; }", text, StringComparison.Ordinal);
        Assert.Contains("public string? C { get; init; }", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Result_with_a_property_of_two_parts_is_read()
    {
        const string Source = """public static string A() => FalJson.Read<ClipResult>("{\"a\": \"x\", \"b\": 1}").A;""";
        var output = Both.Replace("ClipRequest", "ClipResult", StringComparison.Ordinal);
        var probe = Probe.Compile(Source, new SpecText(Diagnostics.Rule.Id, Documents.Endpoint(Diagnostics.Rule.Id, "{}", output, Parts)));
        Assert.Equal("x", probe.Call("A"));
    }

    [Fact]
    public void Properties_beside_allOf_are_kept()
    {
        const string Input = """
            {"title": "ClipRequest", "type": "object", "properties": {"x": {"type": "string"}}, "allOf": [{"$ref": "#/components/schemas/B"}]}
            """;
        var text = Text(Input, Parts);
        Assert.Contains("public string? X { get; init; }", text, StringComparison.Ordinal);
        Assert.Contains("public long? B { get; init; }", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nested_parts_are_merged()
    {
        const string Input = """
            {"title": "ClipRequest", "type": "object", "allOf": [{"allOf": [{"$ref": "#/components/schemas/A"}]}, {"$ref": "#/components/schemas/B"}]}
            """;
        var text = Text(Input, Parts);
        Assert.Contains("public required string A { get; init; }", text, StringComparison.Ordinal);
        Assert.Contains("public long? B { get; init; }", text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_reference_is_the_component_itself()
    {
        const string Input = """
            {"title": "ClipRequest", "type": "object", "properties": {"a": {"allOf": [{"$ref": "#/components/schemas/A"}], "description": "One."}}}
            """;
        Assert.Contains("public A? A { get; init; }", Text(Input, Parts), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"allOf": [{"type": "string"}, {"maxLength": 5}]}""", "string?", "[SpecLength(0, 5)]")]
    [InlineData("""{"type": "string", "allOf": [{"maxLength": 5}]}""", "string?", "[SpecLength(0, 5)]")]
    [InlineData("""{"allOf": [{"type": "number"}, {"type": "integer", "minimum": 1, "maximum": 9}]}""", "int?", "[SpecRange(1, 9)]")]
    [InlineData("""{"allOf": [{"type": "array", "items": {"type": "string"}}, {"maxItems": 2}]}""", "IReadOnlyList<string>?", "[SpecCount(0, 2)]")]
    public void Scalar_takes_the_narrowest_type_and_all_constraints(string schema, string type, string attribute)
    {
        var text = Text($$$$"""{"title": "ClipRequest", "type": "object", "properties": {"value": {{{{schema}}}}}}""");
        Assert.Contains($"public {type} Value {{ get; init; }}", text, StringComparison.Ordinal);
        Assert.Contains(attribute, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Part_that_leads_back_to_the_whole_ends()
    {
        const string Loop = """
            "Loop": {"title": "Loop", "type": "object", "properties": {"x": {"type": "string"}}, "allOf": [{"$ref": "#/components/schemas/Loop"}]},
            """;
        const string Input = """{"title": "ClipRequest", "type": "object", "properties": {"loop": {"$ref": "#/components/schemas/Loop"}}}""";
        Assert.Contains("public string? X { get; init; }", Text(Input, Loop), StringComparison.Ordinal);
    }

    private static string Text(string input, string more = "")
    {
        var outcome = Diagnostics.Rule.Run(new SpecText(Diagnostics.Rule.Id, Documents.Endpoint(Diagnostics.Rule.Id, input, more: more)));
        Assert.Empty(outcome.Problems);
        return outcome.Text("acme.lumen.clip.g.cs");
    }

    private static IEnumerable<string> Lines(string text, string line) => text.Split('\n').Where(candidate => candidate.Trim() == line);
}
