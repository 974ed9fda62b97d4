using KlingGen.Cli.Terminal;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Commands;

/// <summary>What holds for every command.</summary>
public sealed class ToolTests
{
    [Theory]
    [InlineData("chekc")]
    [InlineData("check", "--format", "xml")]
    [InlineData("check", "--nope")]
    [InlineData("completion", "tcsh")]
    [InlineData("check", "no-such-folder")]
    public async Task Wrong_usage_ends_with_2_and_leaves_standard_output_empty(params string[] args)
    {
        var run = await ToolRun.Of(args);
        Assert.Equal(2, run.Code);
        Assert.Equal("", run.Out);
        Assert.NotEqual("", run.Error);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("emit")]
    [InlineData("list")]
    [InlineData("run")]
    [InlineData("batch run")]
    [InlineData("pull")]
    [InlineData("price")]
    [InlineData("serve")]
    [InlineData("init")]
    [InlineData("completion")]
    public async Task Help_shows_examples_and_ends_with_0(string command)
    {
        var run = (await ToolRun.Of([.. command.Split(' '), "--help"])).Fine();
        Assert.Contains("Usage:", run.Out, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  # ", run.Out, StringComparison.Ordinal);
        Assert.Contains("  klinggen " + command, run.Out, StringComparison.Ordinal);
        AssertNoValuesAsNames(run.Out);
    }

    // System.CommandLine shows the values that complete an argument as its name, which would be a line of all endpoints.
    private static void AssertNoValuesAsNames(string help) => Assert.DoesNotContain("fal-ai/kling-video/v1/tts|", help, StringComparison.Ordinal);

    [Fact]
    public async Task The_tool_s_own_help_says_what_exit_codes_mean()
    {
        var run = (await ToolRun.Of("--help")).Fine();
        Assert.Contains("0 success, 1 problems found, 2 failed, 130 interrupted", run.Out, StringComparison.Ordinal);
        AssertNoValuesAsNames(run.Out);
    }

    [Fact]
    public async Task A_cancelled_command_ends_with_130()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var run = await ToolRun.Of(["check", Repository.Specs], stop.Token);
        Assert.Equal(130, run.Code);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task Without_arguments_the_tool_shows_its_help()
    {
        var run = (await ToolRun.Of()).Fine();
        Assert.Equal((await ToolRun.Of("--help")).Out, run.Out);
        Assert.Contains("Usage:", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run fal-ai/kling-video/v1/t", "fal-ai/kling-video/v1/tts")]
    [InlineData("pull fal-ai/kling/v1-5/k", "fal-ai/kling/v1-5/kolors-virtual-try-on")]
    [InlineData("check --f", "--format")]
    [InlineData("check --format s", "sarif")]
    [InlineData("ch", "check")]
    [InlineData("completion ", "fish")]
    public async Task The_suggest_directive_completes_command_lines(string typed, string expected)
    {
        var line = Path.GetFileNameWithoutExtension(Environment.GetCommandLineArgs()[0]) + " " + typed;
        var run = (await ToolRun.Of($"[suggest:{line.Length}]", line)).Fine();
        Assert.Contains(expected, run.Out.Split('\n'));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _klinggen klinggen")]
    [InlineData("zsh", "compdef _klinggen klinggen")]
    [InlineData("fish", "complete -c klinggen")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName klinggen")]
    public async Task Every_shell_gets_a_script_that_asks_the_tool_itself(string shell, string expected)
    {
        var run = (await ToolRun.Of("completion", shell)).Fine();
        Assert.Contains(expected, run.Out, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_is_one_line_without_the_key_and_whole_only_when_asked_for()
    {
        using var error = new StringWriter();
        var console = new ToolConsole(TextWriter.Null, error, outputColours: false, errorColours: false);
        console.Hide("key-id:0123456789");
        console.Fail(new InvalidOperationException("went\nwrong with key-id:0123456789"));
        Assert.Equal(
            "klinggen: error: unexpected fault: InvalidOperationException: went wrong with *** (run again with --verbose and report what it says)\n",
            error.ToString().ReplaceLineEndings("\n"));

        error.GetStringBuilder().Clear();
        console.IsVerbose = true;
        console.Fail(new ToolException("no such file, key-id:0123456789"));
        Assert.StartsWith("klinggen: error: no such file, ***\n", error.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("ToolException", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_are_only_for_terminals()
    {
        Assert.Equal("word", new Paint(false).Red("word"));
        Assert.Equal("\u001b[31;1mword\u001b[0m", new Paint(true).Red("word"));
    }
}
