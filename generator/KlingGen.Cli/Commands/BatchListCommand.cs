using System.CommandLine;
using System.Text.Json.Nodes;
using Fal.Jobs;
using KlingGen.Cli.Batch;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Lists the batches of a ledger.</summary>
internal sealed class BatchListCommand : LedgerCommand
{
    private readonly Option<string> _format = new("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };

    public BatchListCommand(ToolConsole console)
        : base(
            console,
            "list",
            "Lists the batches of a ledger with their counts and their cost.",
            ("klinggen batch list jobs.jsonl", "the batch of a file"),
            ("klinggen batch list --postgres 'Host=db;Database=videos'", "all batches of a shared ledger"))
    {
        _format.AcceptOnlyFromAmong("text", "json");
        Add(_format);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, IFalLedger ledger, CancellationToken cancellation)
    {
        var batches = new List<(FalBatch Batch, FalLedgerCounts Counts)>();
        foreach (var batch in await ledger.ListBatchesAsync(cancellation).ConfigureAwait(false))
            batches.Add((batch, await ledger.CountAsync(batch.Name, cancellation).ConfigureAwait(false)));
        if (arguments.GetValue(_format) == "json")
        {
            Print(new JsonArray([.. batches.Select(item => JobJson.FromBatch(item.Batch, item.Counts))]));
        }
        else
        {
            foreach (var (batch, counts) in batches)
                Console.Out.WriteLine($"{Visible.Text(batch.Name)}: {Visible.Text(BatchText.Summary(batch, counts))}");
        }
        if (batches.Count == 0) Console.Say("The ledger has no batch.");
        return batches.Count > 0 ? ExitCode.Success : ExitCode.ProblemsFound;
    }
}
