using System.CommandLine;
using System.CommandLine.Invocation;
using KlingGen.Cli.Commands;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli;

/// <summary>The whole tool: its commands, and what becomes of their faults.</summary>
internal static class Tool
{
    private const string Description = """
        Fetches, checks, compares, emits, lists and runs fal's endpoint documents.

        Results go to standard output, everything else to standard error.
        Exit codes: 0 success, 1 problems found, 2 failed, 130 interrupted.
        """;

    // A value such as @car.jpg is for the command, not the name of a file with more arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(IReadOnlyList<string> args, ToolConsole console, CancellationToken cancellation)
    {
        try
        {
            // Without arguments the help is shown.
            var command = Create(console).Parse(args.Count == 0 ? ["--help"] : args, Parsing);
            var isDirectlyRun = command.Action is ParseErrorAction || command.Action == command.CommandResult.Command.Action;
            if (isDirectlyRun && UsageErrors.Find(command) is { Count: > 0 } errors)
            {
                foreach (var error in errors) console.Fail(new ToolException(error));
                console.Say($"'{UsageErrors.PathOf(command)} --help' shows how it is used.");
                return ExitCode.Failed;
            }

            console.IsVerbose = command.GetValue<bool>(ToolCommand.VerboseName);
            return await command.InvokeAsync(Settings(console.Out, console), cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            console.Say("Interrupted.");
            return ExitCode.Interrupted;
        }
        catch (Exception ex)
        {
            console.Fail(ex);
            return ExitCode.Failed;
        }
    }

    /// <summary>The commands, in the order in which help shows them.</summary>
    private static RootCommand Create(ToolConsole console)
    {
        var root = new RootCommand(Description)
        {
            new PullCommand(console),
            new CheckCommand(console),
            new DiffCommand(console),
            new EmitCommand(console),
            new ListCommand(console),
            new RunCommand(console),
            new BatchCommand(console),
            new PriceCommand(console),
            new SearchCommand(console),
            new RequestsCommand(console),
            new StatusCommand(console),
            new CancelCommand(console),
            new UploadCommand(console),
            new DeletePayloadsCommand(console),
            new ServeCommand(console),
            new McpCommand(console),
            new InitCommand(console),
            new CompletionCommand(console),
        };
        root.Add(new Option<bool>(ToolCommand.VerboseName) { Description = "Shows the details of an error.", Recursive = true });
        HelpWithExamples.AddTo(root);
        return root;
    }

    // Signals and faults are handled above, where the tool's own exit codes are known.
    private static InvocationConfiguration Settings(TextWriter output, ToolConsole console) => new()
    {
        Output = output,
        Error = console.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };
}
