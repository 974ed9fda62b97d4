using System.CommandLine;
using System.Text.Json.Nodes;
using Fal.Jobs;
using KlingGen.Cli.Batch;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Shows a batch with its jobs, or one job with everything that the ledger has of it.</summary>
internal sealed class BatchShowCommand : LedgerCommand
{
    private readonly Option<string?> _key = new("--key") { Description = "One job, as JSON with its input and its result." };

    private readonly Option<string[]> _state = new("--state")
    {
        Description = "Only jobs in this state, such as failed or unknown; can be repeated.",
    };

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "The maximum number of jobs that are shown.",
        DefaultValueFactory = _ => 50,
    };
    private readonly Option<string> _format = new("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };

    public BatchShowCommand(ToolConsole console)
        : base(
            console,
            "show",
            "Shows a batch and its jobs.",
            ("klinggen batch show jobs.jsonl --state failed --state unknown", "what went wrong, and why"),
            ("klinggen batch show jobs.jsonl --key line-17", "one job with its input and its result"))
    {
        _state.AcceptOnlyFromAmong([.. Enum.GetValues<FalLedgerState>().Select(FalLedgerText.ToWord)]);
        _format.AcceptOnlyFromAmong("text", "json");
        Add(_key);
        Add(_state);
        Add(_limit);
        Add(_format);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, IFalLedger ledger, CancellationToken cancellation)
    {
        var limit = arguments.GetValue(_limit);
        if (limit < 1) throw new ToolException("--limit is 1 or more.");
        var batch = await FindBatchAsync(arguments, ledger, cancellation).ConfigureAwait(false);
        if (arguments.GetValue(_key) is { } key)
            return Print(JobJson.Whole(await FindEntryAsync(ledger, batch, key, cancellation).ConfigureAwait(false)));
        var query = new FalLedgerQuery
        {
            Batch = batch.Name,
            States = [.. (arguments.GetValue(_state) ?? []).Select(FalLedgerText.ParseState)],
            Limit = limit,
        };
        var entries = await ledger.ListAsync(query, cancellation).ConfigureAwait(false);
        var counts = await ledger.CountAsync(batch.Name, cancellation).ConfigureAwait(false);
        if (arguments.GetValue(_format) == "json")
        {
            var json = JobJson.FromBatch(batch, counts);
            json["jobs"] = new JsonArray([.. entries.Select(JobJson.FromEntry)]);
            return Print(json);
        }
        Console.Out.WriteLine($"{Visible.Text(batch.Name)}: {Visible.Text(BatchText.Summary(batch, counts))}");
        foreach (var entry in entries) Console.Out.WriteLine("  " + Visible.Text(BatchText.Line(entry)));
        if (entries.Count == limit) Console.Say("There may be more; --limit shows them.");
        return ExitCode.Success;
    }
}
