using System.Text.Json;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Commands;

public sealed class ListTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_bundled_endpoint_has_a_line_with_its_client_path()
    {
        var run = (await List()).Fine();
        var lines = run.Out.TrimEnd('\n').Split('\n');
        var documents = Directory.GetFiles(Repository.Specs, "*.json", SearchOption.AllDirectories).Count(
            path => !path.EndsWith(".overlay.json", StringComparison.Ordinal)
                && File.ReadAllText(path).Contains("\"post\"", StringComparison.Ordinal));
        Assert.Equal(documents, lines.Length);
        Assert.Contains(lines, line => line.StartsWith("fal-ai/kling-video/v1.6/pro/image-to-video ", StringComparison.Ordinal)
            && line.EndsWith("  fal.KlingVideo().V1_6.Pro.ImageToVideo", StringComparison.Ordinal));
        Assert.Equal($"{documents} endpoints.\n", run.Error);
    }

    [Fact]
    public async Task Words_narrow_the_list_and_none_found_ends_with_1()
    {
        Assert.Single((await List("v2.6", "PRO", "texttovideo")).Fine().Out.TrimEnd('\n').Split('\n'));
        var none = await List("no-such-endpoint");
        Assert.Equal(1, none.Code);
        Assert.Equal("", none.Out);
    }

    [Fact]
    public async Task Inputs_are_listed_with_limits_values_and_defaults()
    {
        var specs = _folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(
            """ "prompt": {"type": "string", "maxLength": 500}, "duration": {"type": "string", "enum": ["5", "10"], "default": "5"}, "level":"""
                + """ {"type": "number", "minimum": 0, "maximum": 1}, "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 3} """,
            required: "\"prompt\""));
        var run = (await ToolRun.Of("list", "lumen", "--inputs", "--specs", specs)).Fine();
        Assert.Equal(
            """
            acme/lumen/clip
              fal.AcmeLumen().Clip  (Fal.Acme.Lumen.ClipRequest -> Fal.Acme.Lumen.ClipOutput)
              * prompt    text; at most 500 characters
                duration  5 | 10 (server default: 5)
                level     number; 0 to 1
                tags      list of text; at most 3 elements


            """.ReplaceLineEndings("\n"),
            run.Out);
    }

    [Fact]
    public async Task Nested_types_are_listed_and_long_enums_once()
    {
        var words = string.Join(", ", Enumerable.Range(1, 20).Select(i => $"\"word{i}\""));
        var members = $$$"""
            "shots": {"type": "array", "maxItems": 6, "items": {"title": "Shot", "type": "object", "required": ["prompt"], "properties": {
                "prompt": {"type": "string", "maxLength": 512}, "pace": {"type": "string", "enum": ["slow", "fast"]} } } },
            "scene": {"title": "Scene", "type": "string", "enum": [{{{words}}}], "x-klinggen-name": "Scene"},
            "paces": {"type": "array", "items": {"type": "string", "enum": ["slow", "fast"]} }
            """;
        var specs = _folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(members));
        var text = (await ToolRun.Of("list", "lumen", "--inputs", "--specs", specs)).Fine().Out;
        Assert.Contains("    shots  list of ClipShot; at most 6 elements\n", text, StringComparison.Ordinal);
        Assert.Contains("    ClipShot\n      * prompt  text; at most 512 characters\n        pace    slow | fast\n", text, StringComparison.Ordinal);
        Assert.Contains("    paces  list of slow | fast\n", text, StringComparison.Ordinal);
        Assert.Contains("    scene  one of 20 Scene\n", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("word7 ").Length);

        var input = JsonDocument.Parse((await ToolRun.Of("list", "lumen", "--format", "json", "--specs", specs)).Fine().Out).RootElement[0];
        Assert.Equal(6, input.GetProperty("inputs")[0].GetProperty("constraints").GetProperty("maxItems").GetInt32());
        Assert.Equal(512, input.GetProperty("types")[0].GetProperty("inputs")[0].GetProperty("constraints").GetProperty("maxLength").GetInt32());
    }

    [Fact]
    public async Task Rules_between_members_are_said_with_the_members_that_they_concern()
    {
        const string members = """ "prompt": {"type": "string"}, "shots": {"type": "array", "items": {"type": "string"}} """;
        var specs = _folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(members)
            .Replace(
                "\"required\": []",
                "\"required\": [], \"oneOf\": [{\"required\": [\"prompt\"]}, {\"required\": [\"shots\"]}]",
                StringComparison.Ordinal));
        var run = (await ToolRun.Of("list", "lumen", "--inputs", "--specs", specs)).Fine();
        Assert.Contains("    prompt  text. Set exactly one of prompt and shots.\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_everything_and_the_user_s_own_document_wins()
    {
        const string id = "fal-ai/kling-video/v1/tts";
        var specs = _folder.Write($"specs/{id}.json", ClipDocument.With(""" "words": {"type": "string"} """, id, "WordsRequest", "\"words\""));
        var run = (await ToolRun.Of("list", "v1/tts", "--specs", specs, "--format", "json")).Fine();
        var entry = Assert.Single(JsonDocument.Parse(run.Out).RootElement.EnumerateArray());
        Assert.Equal("fal-ai/kling-video/v1/tts", entry.GetProperty("id").GetString());
        Assert.Equal("Fal.KlingVideo.WordsRequest", entry.GetProperty("request").GetString());
        Assert.Equal(specs, entry.GetProperty("source").GetString());
        var input = Assert.Single(entry.GetProperty("inputs").EnumerateArray());
        Assert.Equal("words", input.GetProperty("name").GetString());
        Assert.True(input.GetProperty("isRequired").GetBoolean());
    }

    [Fact]
    public async Task Local_documents_that_are_not_there_end_with_2()
        => Assert.Equal(2, (await ToolRun.Of("list", "--specs", _folder.At("nowhere"))).Code);

    /// <summary>Without local documents, whatever folder the tests run in.</summary>
    private Task<ToolRun> List(params string[] words)
    {
        Directory.CreateDirectory(_folder.At("empty"));
        return ToolRun.Of(["list", .. words, "--specs", _folder.At("empty")]);
    }
}
