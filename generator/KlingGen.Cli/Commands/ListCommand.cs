using System.CommandLine;
using KlingGen.Cli.Terminal;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Listing;
using KlingGen.Cli.Reports;

namespace KlingGen.Cli.Commands;

/// <summary>Shows endpoints: those that come with the package and those of the user's own documents.</summary>
internal sealed class ListCommand : ToolCommand
{
    private readonly Argument<string[]> _words = new("text")
    {
        Description = "Only endpoints with all these words in the id, the client path or the request's type.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _specs = SpecOptions.Local();
    private readonly Option<bool> _inputs = new("--inputs", "-i")
    {
        Description = "Shows the properties of each request with constraints and defaults.",
    };
    private readonly Option<string> _format = new("--format")
    {
        Description = "text or json; json has everything.",
        DefaultValueFactory = _ => "text"
    };

    public ListCommand(ToolConsole console)
        : base(
            console,
            "list",
            "Shows endpoints with their client path, request and inputs.",
            ("klinggen list", "everything: what comes with the package, and the folder specs"),
            ("klinggen list v2.6 motion --inputs", "what do these take?"),
            ("klinggen list --specs ../other/specs --format json", "other documents, for a program"))
    {
        _format.AcceptOnlyFromAmong("text", "json");
        Add(_words);
        Add(_specs);
        Add(_inputs);
        Add(_format);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var set = SpecSet.Read(SpecOptions.LocalFiles(arguments.GetValue(_specs)), ["**"]);
        var words = arguments.GetValue(_words) ?? [];
        EndpointEntry[] entries = [.. EndpointList.FromSpecs(set).Where(entry => words.All(word => Has(entry, word)))];
        cancellation.ThrowIfCancellationRequested();
        if (arguments.GetValue(_format) == "json") ReportJson.Write(entries, Console.Out);
        else if (arguments.GetValue(_inputs)) ListText.WriteInputs(entries, Console.Out, Console.OutputPaint);
        else ListText.WriteLines(entries, Console.Out, Console.OutputPaint);
        Console.Say(ReportText.Count(entries.Length, "endpoint") + ".");
        return Task.FromResult(entries.Length > 0 ? ExitCode.Success : ExitCode.ProblemsFound);
    }

    private static bool Has(EndpointEntry entry, string word)
        => entry.Id.Contains(word, StringComparison.OrdinalIgnoreCase) || entry.Client.Contains(word, StringComparison.OrdinalIgnoreCase)
            || entry.Request?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
}
