using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KlingGen.Cli.Tests.Harness;
using KlingGen.Cli.Tests.Pull;
using Xunit.Abstractions;
using Corpus = KlingGen.Generator.Tests.Corpus;

namespace KlingGen.Cli.Tests.Packed;

/// <summary>Each command once as a process, from the package: what only a process shows.</summary>
public sealed class PackedToolTests(PackedTool tool, ITestOutputHelper output) : IClassFixture<PackedTool>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Help_calls_the_tool_by_its_name()
    {
        var run = (await tool.RunAsync(_folder.Root, "--help")).Fine();
        Assert.Contains("klinggen [command] [options]", run.Out, StringComparison.Ordinal);
        foreach (var command in (string[])["pull", "check", "diff", "emit", "list", "run", "serve", "init", "completion"])
            Assert.Contains("\n  " + command, run.Out, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
        Assert.StartsWith("0.1.0", (await tool.RunAsync(_folder.Root, "--version")).Fine().Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_repository_s_documents_are_clean_and_a_faulty_one_is_not()
    {
        (await tool.RunAsync(Repository.Root, "check")).Fine();
        _folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(""" "level": {"type": "integer", "maximum": 5, "default": 9} """));
        var run = await tool.RunAsync(_folder.Root, "check");
        Assert.Equal(1, run.Code);
        Assert.StartsWith("specs/acme/lumen/clip.json(", run.Out, StringComparison.Ordinal);
        Assert.Equal(2, (await tool.RunAsync(_folder.Root, "check", "nowhere")).Code);
        Assert.DoesNotContain('\u001b', run.Out + run.Error);
    }

    [Fact]
    public async Task Emitted_files_are_up_to_date_right_after()
    {
        (await tool.RunAsync(_folder.Root, "emit", "--endpoints", "fal-ai/kling-video/v1/*", "--out", "out")).Fine();
        Assert.Equal("", (await tool.RunAsync(_folder.Root, "emit", "--endpoints", "fal-ai/kling-video/v1/*", "--out", "out", "--check")).Fine().Out);
    }

    [Fact]
    public async Task The_list_as_json_is_json_and_nothing_else()
    {
        var run = (await tool.RunAsync(_folder.Root, "list", "--format", "json")).Fine();
        Assert.True(JsonDocument.Parse(run.Out).RootElement.GetArrayLength() > 50);
    }

    [Fact]
    public async Task A_pulled_document_is_checked_and_compared_with_the_one_that_was_there()
    {
        await using var fixture = new PullFixture((ClipDocument.Id, ClipDocument.With(""" "note": {"type": "string"} """)));
        const string members = """ "note": {"type": "string"}, "more": {"type": "integer"} """;
        var old = fixture.Folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(members));
        var kept = fixture.Folder.Write("kept/acme/lumen/clip.json", File.ReadAllText(old));
        var pulled = (await tool.RunAsync(fixture.Folder.Root, "pull", "--update", "--host", fixture.Server.Host)).Fine();
        Assert.Contains("breaking      ClipRequest.More: is gone", pulled.Out, StringComparison.Ordinal);
        Assert.Contains("1 document: 1 changed.", pulled.Error, StringComparison.Ordinal);

        var compared = await tool.RunAsync(fixture.Folder.Root, "diff", kept, old);
        Assert.Equal(1, compared.Code);
        Assert.Contains("breaking      ClipRequest.More: is gone", compared.Out, StringComparison.Ordinal);
    }

    [TestDataFact]
    public async Task Genuine_documents_are_compared_folder_by_folder()
    {
        var current = Corpus.ReadAll("current").ToDictionary(text => text.Key);
        var pairs = 0;
        foreach (var old in Corpus.ReadAll("older"))
        {
            var key = old.Key[..old.Key.LastIndexOf('@')];
            if (!current.TryGetValue(key, out var @new)) continue;
            _folder.Write($"old/{key}.json", old.GetText().ToString());
            _folder.Write($"new/{key}.json", @new.GetText().ToString());
            pairs++;
        }

        var run = await tool.RunAsync(_folder.Root, "diff", "old", "new", "--format", "json");
        Assert.Equal(1, run.Code);
        var summary = JsonDocument.Parse(run.Out).RootElement.GetProperty("summary");
        output.WriteLine($"{pairs} pairs: {summary}");
        Assert.True(summary.GetProperty("breaking").GetInt32() > 0);
        Assert.True(summary.GetProperty("compatible").GetInt32() > 0);
    }

    [Fact]
    public async Task A_project_is_made_ready()
    {
        _folder.Write("App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">\n</Project>\n");
        (await tool.RunAsync(_folder.Root, "init")).Fine();
        Assert.Contains("Include=\"KlingGen\"", _folder.Read("App.csproj"), StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task A_job_runs_in_a_served_emulator_and_both_end_in_good_order()
    {
        using var server = tool.Start(_folder.Root, "serve", "--port", "0", "--key", "packed-tests:0123456789abcdef");
        try
        {
            var queue = (await server.StandardOutput.ReadLineAsync())!.Split(' ')[^1];
            var run = (await tool.RunAsync(_folder.Root, "run", "fal-ai/kling-video/v1/tts", "--set", "text=Hello", "--at", queue)).Fine();
            Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(run.Out).RootElement.ValueKind);
            Assert.DoesNotContain("0123456789abcdef", run.Out + run.Error, StringComparison.Ordinal);
            // The same handler as for Ctrl-C, which a background process may have been told to ignore.
            using (var kill = Process.Start("kill", ["-TERM", server.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
            var served = await PackedTool.EndAsync(server);
            Assert.Equal(0, served.Code);
            Assert.Matches(@"\d\d:\d\d:\d\d 200 POST /fal-ai/kling-video/v1/tts\n", served.Error);
        }
        finally
        {
            if (!server.HasExited) server.Kill();
        }
    }

    [UnixFact]
    public async Task The_bash_script_completes_commands_and_options()
    {
        var script = _folder.Write("complete.sh", (await tool.RunAsync(_folder.Root, "completion", "bash")).Fine().Out + """

            COMP_LINE='klinggen check --f'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(klinggen check --f); COMP_CWORD=2
            _klinggen
            echo "${COMPREPLY[@]}"
            """);
        var start = PackedTool.Info("/bin/bash", _folder.Root, script);
        start.Environment["PATH"] = Path.GetDirectoryName(tool.FileName) + Path.PathSeparator + start.Environment["PATH"];
        using var process = Process.Start(start)!;
        Assert.Equal("--format\n", (await PackedTool.EndAsync(process)).Fine().Out);
    }
}
