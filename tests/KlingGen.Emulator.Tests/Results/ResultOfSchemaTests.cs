using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fal.Emulation.Tests.Results;

/// <summary>What the words of a schema do to a result.</summary>
public sealed class ResultOfSchemaTests
{
    private readonly FalEmulatedFiles _files = new(() => new Uri("http://127.0.0.1:8080"), TimeProvider.System);

    private JsonNode Make(string output, string more = "", string input = "{}", string requestId = "request")
    {
        var document = ServedDocument.Read(Made.Document("acme/lumen", output: output, more: more), "the document");
        var result = new ResultMaker(_files).Make(document, JsonSerializer.Deserialize<JsonElement>(input), requestId)!;
        Assert.Empty(document.ResultValidator.Validate(result));
        return result;
    }

    private static string Holding(string property) => $$"""{"type":"object","properties":{"x":{{property}}},"required":["x"]}""";

    [Fact]
    public void The_example_of_the_whole_output_is_the_result()
        => Assert.Equal(
            """{"a":1,"b":"two"}""",
            Make("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string"}},"examples":[{"a":1,"b":"two"}]}""").ToJsonString());

    [Fact]
    public void The_example_of_a_property_goes_before_that_of_its_type()
        => Assert.Equal(
            3,
            (int)Make(Holding("""{"$ref":"#/components/schemas/N","examples":[3]}"""), ""","N":{"type":"integer","examples":[7]}""")["x"]!);

    [Fact]
    public void Examples_that_the_schema_refuses_are_not_used()
        => Assert.InRange((long)Make(Holding("""{"type":"integer","minimum":1,"maximum":3,"examples":["many"]}"""))["x"]!, 1, 3);

    [Theory]
    [InlineData("1e300")]
    [InlineData("17454220438242315174")]
    [InlineData("123456789012345678901234567890123456789")]
    public void A_number_of_any_size_keeps_its_digits(string number)
        => Assert.Equal($$"""{"x":{{number}}}""", Make(Holding($$"""{"type":"number","examples":[{{number}}]}""")).ToJsonString());

    [Theory]
    [InlineData("""{"type":"integer","minimum":7,"maximum":7}""", "7")]
    [InlineData("""{"type":"integer","exclusiveMinimum":1,"exclusiveMaximum":3}""", "2")]
    [InlineData("""{"type":"integer","minimum":1,"exclusiveMinimum":true,"maximum":2}""", "2")]
    [InlineData("""{"type":"integer","minimum":1,"maximum":9,"multipleOf":5}""", "5")]
    [InlineData("""{"type":"number","minimum":0.25,"maximum":0.25}""", "0.25")]
    [InlineData("""{"const":"only"}""", "\"only\"")]
    [InlineData("""{"enum":["only"]}""", "\"only\"")]
    [InlineData("""{"type":"string","default":"usual"}""", "\"usual\"")]
    [InlineData("""{"type":"string","maxLength":3}""", "\"x m\"")]
    [InlineData("""{"type":"array","items":{"enum":[1,2]},"minItems":2,"uniqueItems":true,"examples":[[1,2]]}""", "[1,2]")]
    [InlineData("""{"prefixItems":[{"const":1},{"const":"b"}],"minItems":2,"maxItems":2,"type":"array"}""", "[1,\"b\"]")]
    [InlineData("""{"anyOf":[{"type":"null"},{"const":4}]}""", "4")]
    [InlineData("""{"anyOf":[{"type":"null"}]}""", "null")]
    [InlineData(
        """{"allOf":[{"type":"object","properties":{"a":{"const":1}}},{"type":"object","properties":{"b":{"const":2}}}]}""",
        """{"a":1,"b":2}""")]
    [InlineData("""{"type":"object","additionalProperties":{"const":1},"minProperties":2}""", """{"key_1":1,"key_2":1}""")]
    [InlineData("""{"type":"object","properties":{"data":{"type":"string","format":"binary"}}}""", "{}")]
    [InlineData("{}", "{}")]
    public void A_value_keeps_to_its_schema(string schema, string expected)
        => Assert.Equal(expected, Make(Holding(schema))["x"]?.ToJsonString() ?? "null");

    [Theory]
    [InlineData("""{"type":"string","minLength":200}""")]
    [InlineData("""{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":0.001}""")]
    [InlineData("""{"type":"number","maximum":-1000}""")]
    [InlineData("""{"type":"integer","minimum":5000000000}""")]
    [InlineData("""{"type":"array","items":{"type":"integer","minimum":1,"maximum":3},"minItems":3,"uniqueItems":true}""")]
    [InlineData("""{"oneOf":[{"type":"object","properties":{"a":{"type":"boolean"}},"required":["a"]},{"type":"string"}]}""")]
    [InlineData("""{"type":["null","integer"]}""")]
    [InlineData("""{"type":"object","required":["undeclared"]}""")]
    [InlineData("""{"type":"string","nullable":true,"enum":["a","b"]}""")]
    public void What_is_made_is_allowed(string schema)
    {
        foreach (var requestId in Enumerable.Range(0, 20)) Make(Holding(schema), requestId: $"request-{requestId}");
    }

    [Fact]
    public void A_schema_that_contains_itself_comes_to_an_end()
    {
        var result = Make(Holding(
            """{"$ref":"#/components/schemas/Node"}"""), ""","Node":{"type":"object","properties":{"next":"""
                + """{"$ref":"#/components/schemas/Node"},"all":{"type":"array","items":{"$ref":"#/components/schemas/Node"}}}}""");
        Assert.NotNull(result["x"]!["next"]);
        Assert.True(result.ToJsonString().Length < 10_000);
    }

    [Fact]
    public void Another_request_gets_another_result()
    {
        var schema = Holding("""{"type":"integer","minimum":0,"maximum":1000000}""");
        Assert.NotEqual(Make(schema, requestId: "one").ToJsonString(), Make(schema, requestId: "two").ToJsonString());
    }

    [Theory]
    [InlineData("video", "{}", "video/mp4")]
    [InlineData("images", "{}", "image/png")]
    [InlineData("speech_audio", "{}", "audio/wav")]
    [InlineData("model_glb", "{}", "model/gltf-binary")]
    [InlineData("video_thumbnail", "{}", "image/png")]
    [InlineData("result", """{"content_type":"audio/mpeg"}""", "audio/wav")]
    [InlineData("result", """{"url":"https://example.com/a.webm"}""", "video/mp4")]
    [InlineData("video", """{"content_type":"image/webp"}""", "image/png")]
    [InlineData("weights", """{"url":"https://example.com/a.safetensors"}""", "text/plain")]
    [InlineData("file", "{}", "text/plain")]
    public void The_kind_of_a_file_follows_from_what_is_said_about_it(string property, string example, string contentType)
    {
        var shown = JsonNode.Parse(example)!.AsObject();
        shown.TryAdd("url", "https://example.com/somewhere");
        var examples = example == "{}" ? "" : $",\"examples\":[{shown.ToJsonString()}]";
        var schema = "{\"type\":\"object\",\"properties\":{\"" + property + "\":{\"$ref\":\"#/components/schemas/File\"" + examples + "}}}";
        var file = Make(schema, ""","File":{"type":"object","title":"File","properties":{"url":{"type":"string"},"content_type":"""
            + """{"type":"string","examples":["image/png"]}}}""")[property]!;
        Assert.Equal(contentType, (string)file["content_type"]!);
        Assert.Equal(contentType, _files.Find((string)file["url"]!)!.ContentType);
    }

    [Fact]
    public void A_file_tells_the_truth_about_itself()
    {
        var schema = Holding("""
            {"type":"object","properties":{"url":{"type":"string"},"content_type":{"type":"string"},"file_name":{"type":"string"},"file_size":{"type":"integer"},
             "width":{"type":"integer"},"height":{"type":"integer"},"duration":{"type":"number"},"fps":{"type":"number"},"num_frames":{"type":"integer"}},
             "examples":[{"url":"https://example.com/out.webm","content_type":"video/webm","file_name":"out.webm","file_size":4404019,"width":1,"height":1}]}
            """);
        var file = Make(schema, input: """{"duration":"10","aspect_ratio":"9:16"}""")["x"]!;
        var stored = _files.Find((string)file["url"]!)!;
        Assert.Equal(
            $$"""{"url":"{{stored.Url}}","content_type":"video/mp4","file_name":"out.mp4","file_size":{{stored.Content.Length}},"width":720,"height":1280,"duration":10,"num_frames":240,"fps":24}""",
            file.ToJsonString());
    }

    [Fact]
    public void Members_that_a_file_has_no_place_for_are_not_added()
        => Assert.Equal(
            ["url"],
            Make(Holding("""{"type":"object","properties":{"url":{"type":"string"}}}"""))["x"]!.AsObject().Select(member => member.Key));

    [Fact]
    public void Plain_urls_lead_to_files_as_well()
    {
        var result = Make("""{"type":"object","properties":{"audio_url":{"type":"string"},"pages":{"type":"array","items":"""
            + """{"type":"string","format":"uri"}},"video":{"type":"string","examples":["https://example.com/a.mp4"]}}}""");
        Assert.Equal("audio/wav", _files.Find((string)result["audio_url"]!)!.ContentType);
        Assert.Equal("video/mp4", _files.Find((string)result["video"]!)!.ContentType);
        Assert.NotNull(_files.Find((string)result["pages"]![0]!));
    }

    [Fact]
    public void A_text_that_mentions_an_address_stays_a_text()
        => Assert.Equal(
            "see https://example.com/a for more",
            (string)Make(Holding("""{"type":"string","examples":["see https://example.com/a for more"]}"""))["x"]!);
}
