using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using KlingGen.Cli.Terminal;
using KlingGen.Cli.Tests.Harness;
using KlingGen.Cli.Tests.Pull;

namespace KlingGen.Cli.Tests.Transcripts;

/// <summary>
/// What each command prints, compared with a file: command lines after <c>$</c>, standard output, standard error after <c>! </c>, and the exit code.
/// Written by
/// <c>UPDATE_GOLDENS=1</c>. {folder} is a folder with one document, {host} a server that has it, {emulator} the queue of an emulator, and {request}
/// a job that has ended there.
/// </summary>
public sealed partial class TranscriptTests
{
    private const string Document =
        """ "prompt": {"type": "string", "maxLength": 500}, "duration": {"type": "string", "enum": ["5", "10"], "default": "5"} """;

    private const string Jobs = """
        {"endpoint": "fal-ai/kling-video/v1/tts", "input": {"text": "Hello"}}
        {"key": "heron", "endpoint": "fal-ai/kling-video/v2.6/pro/image-to-video", "input": INPUT}
        """;

    private const string Input = """{"prompt": "A heron", "start_image_url": "https://example.com/a.png", "generate_audio": false}""";

    private const string BadJobs = """
        {"endpoint": "acme/lumen/clip", "input": {"prompt": "Snow"}, "key": "a"}
        {"endpoint": "acme/lumen/clip", "input": {"prompt": "Ice"}, "key": "a"}
        {"endpoint": "acme/lumen/clip", "input": {"duration": "7"}}
        {"endpoint": "acme/lumen/clap", "input": {}}
        {"endpoint": "acme/lumen/clip", "input":
        """;

    private static readonly string Folder = Path.GetDirectoryName(ThisFile())!;

    private static readonly string[] Commands = [.. Directory.GetFiles(Folder, "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)!)
        .Order(StringComparer.Ordinal)];

    public static TheoryData<string> Names => [.. Commands];

    [Fact]
    public async Task Every_command_has_a_transcript()
    {
        var help = (await ToolRun.Of("--help")).Out;
        var commands = help[help.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n').Skip(1)
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal) && char.IsAsciiLetter(line[2]))
            .Select(line => line.Trim().Split(' ')[0]).Order(StringComparer.Ordinal);
        Assert.Equal(commands, Commands);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_command_prints_what_its_transcript_shows(string name)
    {
        var path = Path.Combine(Folder, name + ".txt");
        var expected = (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n");
        await using var fixture = new PullFixture((ClipDocument.Id, ClipDocument.With(Document)));
        fixture.Folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(Document, required: "\"prompt\""));
        fixture.Folder.Write("old/acme/lumen/clip.json", ClipDocument.With(""" "prompt": {"type": "string"}, "seed": {"type": "integer"} """));
        fixture.Folder.Write("jobs.jsonl", Jobs.Replace("INPUT", Input, StringComparison.Ordinal));
        fixture.Folder.Write("bad.jsonl", BadJobs);
        fixture.Folder.Write("bad.csv", "duration,note\n5,x\n");
        fixture.Folder.Write("App/App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">\n</Project>\n");
        await using var emulator = expected.Contains("{emulator}", StringComparison.Ordinal) ? await EmulatorWithJob.StartAsync() : null;
        var actual = new StringBuilder();
        foreach (var line in expected.Split('\n').Where(line => line.StartsWith("$ klinggen", StringComparison.Ordinal))) actual.Append(
            await RunAsync(line, fixture, emulator));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDENS") == "1") await File.WriteAllTextAsync(path, actual.ToString());
        else Assert.Equal(expected, actual.ToString());
    }

    private static async Task<string> RunAsync(string line, PullFixture fixture, EmulatorWithJob? emulator)
    {
        var (folder, host) = (fixture.Folder.Root.Replace('\\', '/'), fixture.Server.Host);
        string[] arguments = [.. line.Split(' ').Skip(2).Select(
            word => word.Replace("{folder}", folder, StringComparison.Ordinal).Replace("{host}", host, StringComparison.Ordinal)
                .Replace("{emulator}", emulator?.Queue, StringComparison.Ordinal).Replace("{request}", emulator?.RequestId, StringComparison.Ordinal)
                .Replace('+', ' '))];

        // A command that serves until it is stopped is stopped as soon as it says that it can be.
        using var stop = new CancellationTokenSource();
        using var output = new StringWriter();
        using var error = new StoppingText("Ctrl-C stops.", stop);
        var code = await Tool.RunAsync(arguments, new ToolConsole(output, error, outputColours: false, errorColours: false), stop.Token);
        var text = new StringBuilder().Append(output.ToString().ReplaceLineEndings("\n"));
        foreach (var said in error.ToString().ReplaceLineEndings("\n").Split('\n').SkipLast(1)) text.Append(
            said.Length == 0 ? "!\n" : "! " + said + "\n");
        text.Append("[exit code ").Append(code).Append("]\n\n");
        return line + "\n" + Varying()
            .Replace(text.ToString().Replace(folder, "{folder}", StringComparison.Ordinal).Replace(host, "{host}", StringComparison.Ordinal), match =>
            match.Groups["port"].Success ? "127.0.0.1:{port}" : match.Groups["size"].Success ? "\"file_size\": {size}"
                : match.Groups["time"].Success ? "{time}" : match.Groups["date"].Success ? "{date}" : "{id}");
    }

    private sealed class StoppingText(string word, CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(word, StringComparison.Ordinal) == true) stop.Cancel();
        }
    }

    /// <summary>What differs from run to run: ports, ids with their keys and tokens, moments, sizes of made files.</summary>
    [GeneratedRegex(
        @"(?<port>127\.0\.0\.1:\d+)|(?<size>""file_size"": \d+)|(?<time>\d{4}-\d\d-\d\dT[\d:]+Z)|"
        + @"(?<date>(?<=""historical"",\n  ""as_of"": "")[\d-]{10})|"
        + @"\b[0-9a-f]{32}\b|[0-9a-f]{8}-[0-9a-f-]{27}(:[0-9A-F]{32})?|fal1\.[\w.-]+")]
    private static partial Regex Varying();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
