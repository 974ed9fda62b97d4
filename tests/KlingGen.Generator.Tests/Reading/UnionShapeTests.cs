namespace KlingGen.Generator.Tests.Reading;

/// <summary>Objects of a union are recognized by required properties, a tag, or properties of their own.</summary>
public sealed class UnionShapeTests
{
    private const string Types = """
        "One": {"title": "One", "type": "object", "properties": {"x": {"type": "integer"}, "both": {"type": "string"}}},
        "Two": {"title": "Two", "type": "object", "properties": {"y": {"type": "integer"}, "both": {"type": "string"}}},
        "Wide": {"title": "Wide", "type": "object", "required": ["z"], "properties": {"x": {"type": "integer"}, "z": {"type": "integer"}}},
        """;

    private const string Source = """
        public static string Result(string json)
            => FalJson.Read<ClipResult>(json).Shape!
                .Match(one => "One " + one.X, two => "Two " + two.Y, wide => "Wide " + wide.Z, other => "JSON");

        public static string Problems(string json)
        {
            var checks = new Fal.Wire.FalChecks();
            ((Fal.Wire.IFalObject<ClipRequest>)FalJson.Read<ClipRequest>(json)).Check(checks);
            return string.Join("; ", checks.Problems.Select(problem => problem.Path + " " + problem.Type));
        }

        public static string Again(string json) => FalJson.Write(FalJson.Read<ClipRequest>(json));
        """;

    private const string Shape = """
        "anyOf": [{"$ref": "#/components/schemas/One"}, {"$ref": "#/components/schemas/Two"}, {"$ref": "#/components/schemas/Wide"}]
        """;

    private static readonly Lazy<Probe> Emitted = new(() => Probe.Compile(Source, new SpecText(Diagnostics.Rule.Id, Documents.Endpoint(
        Diagnostics.Rule.Id,
        $$$$"""{"title": "ClipRequest", "type": "object", "properties": {"shape": {{{{{Shape}}}}}}}""",
        $$$$"""{"title": "ClipResult", "type": "object", "properties": {"shape": {{{{{Shape}}}}}}}""",
        Types))));

    [Theory]
    [InlineData("""{"shape": {"x": 1}}""", "One 1")]
    [InlineData("""{"shape": {"y": 2}}""", "Two 2")]
    [InlineData("""{"shape": {"y": 2, "both": "b"}}""", "Two 2")]
    [InlineData("""{"shape": {"x": 1, "z": 3}}""", "Wide 3")]
    [InlineData("""{"shape": {"both": "b"}}""", "One ")]
    [InlineData("""{"shape": {}}""", "One ")]
    [InlineData("""{"shape": [1]}""", "JSON")]
    public void Object_is_recognized_by_its_own_properties(string json, string expected)
        => Assert.Equal(expected, Emitted.Value.Call("Result", json));

    [Theory]
    [InlineData("""{"shape":{"y":2,"both":"b"}}""")]
    [InlineData("""{"shape":{"x":1,"z":3}}""")]
    public void Request_survives_a_round_trip(string json) => Assert.Equal(json, Emitted.Value.Call("Again", json));

    [Theory]
    [InlineData("""{"shape": {"y": 2}}""", "")]
    [InlineData("""{"shape": [1]}""", "shape union_shape")]
    [InlineData("""{"shape": "text"}""", "shape union_shape")]
    public void Value_read_into_a_request_is_checked(string json, string expected) => Assert.Equal(expected, Emitted.Value.Call("Problems", json));

    [Fact]
    public void Whole_result_that_is_a_choice_has_a_type()
    {
        const string Output = """{"title": "ClipResult", "oneOf": [{"$ref": "#/components/schemas/One"}, {"$ref": "#/components/schemas/Two"}]}""";
        var document = new SpecText(Diagnostics.Rule.Id, Documents.Endpoint(
            Diagnostics.Rule.Id, """{"title": "ClipRequest", "type": "object", "properties": {"a": {"type": "string"}}}""", Output, Types));
        var outcome = Driver.Run(document).Clean();
        Assert.Empty(outcome.Problems);
        Assert.Contains("FalEndpoint<ClipRequest, ClipResult>", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_types_are_a_choice_between_them()
    {
        var document = new SpecText(Diagnostics.Rule.Id, Documents.WithMembers(""" "v": {"type": ["string", "integer", "null"], "maxLength": 3} """));
        var outcome = Driver.Run(document).Clean();
        Assert.Empty(outcome.Problems);
        Assert.Contains("public ClipV? V { get; init; }", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
        Assert.Contains("implicit operator ClipV(long value)", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }
}
