using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Commands;

/// <summary>Command lines with a mistake: the message names it and the next step, and nothing is read, sent or written.</summary>
public sealed class UsageTests : IDisposable
{
    private const string Tts = "fal-ai/kling-video/v1/tts";
    private const string Priced = "fal-ai/kling-video/v2.6/pro/image-to-video";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("There is no command 'chek'; did you mean 'check'?", "chek")]
    [InlineData("There is no command 'rum'; did you mean 'run'?", "batch", "rum")]
    [InlineData("Name a command: run, list,", "batch")]
    [InlineData("There is no option '--versoin'; did you mean '--version'?", "--versoin")]
    [InlineData("There is no option '--sevrity'; did you mean '--severity'?", "check", "--sevrity", "error")]
    [InlineData("There is no option '--sevrity'; did you mean '--severity'?", "check", "--sevrity=error")]
    [InlineData("There is no option '--inputz'; did you mean '--inputs'?", "list", "--specs", "folder", "--inputz")]
    [InlineData("There is no option '--max-cots'; did you mean '--max-cost'?", "run", Tts, "--max-cots", "1")]
    [InlineData("There is no option '--verbos'; did you mean '--verbose'?", "pull", "--verbos")]
    [InlineData("--severity must be one of 'info', 'warning', 'error', not 'lots'.", "check", "--severity", "lots")]
    [InlineData("must be one of 'bash', 'zsh', 'fish', 'pwsh', not 'cmd'.", "completion", "cmd")]
    [InlineData("A required argument is missing: <old> <new>.", "diff", "only-one")]
    [InlineData("A required argument is missing: <jobs>.", "batch", "run")]
    [InlineData("'c' is one argument too many.", "status", "a", "b", "c")]
    [InlineData("--jobs takes an integer, not 'many'.", "pull", Tts, "--jobs", "many")]
    [InlineData("--jobs takes an integer, not '99999999999'.", "pull", Tts, "--jobs", "99999999999")]
    [InlineData("--jobs is a number from 1 to 64.", "pull", Tts, "--jobs", "65")]
    [InlineData("--port takes an integer, not 'http'.", "serve", "--port", "http")]
    [InlineData("--port is a number from 0 to 65531.", "serve", "--port", "-1")]
    [InlineData("--max-cost takes a number such as 2.5, not 'much'.", "run", Tts, "--max-cost", "much")]
    [InlineData("An argument is empty", "check", "")]
    [InlineData("An argument is empty", "emit", "--out", "")]
    public async Task Usage_errors_are_one_line_and_name_the_help(string expected, params string[] args)
    {
        var run = await ToolRun.Of(args);
        Assert.Equal(2, run.Code);
        Assert.Equal("", run.Out);
        var lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("klinggen: error: ", lines[0], StringComparison.Ordinal);
        Assert.Contains(expected, lines[0], StringComparison.Ordinal);
        Assert.Matches("^'klinggen( [a-z]+)* --help' shows how it is used.$", lines[1]);
    }

    [Fact]
    public async Task Arguments_after_two_dashes_may_look_like_options()
        => Assert.Equal("0 endpoints.\n", (await ToolRun.Of("list", "--", "--inputz")).Error);

    [Theory]
    [InlineData("--key takes an id, a colon and a secret", "serve", "--key", "secret-without-id")]
    [InlineData("--page-port needs --open.", "serve", "--page-port", "7900")]
    [InlineData("There is no file or folder 'no-such-folder'.", "serve", "--specs", "no-such-folder")]
    [InlineData("is YAML; documents are JSON", "check", "openapi.yaml")]
    public async Task Errors_name_the_next_step(string expected, params string[] args)
    {
        var run = await ToolRun.Of(args);
        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-without-id", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_names_the_nearest_endpoint_of_an_unknown_one()
    {
        var run = await ToolRun.Of("run", "fal-ai/kling-video/v1/ttt", "--set", "text=Hello", "--emulator");
        Assert.Contains("only the server can check the request; did you mean 'fal-ai/kling-video/v1/tts'?\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Code);
    }

    [Fact]
    public async Task Pull_refuses_a_file_as_its_folder_before_a_download()
    {
        var file = _folder.Write("specs.json", "{}");
        var run = await ToolRun.Of("pull", Tts, "--to", file, "--host", "http://127.0.0.1:1");
        Assert.Equal(2, run.Code);
        Assert.Equal($"klinggen: error: '{file}' is a file; name a folder.\n", run.Error);
    }

    [Theory]
    [InlineData("durration=10", "warning: 'durration' is not a property of the request; did you mean 'duration'? The price ignores it.\n")]
    [InlineData("duration=7", "warning: 'duration' must be one of '5' or '10', not '7'; the nearest is '5'.\n")]
    [InlineData("duration=10", "")]
    public async Task Price_warns_of_properties_and_values_that_the_document_does_not_have(string assignment, string expected)
        => Assert.Equal(expected, (await ToolRun.Of("price", Priced, "--set", assignment)).Fine().Error);

    [Fact]
    public async Task Run_refuses_an_output_path_before_it_submits()
    {
        var file = _folder.Write("file", "");
        var target = Path.Combine(file, "heron.wav");
        var run = await ToolRun.Of("run", Tts, "--set", "text=Hello", "--emulator", "--out", target);
        Assert.Equal(2, run.Code);
        Assert.StartsWith($"klinggen: error: The files cannot be saved as '{target}': ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(" Nothing was sent.\n", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("job ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_leaves_no_file_beside_its_output()
    {
        (await ToolRun.Of("run", Tts, "--set", "text=Hello", "--emulator", "--out", _folder.At("new/heron.wav"))).Fine();
        Assert.Equal(["heron.wav"], Directory.GetFiles(_folder.At("new")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Run_explains_a_cost_limit_by_its_own_option()
    {
        var run = await ToolRun.Of("run", Tts, "--set", "text=Hello", "--emulator", "--max-cost", "0.5");
        Assert.Equal(1, run.Code);
        Assert.Contains("refused: the cost is unknown and --max-cost is 0.5, so nothing was sent; ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("FalClientOptions", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_names_the_ledger_of_an_emulator()
    {
        var jobs = _folder.Write("jobs.jsonl", "");
        _folder.Write("jobs.jsonl.emulated.db", "");
        var run = await ToolRun.Of("batch", "list", jobs);
        Assert.Equal(2, run.Code);
        Assert.EndsWith($"the jobs ran in an emulator: name its ledger '{jobs}.emulated.db'.\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_admin_key_is_explained_by_its_environment_variable()
    {
        var id = Guid.NewGuid().ToString();
        var run = await BuiltTool.RunWithKeyAsync(RunTests.Key, "delete-payloads", id, "--yes", "--at", "http://127.0.0.1:1");
        Assert.Equal(2, run.Code);
        Assert.Contains("Set the environment variable FAL_ADMIN_KEY to a key with the scope ADMIN", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("FalClientOptions", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_names_no_parameter_of_the_library()
    {
        Environment.SetEnvironmentVariable("FAL_KEY", RunTests.Key);
        var run = await ToolRun.Of("status", Tts, "../job", "--at", "http://127.0.0.1:1");
        Assert.Equal(2, run.Code);
        Assert.Equal("klinggen: error: A request id is 1 to 128 letters, digits, '-' and '_'.\n", run.Error);
    }

    [Theory]
    [InlineData("App.fsproj")]
    [InlineData("App.vbproj")]
    public async Task Init_changes_no_project_of_another_language(string name)
    {
        const string Project = """<Project Sdk="Microsoft.NET.Sdk"></Project>""";
        var project = _folder.Write(name, Project);
        var run = await ToolRun.Of("init", project);
        Assert.Equal(2, run.Code);
        Assert.Contains("KlingGen generates C# only", run.Error, StringComparison.Ordinal);
        Assert.Equal(Project, _folder.Read(name));
    }

    [Fact]
    public async Task Init_reports_no_change_that_it_did_not_make()
    {
        var project = _folder.Write("App.csproj", """<Project Sdk="Microsoft.NET.Sdk"></Project>""");
        var run = await ToolRun.Of("init", project, "--copy", "fal-ai/none");
        Assert.Equal(2, run.Code);
        Assert.StartsWith("klinggen: error: 'fal-ai/none' is none of the documents", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At("specs")));
    }
}
