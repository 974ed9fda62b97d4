namespace KlingGen.Generator.Tests.Toolchain;

/// <summary>Objects that look like fal's file compile as a request and as a result, whatever the types of their members are.</summary>
public sealed class FileShapeTests
{
    private const string Url = """ "url": {"type": "string"} """;
    private const string ContentType = """ "content_type": {"type": "string"} """;
    private const string Name = """ "file_name": {"type": "string"} """;
    private const string Size = """ "file_size": {"type": "integer"} """;

    [Theory]
    [InlineData(""" "content_type": {"anyOf": [{"type": "string", "maxLength": 5}, {"type": "string"}]} """)]
    [InlineData(""" "content_type": {"anyOf": [{"type": "string", "const": "video/mp4"}, {"type": "null"}]} """)]
    [InlineData(""" "content_type": {"anyOf": []} """)]
    [InlineData(""" "content_type": {"anyOf": [{"type": "string", "enum": ["video/mp4", "a/b"]}, {"type": "null"}]} """)]
    [InlineData(""" "content_type": {"anyOf": [{"type": "null"}]} """)]
    [InlineData(""" "content_type": {"allOf": [{"type": "string", "enum": ["a"]}], "type": "string"} """)]
    [InlineData(""" "content_type": {"type": "string", "const": "video/mp4"} """)]
    [InlineData(""" "content_type": {"$ref": "#/components/schemas/Kind"} """)]
    [InlineData(""" "content_type": {"type": "string", "$ref": "#/components/schemas/Kind"} """)]
    public void A_content_type_that_is_no_plain_string_makes_no_file(string contentType)
        => Assert.DoesNotContain("FalFile", Compile(Url, contentType, Name, Size), StringComparison.Ordinal);

    [Theory]
    [InlineData(""" "url": {"type": "string", "const": "https://x"} """)]
    [InlineData(""" "url": {"type": "string", "nullable": true} """)]
    [InlineData(""" "url": {"type": ["string", "null"]} """)]
    [InlineData(""" "url": {"anyOf": [{"type": "string"}, {"type": "null"}]} """)]
    [InlineData(""" "url": {"type": "string", "$ref": "#/components/schemas/Output"} """)]
    public void A_url_that_may_be_absent_or_is_no_plain_string_makes_no_file(string url)
        => Assert.DoesNotContain("FalFile", Compile(url, ContentType, Name, Size), StringComparison.Ordinal);

    [Theory]
    [InlineData(""" "file_size": {"type": "integer", "const": 5} """)]
    [InlineData(""" "file_size": {"anyOf": [{"type": "integer", "enum": [1, 2]}, {"type": "null"}]} """)]
    [InlineData(""" "file_size": {"type": "number"} """)]
    public void A_size_that_is_no_plain_integer_makes_no_file(string size)
        => Assert.DoesNotContain("FalFile", Compile(Url, ContentType, Name, size), StringComparison.Ordinal);

    [Theory]
    [InlineData(""" "file_size": {"type": "integer", "maximum": 1e30} """)]
    [InlineData(""" "file_size": {"type": "integer", "minimum": -1e30, "maximum": 9223372036854775808} """)]
    [InlineData(""" "file_size": {"type": "integer", "minimum": 0, "maximum": 100} """)]
    [InlineData(""" "file_size": {"type": ["integer", "null"], "default": 5} """)]
    public void A_size_with_limits_is_the_size_of_the_runtimes_file(string size)
    {
        var text = Compile(Url, ContentType, Name, size);
        Assert.Contains("record Clip : FalFile", text, StringComparison.Ordinal);
        Assert.DoesNotContain("FileSize { get; init; }", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "content_type": {"type": "string", "default": "video/mp4"} """)]
    [InlineData(""" "content_type": {"type": ["string", "null"]} """)]
    [InlineData(""" "content_type": {"oneOf": [{"type": "null"}, {"type": "string", "maxLength": 20}]} """)]
    public void A_content_type_that_may_be_null_is_that_of_the_runtimes_file(string contentType)
        => Assert.Contains("record Clip : FalFile", Compile(Url, contentType, Name, Size), StringComparison.Ordinal);

    [Fact]
    public void Members_named_like_those_of_the_runtimes_file_get_other_names()
    {
        string[] names = ["save_async", "open_async", "get_stream", "content", "path", "Url", "FileName", "Content", "raw_json", "context"];
        var text = Compile([Url, ContentType, Name, Size, .. names.Select(name => $$""" "{{name}}": {"type": "string"} """)]);
        Assert.Contains("record Clip : FalFile", text, StringComparison.Ordinal);
        Assert.Contains("string? UrlValue", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "width": {"type": "integer", "const": 5} """)]
    [InlineData(""" "height": {"anyOf": [{"type": "integer", "enum": [1]}, {"type": "null"}]} """)]
    [InlineData(""" "width": {"type": "string"} """)]
    public void An_image_whose_size_is_no_plain_integer_is_not_the_runtimes_image(string size)
    {
        Assert.DoesNotContain("FalImage", CompileAs("Image", Url, size), StringComparison.Ordinal);
        Assert.Contains("record Image : FalFile", CompileAs("Image", Url, ContentType, Name, Size, size), StringComparison.Ordinal);
    }

    private static string Compile(params string[] members) => CompileAs("Clip", members);

    private static string CompileAs(string title, params string[] members)
    {
        var properties = string.Join(", ", [.. members, """ "duration": {"type": "number"} """]);
        var file = $$$"""{"title": "{{{title}}}", "type": "object", "required": ["url"], "properties": { {{{properties}}} } }""";
        var more = $$""" "Clip": {{file}}, "Kind": {"type": "string", "enum": ["a"]}, """;
        const string Input = """{"title": "ClipRequest", "type": "object", "properties": {"a": {"$ref": "#/components/schemas/Clip"}}}""";
        const string Output = """{"title": "ClipResult", "type": "object", "properties": {"f": {"$ref": "#/components/schemas/Clip"}}}""";
        var document = Documents.Endpoint("acme/lumen/clip", Input, Output, more);
        return Driver.Run(new SpecText("acme/lumen/clip", document)).Clean().Text("acme.lumen.clip.g.cs");
    }
}
