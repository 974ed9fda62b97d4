using System.CommandLine;
using Fal.Jobs;
using KlingGen.Cli.Batch;
using KlingGen.Cli.Reports;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Does failed, cancelled or paused jobs again.</summary>
internal sealed class BatchRetryCommand : LedgerCommand
{
    private readonly Option<string[]> _key = new("--key") { Description = "Only this job; can be repeated." };
    private readonly Option<string> _state = new("--state")
    {
        Description = "All jobs in this state: failed, cancelled or paused; default failed.",
        DefaultValueFactory = _ => "failed",
    };

    public BatchRetryCommand(ToolConsole console)
        : base(
            console,
            "retry",
            "Queues failed, cancelled or paused jobs again. Each may be charged again; a job whose result is there is only saved again.",
            ("klinggen batch retry jobs.jsonl", "all failed jobs; 'batch run' then runs them"),
            ("klinggen batch retry jobs.jsonl --key line-17", "one job"))
    {
        _state.AcceptOnlyFromAmong("failed", "cancelled", "paused");
        Add(_key);
        Add(_state);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, IFalLedger ledger, CancellationToken cancellation)
    {
        var batch = await FindBatchAsync(arguments, ledger, cancellation).ConfigureAwait(false);
        var count = 0;
        if (arguments.GetValue(_key) is { Length: > 0 } keys)
        {
            foreach (var key in keys)
                await RetryAsync(await FindEntryAsync(ledger, batch, key, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        }
        else
        {
            var state = FalLedgerText.ParseState(arguments.GetValue(_state)!);
            await foreach (var entries in BatchReport.PagesAsync(ledger, batch.Name, cancellation).ConfigureAwait(false))
                foreach (var entry in entries.Where(entry => entry.State == state)) await RetryAsync(entry).ConfigureAwait(false);
        }
        Console.Say($"{ReportText.Count(count, "job")} will be done again; 'klinggen batch run' goes on.");
        return count > 0 ? ExitCode.Success : ExitCode.ProblemsFound;

        async Task RetryAsync(FalLedgerEntry entry)
        {
            await DecideAsync(ledger, entry, found => FalJobDecisions.Retry(found, Console.Time.GetUtcNow()), cancellation).ConfigureAwait(false);
            count++;
        }
    }
}
