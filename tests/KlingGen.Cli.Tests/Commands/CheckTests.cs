using System.Text.Json;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Commands;

public sealed class CheckTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_repository_s_own_documents_are_clean_to_the_last_remark()
    {
        var run = (await ToolRun.Of("check", Repository.Specs, "--severity", "info")).Fine();
        Assert.Equal("", run.Out);
        Assert.Matches(@"^\d\d+ documents: nothing to report\.\n$", run.Error);
    }

    [Fact]
    public async Task A_faulty_document_is_reported_like_a_compiler_would_and_ends_with_1()
    {
        var text = ClipDocument.With(""" "duration": {"type": "string", "enum": ["5", "10"], "default": "7"} """);
        var path = _folder.Write("specs/acme/lumen/clip.json", text);
        var run = await ToolRun.Of("check", _folder.At("specs"));
        Assert.Equal(1, run.Code);
        const string message = "The default of 'duration' must be one of the values of its enum, so it is not offered as a constant";
        Assert.Equal($"{path}{ClipDocument.PlaceOf("\"7\"", text)}: warning KLG005: {message}\n", run.Out);
        Assert.Equal("1 document: 1 warning.\n", run.Error);
    }

    [Fact]
    public async Task The_threshold_decides_what_is_reported_and_how_it_ends()
    {
        _folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(""" "duration": {"type": "string", "enum": ["5", "10"], "default": "7"} """));
        Assert.Equal(0, (await ToolRun.Of("check", _folder.At("specs"), "--severity", "error")).Code);
        _folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(""" "level": {"type": "integer", "maximum": 5, "examples": [9]} """));
        Assert.Equal(0, (await ToolRun.Of("check", _folder.At("specs"))).Code);
        Assert.Contains(": info KLG006: ", (await ToolRun.Of("check", _folder.At("specs"), "--severity", "info")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_documents_for_one_endpoint_are_reported_on_the_second()
    {
        var text = ClipDocument.With(""" "prompt": {"type": "string"} """);
        _folder.Write("specs/acme/lumen/clip.json", text);
        _folder.Write("specs/copy.json", text);
        var run = await ToolRun.Of("check", _folder.At("specs"));
        var place = ClipDocument.PlaceOf("\"/acme/lumen/clip\"", text);
        const string message = "warning KLG008: 'acme/lumen/clip' is described by 'acme/lumen/clip.json' already";
        Assert.Contains($"copy.json{place}: {message}", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_overlay_counts_and_one_without_a_document_is_reported()
    {
        const string Overlay = """{"overlay": "1.0.0", "info": {"title": "t", "version": "1"}, "actions": [{"target":"""
            + """ "$.components.schemas.Input.properties.level", "update": {"default": 9}}]}""";
        _folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(""" "level": {"type": "integer", "maximum": 5} """));
        _folder.Write("specs/acme/lumen/clip.overlay.json", Overlay);
        _folder.Write("specs/acme/lumen/other.overlay.json", Overlay);
        var run = await ToolRun.Of("check", _folder.At("specs"));
        Assert.Contains($"clip.overlay.json{ClipDocument.PlaceOf("9", Overlay)}: warning KLG005", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "other.overlay.json(1,1): warning KLG012: The overlay changes nothing: there is no document 'acme/lumen/other.json' for it",
            run.Out,
            StringComparison.Ordinal);

        var single = await ToolRun.Of("check", _folder.At("specs/acme/lumen/clip.json"));
        Assert.Contains($"clip.overlay.json{ClipDocument.PlaceOf("9", Overlay)}: warning KLG005", single.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_generator_does_not_judge_NJsonSchema_does()
    {
        const string code = """ "code": {"type": "string", "not": {"enum": ["A1", "B2"]}, "default": "A1", "examples": ["B2"]} """;
        _folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(code));
        var run = await ToolRun.Of("check", _folder.At("specs"), "--severity", "info");
        Assert.Contains(": warning KLT002: The default is refused by its own schema: ", run.Out, StringComparison.Ordinal);
        Assert.Contains(": info KLT003: The example is refused by its own schema: ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pattern_of_a_default_is_judged_by_the_generator()
    {
        _folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(""" "code": {"type": "string", "pattern": "^[a-z]+$", "default": "A1"} """));
        var run = await ToolRun.Of("check", _folder.At("specs"));
        Assert.Contains("warning KLG005: The default of 'code' must match the pattern ^[a-z]+$, not 'A1'", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("KLT002", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_OpenAPI_is_reported_by_Microsoft_OpenApi_at_its_place()
    {
        var text = ClipDocument.With(""" "prompt": {"type": "string"} """)
            .Replace("\"description\": \"The result.\", ", "", StringComparison.Ordinal);
        _folder.Write("specs/acme/lumen/clip.json", text);
        var run = await ToolRun.Of("check", _folder.At("specs"));
        Assert.Matches(@"clip\.json\(\d+,\d+\): warning KLT001: Microsoft\.OpenApi says: .*description", run.Out);
    }

    [Fact]
    public async Task A_folder_without_documents_is_no_clean_folder()
    {
        Directory.CreateDirectory(_folder.At("specs"));
        var run = await ToolRun.Of("check", _folder.At("specs"));
        Assert.Equal(2, run.Code);
        Assert.Contains("There is no document (*.json) in", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_document_hides_no_other()
    {
        _folder.Write("specs/broken.json", "{ \"openapi\": ");
        _folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(""" "level": {"type": "integer", "maximum": 5, "default": 9} """));
        var run = await ToolRun.Of("check", _folder.At("specs"));
        Assert.Contains("broken.json(1,14): error KLG001", run.Out, StringComparison.Ordinal);
        Assert.Contains("warning KLG005", run.Out, StringComparison.Ordinal);
        Assert.Equal("2 documents: 1 error, 1 warning.\n", run.Error);
    }

    [Fact]
    public async Task The_bundled_documents_join_where_patterns_name_them()
    {
        var run = (await ToolRun.Of("check", Repository.At("specs", "fal-ai", "kling-video", "v1"), "--endpoints", "fal-ai/kling-video/v1.6/**"))
            .Fine();
        var alone = (await ToolRun.Of("check", Repository.At("specs", "fal-ai", "kling-video", "v1"))).Fine();
        Assert.NotEqual(alone.Error, run.Error);
        Assert.Equal(2, (await ToolRun.Of("check", Repository.Specs, "--endpoints", "fal-ai/no-such-app/**")).Code);
    }

    [Fact]
    public async Task Json_has_every_finding_with_its_place()
    {
        var text = ClipDocument.With(""" "level": {"type": "integer", "maximum": 5, "default": 9} """);
        var path = _folder.Write("specs/acme/lumen/clip.json", text);
        var run = await ToolRun.Of("check", _folder.At("specs"), "--format", "json");
        var diagnostic = Assert.Single(JsonDocument.Parse(run.Out).RootElement.EnumerateArray());
        Assert.Equal(path, diagnostic.GetProperty("path").GetString());
        Assert.Equal(ClipDocument.PlaceOf("9}", text), $"({diagnostic.GetProperty("line")},{diagnostic.GetProperty("column")})");
        Assert.Equal("KLG005", diagnostic.GetProperty("rule").GetString());
        Assert.Equal("warning", diagnostic.GetProperty("severity").GetString());
    }

    [Fact]
    public async Task Sarif_has_what_scanners_require()
    {
        _folder.Write("specs/acme/lumen/clip.json", ClipDocument.With("""
            "level": {"type": "integer", "maximum": 5, "default": 9}, "other": {"type": "integer", "maximum": 5, "examples": [9]}
            """));
        var run = await ToolRun.Of("check", _folder.At("specs"), "--format", "sarif", "--severity", "info");
        var log = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        Assert.Equal("https://json.schemastore.org/sarif-2.1.0.json", log.GetProperty("$schema").GetString());
        var scan = Assert.Single(log.GetProperty("runs").EnumerateArray());
        var driver = scan.GetProperty("tool").GetProperty("driver");
        Assert.Equal("klinggen", driver.GetProperty("name").GetString());
        var rules = driver.GetProperty("rules").EnumerateArray().ToArray();
        var results = scan.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(["KLG005", "KLG006"], rules.Select(rule => rule.GetProperty("id").GetString()));
        Assert.Equal(["warning", "note"], results.Select(result => result.GetProperty("level").GetString()));
        Assert.All(results, result =>
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            Assert.NotEqual("", result.GetProperty("message").GetProperty("text").GetString());
            var place = Assert.Single(result.GetProperty("locations").EnumerateArray()).GetProperty("physicalLocation");
            Assert.True(Uri.TryCreate(place.GetProperty("artifactLocation").GetProperty("uri").GetString(), UriKind.Absolute, out var uri)
                && uri.Scheme == "file");
            Assert.All(place.GetProperty("region").EnumerateObject(), number => Assert.True(number.Value.GetInt32() >= 1));
        });
    }
}
