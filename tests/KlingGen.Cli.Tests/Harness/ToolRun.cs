using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Tests.Harness;

/// <summary>What a command line gave.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ToolRun(int Code, string Out, string Error)
{
    /// <summary>Runs the tool inside the test, without colours and without a terminal.</summary>
    public static Task<ToolRun> Of(params string[] args) => Of(args, CancellationToken.None);

    public static async Task<ToolRun> Of(string[] args, CancellationToken cancellation)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var console = new ToolConsole(output, error, outputColours: false, errorColours: false);
        var code = await Tool.RunAsync(args, console, cancellation);
        return new ToolRun(code, Clean(output), Clean(error));
    }

    public ToolRun Fine()
    {
        Assert.True(Code == 0, $"exit code {Code}\n{Out}\n{Error}");
        return this;
    }

    private static string Clean(StringWriter text) => text.ToString().ReplaceLineEndings("\n");
}
