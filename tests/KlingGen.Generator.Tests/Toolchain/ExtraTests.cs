namespace KlingGen.Generator.Tests.Toolchain;

/// <summary>Members that a document does not describe survive reading and writing.</summary>
public sealed class ExtraTests
{
    private const string Output = """
        {"title": "ClipResult", "type": "object", "properties": {"scores": {
          "type": "object", "properties": {"total": {"type": "number"}}, "additionalProperties": {"type": "number"}}}}
        """;

    private static readonly Lazy<Probe> Compiled = new(() => Probe.Compile(
        """
        public static string Request(string json) => FalJson.Write(FalJson.Read<ClipRequest>(json));
        public static string Result(string json) => FalJson.Write(FalJson.Read<ClipResult>(json));
        public static int Count(string json) => FalJson.Read<ClipRequest>(json).Extra?.Count ?? -1;
        public static bool Same() => FalJson.Read<ClipRequest>(FalJson.Write(Made)).Equals(Made);
        private static ClipRequest Made => new() { Prompt = "a", Extra = new() { { "level", 3 }, { "flag", true } } };
        """,
        new SpecText("acme/lumen/clip", Documents.Endpoint(
            "acme/lumen/clip",
            """{"title": "ClipRequest", "type": "object", "properties": {"prompt": {"type": "string"}}, "required": ["prompt"]}""",
            Output))));

    [Theory]
    [InlineData("""{"prompt":"a","new_flag":true,"nested":{"b":[1,2.50,null]},"text":"\u00e9"}""")]
    [InlineData("""{"prompt":"a"}""")]
    public void Request_keeps_unknown_members(string json)
        => Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(Parse(json), Parse((string)Compiled.Value.Call("Request", json)!)));

    [Fact]
    public void Request_that_was_written_is_read_as_it_was() => Assert.Equal(true, Compiled.Value.Call("Same"));

    [Fact]
    public void Last_of_two_members_with_one_name_counts()
        => Assert.Equal("""{"prompt":"a","x":2}""", Compiled.Value.Call("Request", """{"x":1,"prompt":"a","x":2}"""));

    [Fact]
    public void Request_without_unknown_members_has_no_extra() => Assert.Equal(-1, Compiled.Value.Call("Count", """{"prompt":"a"}"""));

    [Fact]
    public void Object_with_additional_properties_keeps_them()
    {
        const string Json = """{"scores":{"total":1,"a":0.5}}""";
        Assert.Equal(Json, Compiled.Value.Call("Result", Json));
    }

    private static System.Text.Json.Nodes.JsonNode? Parse(string json) => System.Text.Json.Nodes.JsonNode.Parse(json);
}
