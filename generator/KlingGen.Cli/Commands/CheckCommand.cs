using System.CommandLine;
using KlingGen.Cli.Checking;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Pricing;
using KlingGen.Cli.Reports;
using KlingGen.Cli.Terminal;
using KlingGen.Diagnostics;
using KlingGen.Planning;

namespace KlingGen.Cli.Commands;

/// <summary>Reports the diagnostics of documents: those of the generator and of two independent readers.</summary>
internal sealed class CheckCommand : ToolCommand
{
    private readonly Argument<string[]> _paths = SpecOptions.Paths();
    private readonly Option<string[]> _endpoints = SpecOptions.Endpoints();
    private readonly Option<string> _format = new("--format") { Description = "text, sarif or json.", DefaultValueFactory = _ => "text" };
    private readonly Option<string> _severity = new("--severity")
    {
        Description = "The lowest severity that is reported: info, warning or error.",
        DefaultValueFactory = _ => "warning"
    };

    public CheckCommand(ToolConsole console)
        : base(
            console,
            "check",
            "Says what is wrong with documents and overlays.",
            ("klinggen check", "the folder specs"),
            ("klinggen check specs/fal-ai/flux/dev.json --severity info", "one document, with everything there is to say"),
            ("klinggen check specs --format sarif > check.sarif", "for a code scanner"),
            ("klinggen check specs --endpoints 'fal-ai/kling-video/**'",
                "with the documents that come with the package, as FalEndpoints would take them"))
    {
        _format.AcceptOnlyFromAmong("text", "sarif", "json");
        _severity.AcceptOnlyFromAmong("info", "warning", "error");
        Add(_paths);
        Add(_endpoints);
        Add(_format);
        Add(_severity);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var set = SpecOptions.Read(arguments, _paths, _endpoints);
        var least = arguments.GetValue(_severity) switch { "info" => SpecSeverity.Info, "error" => SpecSeverity.Error, _ => SpecSeverity.Warning };
        cancellation.ThrowIfCancellationRequested();
        ReportedDiagnostic[] diagnostics = [.. Checker.Check(set).Where(diagnostic => diagnostic.Rule.Severity >= least)];
        switch (arguments.GetValue(_format))
        {
            case "sarif": SarifReport.Write(diagnostics, Console.Out); break;
            case "json": JsonReport.Write(diagnostics, Console.Out); break;
            default: TextReport.Write(diagnostics, Console.Out, Console.OutputPaint); break;
        }

        Console.Say(Summary(set, diagnostics));
        SayOldPrices(set);
        return Task.FromResult(diagnostics.Length == 0 ? ExitCode.Success : ExitCode.ProblemsFound);
    }

    // A price that may have changed is no fault of the documents, so it never changes the exit code.
    private void SayOldPrices(SpecSet set)
    {
        var ids = set.Readings.Select(reading => reading.Model?.Endpoint?.Id).ToHashSet(StringComparer.Ordinal);
        var old = BundledPrice.All.Where(price => ids.Contains(price.Endpoint) && price.IsOld(Console.Time)).ToArray();
        if (old.Length == 0) return;
        var (count, oldest) = (ReportText.Count(old.Length, "listed price"), old.Min(price => price.AsOf));
        Console.Say(FormattableString.Invariant($"info: {count} older than 90 days, the oldest of {oldest:yyyy-MM-dd}: ")
            + $"klinggen price {old[0].Endpoint} --check");
    }

    private static string Summary(SpecSet set, ReportedDiagnostic[] diagnostics)
    {
        var documents = ReportText.Count(set.Sources.Count, "document");
        if (diagnostics.Length == 0) return documents + ": nothing to report.";
        var parts = diagnostics.GroupBy(diagnostic => diagnostic.Rule.Severity).OrderByDescending(group => group.Key)
            .Select(group => ReportText.Count(group.Count(), ReportText.Severity(group.Key)));
        return documents + ": " + string.Join(", ", parts) + ".";
    }
}
