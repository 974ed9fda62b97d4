using System.CommandLine;
using Fal.Jobs;
using KlingGen.Cli.Batch;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Writes the jobs of a batch as JSON or CSV, or the whole report.</summary>
internal sealed class BatchExportCommand : LedgerCommand
{
    private readonly Option<string> _format = new("--format") { Description = "json or csv, to standard output.", DefaultValueFactory = _ => "json" };

    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "A folder for report.json, report.csv and report.html, instead of standard output.",
    };

    public BatchExportCommand(ToolConsole console)
        : base(
            console,
            "export",
            "Writes the jobs of a batch as JSON, CSV or a page for a browser.",
            ("klinggen batch export jobs.jsonl --format csv > jobs.csv", "for a spreadsheet"),
            ("klinggen batch export jobs.jsonl --out jobs-results", "the report as 'batch run' writes it"))
    {
        _format.AcceptOnlyFromAmong("json", "csv");
        Add(_format);
        Add(_out);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, IFalLedger ledger, CancellationToken cancellation)
    {
        var batch = await FindBatchAsync(arguments, ledger, cancellation).ConfigureAwait(false);
        if (arguments.GetValue(_out) is { } folder)
            Console.Say("report " + await BatchReport.WriteAsync(ledger, batch, folder, cancellation).ConfigureAwait(false));
        else
            await BatchReport.WriteAsync(ledger, batch, arguments.GetValue(_format) == "csv", Console.Out, cancellation).ConfigureAwait(false);
        return ExitCode.Success;
    }
}
