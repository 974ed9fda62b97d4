using System.Text.Json;
using Fal;
using Fal.Jobs;

namespace KlingGen.Cli.Batch;

/// <summary>What a run will do: the jobs of the file compared with those that the ledger has.</summary>
internal sealed class BatchPlan
{
    private readonly List<LineProblem> _problems = [];

    private BatchPlan(IReadOnlyList<CheckedJob> jobs) => New = jobs;

    /// <summary>The jobs that the ledger does not have.</summary>
    public IReadOnlyList<CheckedJob> New { get; private set; }

    /// <summary>What everything that was not submitted may cost: new jobs, and jobs of the ledger that wait.</summary>
    public BatchEstimate Estimate { get; } = new();

    /// <summary>Lines whose key the ledger has with another input.</summary>
    public IReadOnlyList<LineProblem> Problems => _problems;

    /// <summary>Jobs that wait in the ledger and are not in the file.</summary>
    public int NotInFile { get; private set; }

    /// <summary>Compares.</summary>
    /// <param name="jobs">The jobs of the file.</param>
    /// <param name="ledger">The ledger; null if there is none yet.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<BatchPlan> MakeAsync(IReadOnlyList<CheckedJob> jobs, IFalLedger? ledger, string batch, CancellationToken cancellation)
    {
        var plan = new BatchPlan(jobs);
        if (ledger is not null)
        {
            var byKey = jobs.ToDictionary(job => job.Entry.Key, StringComparer.Ordinal);
            await foreach (var entries in BatchReport.PagesAsync(ledger, batch, cancellation).ConfigureAwait(false))
                foreach (var entry in entries) plan.Compare(entry, byKey);
            plan.New = [.. jobs.Where(job => byKey.ContainsKey(job.Entry.Key))];
        }
        foreach (var job in plan.New) plan.Estimate.Add(job.Entry.EndpointId, job.Cost);
        return plan;
    }

    private void Compare(FalLedgerEntry entry, Dictionary<string, CheckedJob> byKey)
    {
        var isInFile = byKey.Remove(entry.Key, out var job);
        if (isInFile && job!.Entry.InputHash != entry.InputHash)
        {
            _problems.Add(new(job.Line, $"the ledger has the key '{entry.Key}' with another input "
                + $"({FalLedgerText.ToWord(entry.State)}); give the changed job a 'key' of its own"));
        }
        if (entry.State is not (FalLedgerState.Queued or FalLedgerState.Uploading)) return;
        if (!isInFile) NotInFile++;
        using var input = JsonDocument.Parse(entry.Input);
        Estimate.Add(entry.EndpointId, FalPriceList.Bundled.Estimate(entry.EndpointId, input.RootElement));
    }
}
