using System.CommandLine;
using Fal.Jobs;
using KlingGen.Cli.Reports;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Deletes ended jobs from a ledger.</summary>
internal sealed class BatchPurgeCommand : LedgerCommand
{
    private const int MostDays = 3650;

    private readonly Option<string> _olderThan = new("--older-than") { Description = "Only jobs that ended before: 24h, 30d.", Required = true };
    private readonly Option<bool> _yes = new("--yes") { Description = "Deletes; without it, nothing is changed." };

    public BatchPurgeCommand(ToolConsole console)
        : base(
            console,
            "purge",
            "Deletes saved, failed and cancelled jobs from the ledger. Their files stay.",
            ("klinggen batch purge jobs.jsonl --older-than 30d --yes", "their keys are free again: running the file again pays again"))
    {
        Add(_olderThan);
        Add(_yes);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, IFalLedger ledger, CancellationToken cancellation)
    {
        var age = Duration.Parse(arguments.GetValue(_olderThan), MostDays)!.Value;
        var batch = await FindBatchAsync(arguments, ledger, cancellation).ConfigureAwait(false);
        if (!arguments.GetValue(_yes))
            throw new ToolException("The ledger forgets purged jobs, so running their file again pays again: add --yes. Nothing was deleted.");
        var count = await ledger.PurgeAsync(batch.Name, Console.Time.GetUtcNow() - age, cancellation).ConfigureAwait(false);
        Console.Say($"{ReportText.Count(count, "job")} deleted from '{Visible.Text(batch.Name)}'.");
        return ExitCode.Success;
    }
}
