using System.CommandLine;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>
/// A command with examples in its help. One file per command; what it does with its options stands elsewhere where it
/// is more than a page.
/// </summary>
internal abstract class ToolCommand : Command
{
    public const string VerboseName = "--verbose";

    /// <param name="console">Where it speaks.</param>
    /// <param name="name">What the user types.</param>
    /// <param name="description">The first line is shown in the list of commands, the rest in the command's own help only.</param>
    /// <param name="examples">Command lines, each with what it is for.</param>
    protected ToolCommand(ToolConsole console, string name, string description, params (string Line, string Purpose)[] examples)
        : base(name, description)
    {
        Console = console;
        Examples = examples;
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Line, string Purpose)> Examples { get; }

    protected ToolConsole Console { get; }

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation);
}
