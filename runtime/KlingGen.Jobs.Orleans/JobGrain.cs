using Orleans.Placement;

namespace Fal.Jobs.Orleans;

/// <summary>One entry of the ledger; the key is its id. A webhook and a poll of one entry follow each other, wherever they come from.</summary>
internal interface IJobGrain : IGrainWithStringKey
{
    /// <summary>
    /// Works on the entry, if the owner still has its lease. The shard calls again where the answer is late: a message may be lost with a silo, and a
    /// call that comes twice waits for the first one and finds the lease returned.
    /// </summary>
    [ResponseTimeout("00:00:15")]
    Task<StepOutcome> ProcessAsync(string owner);

    /// <summary>Records the job that a webhook names.</summary>
    Task<bool> RecordWebhookAsync(string submitId, string requestId);
}

/// <summary>How a step ended.</summary>
[GenerateSerializer]
internal enum StepOutcome
{
    Done,

    /// <summary>The window refused the submit.</summary>
    WindowFull,

    /// <summary>The ledger could not be reached, for instance. The lease is still held.</summary>
    Failed,
}

/// <summary>
/// Works on an entry by <see cref="FalJobStep"/>. It has no state of its own: the ledger has it, and its fence also holds against a second
/// activation, which Orleans may make while a silo dies.
/// </summary>
[GrainType("fal-job")]
[RandomPlacement]
[CollectionAgeLimit(Minutes = 10)]
internal sealed class JobGrain(JobRunners runners) : Grain, IJobGrain
{
    public async Task<StepOutcome> ProcessAsync(string owner)
    {
        var outcome = await TryProcessAsync(owner).ConfigureAwait(true);
        ClusterMetrics.Steps.Add(1, new KeyValuePair<string, object?>("outcome", ClusterMetrics.ToWord(outcome)));
        return outcome;
    }

    public async Task<bool> RecordWebhookAsync(string submitId, string requestId)
    {
        var isRecorded = await runners.Worker.RecordWebhookAsync(submitId, requestId).ConfigureAwait(true);
        ClusterMetrics.Webhooks.Add(1, new KeyValuePair<string, object?>("recorded", isRecorded));
        return isRecorded;
    }

    // Exceptions are reported here, where their type and the token that they may carry are known, and not sent to the shard.
    private async Task<StepOutcome> TryProcessAsync(string owner)
    {
        try
        {
            var entry = await runners.Ledger.FindAsync(this.GetPrimaryKeyString(), runners.Stopping).ConfigureAwait(true);
            if (entry is null || entry.LeaseOwner != owner) return StepOutcome.Done;
            return await runners.Worker.ProcessAsync(entry, runners.Stopping).ConfigureAwait(true) ? StepOutcome.WindowFull : StepOutcome.Done;
        }
        catch (OperationCanceledException) when (runners.Stopping.IsCancellationRequested)
        {
            return StepOutcome.Failed;
        }
        catch (Exception ex)
        {
            runners.Report(ex);
            return StepOutcome.Failed;
        }
    }
}
