using System.CommandLine;
using KlingGen.Cli.Terminal;
using KlingGen.Cli.Diff;

namespace KlingGen.Cli.Commands;

/// <summary>Says what a change of documents means for C# code.</summary>
internal sealed class DiffCommand : ToolCommand
{
    private readonly Argument<string> _old = new("old")
    {
        Description = "A document, a folder of documents, or either at a git revision: HEAD~1:specs."
    };
    private readonly Argument<string> _new = new("new") { Description = "The new side, in the same forms." };
    private readonly Option<string> _format = new("--format") { Description = "text, markdown or json.", DefaultValueFactory = _ => "text" };
    private readonly Option<string> _failOn = new("--fail-on")
    {
        Description = "The changes that give exit code 1: breaking, any or none.",
        DefaultValueFactory = _ => "breaking"
    };

    public DiffCommand(ToolConsole console)
        : base(
            console,
            "diff",
            "Says what a change of documents means for C# code: breaking, compatible, or documentation only.",
            ("klinggen diff HEAD~1:specs specs", "the last commit against the files here"),
            ("klinggen diff main:specs specs --format markdown > changes.md", "for a pull request"),
            ("klinggen diff old.json new.json --fail-on any", "two documents, in a script"))
    {
        _format.AcceptOnlyFromAmong("text", "markdown", "json");
        _failOn.AcceptOnlyFromAmong("breaking", "any", "none");
        Add(_old);
        Add(_new);
        Add(_format);
        Add(_failOn);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var (old, @new) = (arguments.GetValue(_old)!, arguments.GetValue(_new)!);
        var folder = Directory.GetCurrentDirectory();
        var changes = PlanComparison.Compare(
            await DiffSides.ReadAsync(old, folder, cancellation).ConfigureAwait(false),
            await DiffSides.ReadAsync(@new, folder, cancellation).ConfigureAwait(false));
        switch (arguments.GetValue(_format))
        {
            case "markdown": DiffReports.WriteMarkdown(changes, Console.Out); break;
            case "json": DiffReports.WriteJson(changes, old, @new, Console.Out); break;
            default: DiffReports.WriteText(changes, Console.Out, Console.OutputPaint); break;
        }

        var summary = ChangeSummary.FromChanges(changes);
        var isFine = arguments.GetValue(_failOn) switch { "any" => summary.Total == 0, "none" => true, _ => summary.Breaking == 0 };
        return isFine ? ExitCode.Success : ExitCode.ProblemsFound;
    }
}
