using static Fal.Jobs.FalLedgerState;

namespace Fal.Jobs;

/// <summary>What a person decides about an entry: pure functions whose result <see cref="IFalLedger.ApplyAsync"/> stores.</summary>
public static class FalJobDecisions
{
    /// <summary>
    /// Retries an entry. A failed entry whose job has a result is saved again, which costs nothing; every other failed, cancelled or
    /// paused entry is queued for a new submit.
    /// </summary>
    /// <param name="entry">A failed, cancelled or paused entry.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidOperationException">The entry is in another state. An unknown entry needs <see cref="Requeue"/>.</exception>
    public static FalLedgerEntry Retry(FalLedgerEntry entry, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.State is not (Failed or Cancelled or Paused)) throw NotNow(entry, "retried");
        if (entry is { State: Failed, Token: not null, Result: not null })
        {
            return Free(entry, now) with { State = Finished, EndedAt = null };
        }
        return FalJobStep.WithoutJob(Free(entry, now)) with { State = Queued, FinishedAt = null, EndedAt = null, Attempts = 0 };
    }

    /// <summary>
    /// Queues an entry whose outcome is unknown for another submit. This may pay twice, so its estimate counts as spent.
    /// </summary>
    /// <param name="entry">An unknown entry.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidOperationException">The entry is in another state.</exception>
    public static FalLedgerEntry Requeue(FalLedgerEntry entry, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.State != Unknown) throw NotNow(entry, "queued again");
        return FalJobStep.WithoutJob(Spent(Free(entry, now))) with { State = Queued };
    }

    /// <summary>Sets the job of an unknown entry.</summary>
    /// <param name="entry">An unknown entry.</param>
    /// <param name="token">The token; of a request id with <c>client.Endpoint(entry.EndpointId).Resume(requestId).ToToken()</c>.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidOperationException">The entry is in another state.</exception>
    public static FalLedgerEntry Resolve(FalLedgerEntry entry, FalJobToken token, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(token);
        if (entry.State != Unknown) throw NotNow(entry, "resolved");
        if (entry.RequestId is { } former && former != token.RequestId) entry = entry with { FormerRequestIds = [.. entry.FormerRequestIds, former] };
        return Free(entry, now) with { State = Submitted, Token = token, SubmittedAt = token.SubmittedAt ?? entry.IntentAt ?? now };
    }

    /// <summary>
    /// Cancels an entry. The estimate of an unknown one counts as spent. A running job is cancelled with <c>FalJob.CancelAsync</c> instead.
    /// </summary>
    /// <param name="entry">An entry that was not sent, failed or is unknown.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidOperationException">The entry is in another state.</exception>
    public static FalLedgerEntry Cancel(FalLedgerEntry entry, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!FalLedgerRules.IsUnsent(entry.State) && entry.State is not (Failed or Unknown)) throw NotNow(entry, "cancelled");
        return FalLedgerRules.Cancel(entry.State == Unknown ? Spent(entry) : entry, reason, now);
    }

    /// <summary>Holds an entry back that was not sent.</summary>
    /// <param name="entry">A queued or uploading entry.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="InvalidOperationException">The entry is in another state.</exception>
    public static FalLedgerEntry Pause(FalLedgerEntry entry, string reason)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!FalLedgerRules.IsUnsent(entry.State)) throw NotNow(entry, "paused");
        return entry with { State = Paused, Reason = reason, LeaseOwner = null, LeaseUntil = null };
    }

    private static FalLedgerEntry Free(FalLedgerEntry entry, DateTimeOffset now)
        => entry with { DueAt = now, Retries = 0, Reason = null, ErrorKind = null, LeaseOwner = null, LeaseUntil = null };

    private static FalLedgerEntry Spent(FalLedgerEntry entry)
    {
        var total = FalJobStep.Round(entry.Cost + (entry.Estimate ?? 0));
        return entry with { Cost = total, Committed = total, IsCostEstimated = true };
    }

    private static InvalidOperationException NotNow(FalLedgerEntry entry, string what)
        => new($"The entry {entry.Batch}/{entry.Key} is {FalLedgerText.ToWord(entry.State)} and cannot be {what}.");
}
