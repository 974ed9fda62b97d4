using System.Text.Json.Nodes;

namespace Fal.Emulation.Tests.Validation;

public sealed class RequestValidatorTests
{
    private const string More = """
        ,"Size":{"type":"object","required":["width"],"properties":{"width":{"type":"integer","exclusiveMinimum":0},"height":{"type":"integer"}}}
        """;

    /// <summary>The schema of a property, a request, and the one detail that is expected: its loc, type and ctx.</summary>
    public static TheoryData<string, string, string, string, string?> Faults => new()
    {
        { """{"type":"string"}""", """{"p":5}""", """["body","p"]""", "string_type", null },
        { """{"type":"integer"}""", """{"p":"5"}""", """["body","p"]""", "int_type", null },
        { """{"type":"integer"}""", """{"p":1.5}""", """["body","p"]""", "int_from_float", null },
        { """{"type":"number"}""", """{"p":"x"}""", """["body","p"]""", "float_type", null },
        { """{"type":"boolean"}""", """{"p":"x"}""", """["body","p"]""", "bool_type", null },
        { """{"type":"array","items":{"type":"string"}}""", """{"p":{}}""", """["body","p"]""", "list_type", null },
        { """{"type":"object","additionalProperties":{"type":"integer"}}""", """{"p":{"a.b":"x"}}""", """["body","p","a.b"]""", "int_type", null },
        { """{"type":"string","enum":["5","10"]}""", """{"p":"7"}""", """["body","p"]""", "one_of", """{"expected":["5","10"]}""" },
        { """{"const":"five"}""", """{"p":"six"}""", """["body","p"]""", "one_of", """{"expected":["five"]}""" },
        { """{"type":"number","minimum":0}""", """{"p":-1}""", """["body","p"]""", "greater_than_equal", """{"ge":0}""" },
        { """{"type":"number","maximum":1}""", """{"p":1.5}""", """["body","p"]""", "less_than_equal", """{"le":1}""" },
        { """{"type":"number","exclusiveMinimum":0}""", """{"p":0}""", """["body","p"]""", "greater_than", """{"gt":0}""" },
        { """{"type":"number","maximum":1,"exclusiveMaximum":true}""", """{"p":1}""", """["body","p"]""", "less_than", """{"lt":1}""" },
        { """{"type":"integer","multipleOf":8}""", """{"p":9}""", """["body","p"]""", "multiple_of", """{"multiple_of":8}""" },
        { """{"type":"string","minLength":2}""", """{"p":"x"}""", """["body","p"]""", "string_too_short", """{"min_length":2}""" },
        { """{"type":"string","maxLength":2}""", """{"p":"xyz"}""", """["body","p"]""", "string_too_long", """{"max_length":2}""" },
        { """{"type":"string","pattern":"^a$"}""", """{"p":"b"}""", """["body","p"]""", "string_pattern_mismatch", """{"pattern":"^a$"}""" },
        {
            """{"type":"array","items":{"type":"string"},"minItems":1}""",
            """{"p":[]}""",
            """["body","p"]""",
            "sequence_too_short",
            """{"min_length":1}""" },
        {
            """{"type":"array","items":{"type":"string"},"maxItems":1}""",
            """{"p":["a","b"]}""",
            """["body","p"]""",
            "sequence_too_long",
            """{"max_length":1}""" },
        {
            """{"type":"array","items":{"$ref":"#/components/schemas/Size"}}""",
            """{"p":[{"width":1},{}]}""",
            """["body","p",1,"width"]""",
            "missing",
            null },
        {
            """{"$ref":"#/components/schemas/Size","description":"beside"}""",
            """{"p":{"width":0}}""",
            """["body","p","width"]""",
            "greater_than",
            """{"gt":0}""" },
        { """{"allOf":[{"$ref":"#/components/schemas/Size"}]}""", """{"p":{}}""", """["body","p","width"]""", "missing", null },
        {
            """{"anyOf":[{"type":"string","maxLength":2},{"type":"null"}]}""",
            """{"p":"xyz"}""",
            """["body","p"]""",
            "string_too_long",
            """{"max_length":2}""" },
        {
            """{"anyOf":[{"type":"string","enum":["square"]},{"$ref":"#/components/schemas/Size"}]}""",
            """{"p":{"width":0}}""",
            """["body","p","width"]""",
            "greater_than",
            """{"gt":0}""" },
        {
            """{"anyOf":[{"type":"string","enum":["square"]},{"$ref":"#/components/schemas/Size"}]}""",
            """{"p":"round"}""",
            """["body","p"]""",
            "one_of",
            """{"expected":["square"]}""" },
        {
            """{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}""",
            """{"p":{"b":1}}""",
            """["body","p","b"]""",
            "extra_forbidden",
            null },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_fault_has_fals_words(string property, string body, string loc, string type, string? context)
    {
        var detail = Assert.Single(Validate(OfP(property), body));
        Assert.Equal(loc, detail["loc"]!.ToJsonString());
        Assert.Equal(type, (string?)detail["type"]);
        Assert.Equal(context, detail["ctx"]?.ToJsonString());
        Assert.False(string.IsNullOrWhiteSpace((string?)detail["msg"]));
        Assert.Equal("https://docs.fal.ai/errors#" + type, (string?)detail["url"]);
    }

    [Theory]
    [InlineData("""{"type":"string","nullable":true}""", """{"p":null}""")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", """{"p":null}""")]
    [InlineData("""{"anyOf":[{"type":"string","enum":["square"]},{"$ref":"#/components/schemas/Size"}]}""", """{"p":{"width":8,"height":8}}""")]
    [InlineData("""{"type":"string","format":"date-time"}""", """{"p":"2026-01-02T03:04:05Z"}""")]
    [InlineData("""{"type":"integer"}""", """{"p":17454220438242315174}""")]
    [InlineData("""{"type":"integer","minimum":0}""", """{"p":123456789012345678901234567890123}""")]
    [InlineData("""{"type":"number","minimum":0}""", """{"p":1e300}""")]
    [InlineData("""{}""", """{"p":[1,{"x":null}],"more":true}""")]
    public void What_the_document_allows_passes(string property, string body)
        => Assert.Empty(Validate(OfP(property), body));

    [Fact]
    public void Everything_is_found_at_once_and_shown_with_what_was_given()
    {
        var details = Validate(
            """{"type":"object","required":["prompt","image"],"properties":{"prompt":{"type":"string"},"image":{"type":"string"},"scale":"""
                + """{"type":"number","maximum":1}}}""",
            """{"prompt":5,"scale":1.5}""");
        Assert.Equal(["body.image missing {\"prompt\":5,\"scale\":1.5}", "body.prompt string_type 5", "body.scale less_than_equal 1.5"],
            details.Select(detail => $"{string.Join('.', detail["loc"]!.AsArray())} {detail["type"]} {detail["input"]!.ToJsonString()}")
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_body_that_is_no_object_is_one()
    {
        var details = Validate("""{"type":"object","properties":{}}""", "[]");
        Assert.Equal(("""["body"]""", "dict_type"), (Assert.Single(details)["loc"]!.ToJsonString(), (string?)details[0]["type"]));
    }

    [Fact]
    public void Every_bundled_document_takes_its_own_examples_and_misses_what_it_requires()
    {
        var documents = new DocumentSet(["**"], [], []);
        Assert.True(documents.Endpoints.Count > 50, $"{documents.Endpoints.Count} documents");
        foreach (var id in documents.Endpoints)
        {
            var document = documents.Find(FalEndpointId.Parse(id))!;
            var schema = document.Resolve(document.Input)!.AsObject();
            var required = (schema["required"] as JsonArray ?? []).Select(name => (string)name!).ToArray();
            var example = new JsonObject();
            foreach (var (name, property) in schema["properties"]!.AsObject())
                if (property!["examples"] is JsonArray { Count: > 0 } examples && required.Contains(name)) example[name] = examples[0]!.DeepClone();
            if (required.All(example.ContainsKey)) Assert.Empty(document.RequestValidator.Value.Validate(example.ToJsonString()));
            var missing = document.RequestValidator.Value.Validate("{}").Select(detail => $"{detail["type"]} {detail["loc"]![1]}");
            Assert.Equal(required.Select(name => "missing " + name).Order(StringComparer.Ordinal), missing.Order(StringComparer.Ordinal));
        }
    }

    private static string OfP(string property) => "{\"type\":\"object\",\"properties\":{\"p\":" + property + "}}";

    private static IReadOnlyList<JsonObject> Validate(string input, string body)
        => ServedDocument.Read(Made.Document("acme/lumen", input, more: More), "the test").RequestValidator.Value.Validate(body);
}
