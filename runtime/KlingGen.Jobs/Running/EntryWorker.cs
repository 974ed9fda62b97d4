namespace Fal.Jobs;

/// <summary>
/// Works on one claimed entry: executes the actions of <see cref="FalJobStep"/> until the entry waits or has ended. Errors of the
/// ledger, such as a database that restarts, are retried for as long as a lease lasts, so that the entry does not wait for the end of its lease.
/// </summary>
internal sealed class EntryWorker(
    IFalLedger ledger, IJobEffects effects, TimeProvider time, TimeSpan lease, Action<Exception>? onRetry = null)
{
    private const int MostReads = 1000;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    // An intent that is older was held up, for instance by a machine that slept: another process may take the entry for unknown by now.
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(30);
    private static readonly FalJobError Stalled =
        new(FalJobErrorClass.Temporary, "stalled", "The process was held up before the submit; nothing was sent.") { IsUncharged = true };

    /// <summary>Works on an entry. True if the window refused its submit, so that no further entry should be claimed.</summary>
    public async Task<bool> ProcessAsync(FalLedgerEntry entry, CancellationToken cancellationToken)
    {
        var isWindowFull = false;
        FalJobFact? fact = Describe(entry);
        while (fact is not null)
        {
            if (fact is FalJobFound found && entry.State == FalLedgerState.Submitting)
            {
                await KeepAsync(entry, found).ConfigureAwait(false);
                return isWindowFull;
            }
            // Between the intent and its outcome a stop is not listened to: it would leave an entry whose outcome is unknown.
            var stop = entry.State == FalLedgerState.Submitting ? CancellationToken.None : cancellationToken;
            var batch = await FindBatchAsync(entry, stop).ConfigureAwait(false);
            var action = FalJobStep.Decide(entry, batch, fact, time.GetUtcNow());
            if (action.Pause is { } kind)
            {
                await RetryAsync(
                    async () => await ledger.UpdateBatchAsync(entry.Batch, stored => stored.Pause(kind, action.PauseReason!), stop)
                        .ConfigureAwait(false),
                    stop).ConfigureAwait(false);
            }
            if (action.Kind == FalJobActionKind.Store)
            {
                if (action.After!.State == FalLedgerState.Submitting)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    stop = CancellationToken.None;
                }
                (entry, fact) = await StoreAsync(entry, action, stop).ConfigureAwait(false);
                isWindowFull |= fact is FalChangeRefused { Outcome: FalApplyOutcome.WindowFull };
                continue;
            }
            entry = action.After ?? entry;
            fact = await PerformAsync(entry, action.Kind, cancellationToken).ConfigureAwait(false);
        }
        return isWindowFull;
    }

    /// <summary>Records a job that a webhook or a person names for an entry.</summary>
    public async Task<bool> RecordAsync(string entryId, Func<FalLedgerEntry, bool> isMeant, FalJobFound found, CancellationToken cancellationToken)
    {
        for (var read = 0; read < MostReads; read++)
        {
            if (await ledger.FindAsync(entryId, cancellationToken).ConfigureAwait(false) is not { } entry || !isMeant(entry)) return false;
            var batch = await FindBatchAsync(entry, cancellationToken).ConfigureAwait(false);
            var action = FalJobStep.Decide(entry, batch, found, time.GetUtcNow());
            if (action.Kind != FalJobActionKind.Store) return entry.RequestId == found.Token.RequestId;
            var outcome = await ledger.ApplyAsync(entry, action.After!, cancellationToken).ConfigureAwait(false);
            if (outcome == FalApplyOutcome.Applied) return true;
            if (outcome == FalApplyOutcome.RequestIdTaken)
            {
                // Another entry with the same body was matched with this job, so the id is not lost. This entry looks for the other one's job.
                var unknown = FalJobStep.Decide(entry, batch, new FalChangeRefused(outcome, action.After!), time.GetUtcNow()).After!;
                if (await ledger.ApplyAsync(entry, unknown, cancellationToken).ConfigureAwait(false) == FalApplyOutcome.Applied) return true;
            }
        }
        throw new InvalidOperationException($"The entry {entryId} changed all the time; the job {found.Token.RequestId} could not be recorded.");
    }

    /// <summary>Stores the result that a webhook carries. False if the end of the job is known already.</summary>
    public async Task<bool> FinishAsync(string entryId, string submitId, FalJobSucceeded succeeded, CancellationToken cancellationToken)
    {
        for (var read = 0; read < MostReads; read++)
        {
            var entry = await ledger.FindAsync(entryId, cancellationToken).ConfigureAwait(false);
            if (entry is not { State: FalLedgerState.Submitted } || entry.SubmitId != submitId) return false;
            var batch = await FindBatchAsync(entry, cancellationToken).ConfigureAwait(false);
            // The claim that saves the files comes next, here or in another process.
            var after = FalJobStep.Decide(entry, batch, succeeded, time.GetUtcNow()).After! with { LeaseOwner = null, LeaseUntil = null };
            if (await ledger.ApplyAsync(entry, after, cancellationToken).ConfigureAwait(false) == FalApplyOutcome.Applied) return true;
        }
        return false;
    }

    private FalEntryClaimed Describe(FalLedgerEntry entry)
        => FalLedgerRules.GetClaimKind(entry.State) == FalClaimKind.New ? effects.Describe(entry) : new FalEntryClaimed();

    private Task<FalBatch> FindBatchAsync(FalLedgerEntry entry, CancellationToken cancellationToken)
        => RetryAsync(
            async () => await ledger.FindBatchAsync(entry.Batch, cancellationToken).ConfigureAwait(false)
                ?? throw FalLedgerRules.CreateBatchNotFound(entry.Batch),
            cancellationToken);

    private async Task<(FalLedgerEntry Entry, FalJobFact? Next)> StoreAsync(
        FalLedgerEntry before, FalJobAction action, CancellationToken cancellationToken)
    {
        // Each step renews the lease.
        var after = action.Then is null ? action.After! : action.After! with { LeaseUntil = time.GetUtcNow() + lease };
        var attempt = 0;
        var outcome = await RetryAsync(
            async () =>
            {
                attempt++;
                var applied = await ledger.ApplyAsync(before, after, cancellationToken).ConfigureAwait(false);
                if (applied != FalApplyOutcome.Conflict || attempt == 1) return applied;
                var isStored = await IsStoredAsync(before, after, cancellationToken).ConfigureAwait(false);
                return isStored ? FalApplyOutcome.Applied : applied;
            },
            cancellationToken).ConfigureAwait(false);
        if (outcome == FalApplyOutcome.Applied) return (after with { Fence = before.Fence + 1 }, action.Then);
        // After a conflict another process has the entry.
        return (before, outcome == FalApplyOutcome.Conflict ? null : new FalChangeRefused(outcome, after));
    }

    /// <summary>
    /// Whether the commit of a change that ended in an error took place. Lease owner and fence tell it from changes of other processes.
    /// </summary>
    private async Task<bool> IsStoredAsync(FalLedgerEntry before, FalLedgerEntry after, CancellationToken cancellationToken)
    {
        var stored = await ledger.FindAsync(before.Id, cancellationToken).ConfigureAwait(false);
        return stored is not null && stored.Fence == before.Fence + 1 && stored.State == after.State && stored.LeaseOwner == after.LeaseOwner
            && stored.IntentAt == after.IntentAt;
    }

    /// <summary>
    /// Stores the token of a job that was just submitted; another process may have the entry by now. It does not stop with the process's stop
    /// signal: a known request id must not be lost.
    /// </summary>
    private async Task KeepAsync(FalLedgerEntry entry, FalJobFound found)
    {
        var isStored = await RetryAsync(
            async () =>
            {
                if (await RecordAsync(entry.Id, stored => stored.SubmitId == entry.SubmitId, found, CancellationToken.None).ConfigureAwait(false))
                    return true;
                // Another process may have found the job in the request list, and may have submitted again after its failure.
                return await ledger.FindByRequestIdAsync(found.Token.RequestId, CancellationToken.None).ConfigureAwait(false) is not null;
            },
            CancellationToken.None).ConfigureAwait(false);
        if (isStored) return;
        throw new FalOutcomeUnknownException(
            $"fal accepted the request of {entry.Batch}/{entry.Key}, but the entry belongs to another submit by now. Keep this exception's Token.")
        {
            Token = found.Token,
            RequestId = found.Token.RequestId,
            EndpointId = entry.EndpointId,
        };
    }

    /// <summary>Calls the ledger again after errors that may pass, until a lease that began with the first call would end.</summary>
    private async Task<T> RetryAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var giveUp = time.GetUtcNow() + lease;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (Exception ex) when (MayPass(ex) && !cancellationToken.IsCancellationRequested && time.GetUtcNow() < giveUp)
            {
                if (attempt == 1) onRetry?.Invoke(ex);
                await Task.Delay(RetryDelay, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // The rules of the ledger throw these two.
    private static bool MayPass(Exception exception) => exception is not (InvalidOperationException or ArgumentException);

    private async Task<FalJobFact?> PerformAsync(FalLedgerEntry entry, FalJobActionKind kind, CancellationToken cancellationToken) => kind switch
    {
        FalJobActionKind.MakeBody => await effects.MakeBodyAsync(entry, cancellationToken).ConfigureAwait(false),
        FalJobActionKind.Submit when time.GetUtcNow() - entry.IntentAt > LongestStall => new FalStepFailed(Stalled),
        // A running submit is waited for before a stop: its answer contains the id of a paid job.
        FalJobActionKind.Submit => await effects.SubmitAsync(entry).ConfigureAwait(false),
        FalJobActionKind.Poll => await effects.PollAsync(entry, cancellationToken).ConfigureAwait(false),
        FalJobActionKind.Save => await effects.SaveAsync(entry, cancellationToken).ConfigureAwait(false),
        FalJobActionKind.Search => await effects.SearchAsync(entry, cancellationToken).ConfigureAwait(false),
        _ => null,
    };
}
