using KlingGen.Cli.Batch;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Batch;

/// <summary>What is said about a file of jobs before anything is submitted.</summary>
public sealed class BatchCheckTests : IDisposable
{
    private const string Members = """
        "prompt": {"type": "string", "maxLength": 20}, "duration": {"type": "integer", "maximum": 10},
        "image_url": {"type": "string", "format": "uri"}, "note": {"type": "string"}
        """;

    private readonly TempFolder _folder = new();

    public BatchCheckTests() => _folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(Members, required: "\"prompt\""));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_lines_become_entries_with_keys_of_their_own_or_of_their_line()
    {
        var check = await CheckAsync(
            "jobs.jsonl",
            """
            {"endpoint": "acme/lumen/clip", "input": {"prompt": "Snow", "duration": 5}}

            {"key": "heron", "endpoint": "https://fal.ai/models/acme/lumen/clip", "input": {"prompt": "A heron"}, "out": "birds/heron.mp4"}
            """);
        Assert.Empty(check.Problems);
        Assert.Equal(["line-1", "heron"], check.Jobs.Select(job => job.Entry.Key));
        Assert.Equal("""{"prompt":"Snow","duration":5}""", check.Jobs[0].Entry.Input);
        var second = check.Jobs[1].Entry;
        Assert.Equal(("acme/lumen/clip", "birds/heron.mp4", "jobs"), (second.EndpointId, second.Output, second.Batch));
    }

    [Theory]
    [InlineData(
        "{\"endpoint\": \"acme/lumen/clip\", \"input\": {\"prompt\": }}",
        "jobs.jsonl(2): is not valid JSON: column 53: '}' is an invalid start of a value.")]
    [InlineData("[1]", "jobs.jsonl(2): is JSON, but not an object; a line looks like {\"endpoint\": \"…\", \"input\": {…}}")]
    [InlineData("{\"endpoint\": \"acme/lumen/clip\"}", "jobs.jsonl(2): 'input' must be a JSON object")]
    [InlineData(
        "{\"input\": {\"prompt\": \"x\"}}",
        "jobs.jsonl(2): names no endpoint; give every line an 'endpoint', or --endpoint for all of them")]
    [InlineData("{\"endpoint\": \"acme/lumen/clip\", \"input\": {}}", "jobs.jsonl(2): 'prompt' is required")]
    [InlineData(
        "{\"endpoint\": \"acme/lumen/clip\", \"input\": {\"prompt\": \"x\", \"duration\": 11}}",
        "jobs.jsonl(2): 'duration' must be at most 10, not 11")]
    [InlineData(
        "{\"endpoint\": \"acme/lumen/clip\", \"input\": {\"prompt\": \"x\"}, \"output\": \"a\"}",
        "jobs.jsonl(2): has a property 'output'; the properties of a line are endpoint, input, key and out")]
    [InlineData(
        "{\"endpoint\": \"acme/lumen/clip\", \"input\": {\"prompt\": \"x\"}, \"out\": \"../a.mp4\"}",
        "jobs.jsonl(2): 'out' must be the name of a file below the folder of the results, not '../a.mp4'")]
    [InlineData(
        "{\"endpoint\": \"acme/lumen/clip\", \"input\": {\"prompt\": \"other\"}, \"key\": \"line-1\"}",
        "jobs.jsonl(2): the key 'line-1' is that of line 1, which is another job")]
    [InlineData(
        "{\"endpoint\": \"acme/lumen/clip\", \"input\": {\"prompt\": \"x\", \"image_url\": \"@no.png\"}}",
        "jobs.jsonl(2): there is no file 'no.png' (a path counts from the folder of the jobs)")]
    [InlineData("{\"endpoint\": \"acme/lumen/clip\", \"input\": {\"prompt\": \"x\", \"prompt\": \"y\"}}", "jobs.jsonl(2): is not valid JSON")]
    [InlineData(
        "{\"endpoint\": \"acme/lumen/clap\", \"input\": {}}",
        "jobs.jsonl(2): there is no document for 'acme/lumen/clap' (did you mean 'acme/lumen/clip'?)")]
    public async Task A_faulty_line_is_named_by_its_number(string line, string expected)
    {
        var check = await CheckAsync("jobs.jsonl", """{"endpoint": "acme/lumen/clip", "input": {"prompt": "Snow"}}""" + "\n" + line);
        Assert.StartsWith(expected, check.Shown(Assert.Single(check.Problems)), StringComparison.Ordinal);
        Assert.Single(check.Jobs);
    }

    [Fact]
    public async Task The_same_key_with_the_same_input_is_one_job()
    {
        const string line = """{"key": "a", "endpoint": "acme/lumen/clip", "input": {"prompt": "Snow"}}""";
        var check = await CheckAsync("jobs.jsonl", line + "\n" + line);
        Assert.Empty(check.Problems);
        Assert.Single(check.Jobs);
        Assert.Equal(1, check.Repeated);
    }

    [Fact]
    public async Task Csv_columns_are_properties_in_the_types_of_the_document()
    {
        var check = await CheckAsync("jobs.csv", "key;prompt;duration;note\na;5;5;\nb;\"Snow;\nand \"\"ice\"\"\";;x\nc;Fog;;\n", "acme/lumen/clip");
        Assert.Empty(check.Problems);
        Assert.Equal(
            ["""{"prompt":"5","duration":5}""", """{"prompt":"Snow;\nand \u0022ice\u0022","note":"x"}""", """{"prompt":"Fog"}"""],
            check.Jobs.Select(job => job.Entry.Input));
        Assert.Equal([2, 3, 5], check.Jobs.Select(job => job.Line));
    }

    [Theory]
    [InlineData("key,duration\na,5\n", "jobs.csv(2): the file has no column 'prompt', which the endpoint requires")]
    [InlineData("prompt,duration\nSnow\n", "jobs.csv(2): has 1 cells, but the header has 2")]
    [InlineData("prompt,prompt\na,b\n", "jobs.csv(1): the column 'prompt' occurs twice")]
    [InlineData("prompt,duration\nSnow,long\n", "jobs.csv(2): 'duration' must be an integer, not \"long\"")]
    [InlineData("prompt,duration\nSnow,5\nA \"b\" c,5\n", "jobs.csv(3): is not valid CSV")]
    public async Task A_faulty_record_is_named_by_its_line(string text, string expected)
    {
        var check = await CheckAsync("jobs.csv", text, "acme/lumen/clip");
        Assert.StartsWith(expected, check.Shown(Assert.Single(check.Problems)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_local_file_becomes_a_reference_with_length_and_hash()
    {
        var png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        Directory.CreateDirectory(_folder.At("pictures"));
        await File.WriteAllBytesAsync(_folder.At("pictures/a.png"), png);
        const string line = """{"endpoint": "acme/lumen/clip", "input": {"prompt": "@home", "image_url": "@pictures/a.png"}}""";
        var check = await CheckAsync("jobs.jsonl", line);
        Assert.Empty(check.Problems);
        var entry = check.Jobs[0].Entry;
        Assert.Equal("""{"prompt":"@home","image_url":null}""", entry.Input);
        var media = Assert.Single(entry.Media);
        Assert.Equal(("/image_url", _folder.At("pictures/a.png"), (long)png.Length), (media.JsonPointer, media.Path, media.Length));
        Assert.Equal(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(png)), media.Sha256, ignoreCase: true);
    }

    [Fact]
    public async Task The_content_of_a_local_file_is_checked()
    {
        _folder.Write("a.png", "no picture");
        var check = await CheckAsync("jobs.jsonl", """{"endpoint": "acme/lumen/clip", "input": {"prompt": "x", "image_url": "@a.png"}}""");
        Assert.Contains("ends in .png, but its bytes are not image/png", Assert.Single(check.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_jobs_cannot_write_one_file()
    {
        const string format = """{"endpoint": "acme/lumen/clip", "input": {"prompt": "Snow"}, "out": "NAME"}""";
        var check = await CheckAsync("jobs.jsonl", format.Replace("NAME", "a") + "\n" + format.Replace("NAME", "A.mp4"));
        Assert.Equal(
            "jobs.jsonl(2): 'out' names the file 'A.mp4' of another line; give each job a name of its own",
            check.Shown(Assert.Single(check.Problems)));
    }

    [Fact]
    public async Task Without_checks_the_server_decides()
    {
        var path = _folder.Write("jobs.jsonl", """{"endpoint": "acme/other", "input": {"anything": 1}}""");
        var check = await BatchCheck.RunAsync(path, new BatchCheckOptions { Batch = "jobs", SkipChecks = true }, CancellationToken.None);
        Assert.Empty(check.Problems);
        Assert.Single(check.Jobs);
    }

    [Fact]
    public async Task The_estimate_sums_known_costs_and_counts_unknown_ones()
    {
        const string video = "fal-ai/kling-video/v2.6/pro/image-to-video";
        var check = await CheckAsync(
            "jobs.jsonl",
            $$$"""
            {"endpoint": "{{{video}}}", "input": {"prompt": "a", "start_image_url": "https://example.com/a.png", "generate_audio": false}}
            {"endpoint": "{{{video}}}", "input": {"prompt": "b", "start_image_url": "https://example.com/a.png", "generate_audio": false}}
            {"endpoint": "fal-ai/kling-video/v1/tts", "input": {"text": "Hello"}}
            """);
        Assert.Empty(check.Problems);
        var estimate = new BatchEstimate();
        foreach (var job in check.Jobs) estimate.Add(job.Entry.EndpointId, job.Cost);
        Assert.Equal((3, 0.70m, 1), (estimate.Count, estimate.Maximum, estimate.Unknown));
        Assert.Equal("0.7 USD for 3 jobs, of which 1 job of unknown cost", estimate.ToString());
    }

    [Fact]
    public async Task An_empty_file_is_an_error()
        => await Assert.ThrowsAsync<ToolException>(() => CheckAsync("jobs.jsonl", "\n"));

    private Task<BatchCheck> CheckAsync(string name, string text, string? endpoint = null)
    {
        var options = new BatchCheckOptions { Batch = "jobs", Endpoint = endpoint, Specs = SpecFiles.Read([_folder.At("specs")]) };
        return BatchCheck.RunAsync(_folder.Write(name, text), options, CancellationToken.None);
    }
}
