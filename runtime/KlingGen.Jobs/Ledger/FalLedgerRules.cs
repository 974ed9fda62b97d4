using static Fal.Jobs.FalLedgerState;

namespace Fal.Jobs;

/// <summary>The rules of every ledger: which state may follow which, and what a change does to its batch. Pure functions.</summary>
public static class FalLedgerRules
{
    /// <summary>How long the id of a handled webhook is kept: fal sends a webhook again for hours, and it must not be handled twice.</summary>
    public static TimeSpan HandledWebhooksAreKept { get; } = TimeSpan.FromDays(7);

    /// <summary>Refuses a change that no runner may make, such as a second submit without a decision about the first.</summary>
    /// <param name="before">The entry before.</param>
    /// <param name="after">The entry after.</param>
    /// <exception cref="InvalidOperationException">The change is not allowed.</exception>
    public static void ValidateChange(FalLedgerEntry before, FalLedgerEntry after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.Id != after.Id) throw new InvalidOperationException("A change has one entry, not two.");
        if (!IsTransitionAllowed(before.State, after.State))
        {
            throw new InvalidOperationException(
                $"The entry {before.Batch}/{before.Key} cannot go from {FalLedgerText.ToWord(before.State)} to {FalLedgerText.ToWord(after.State)}.");
        }
        var lacks = (after.State, after) switch
        {
            (Submitting, { WireBody: null }) => "the stored wire body",
            (Submitting, { IntentAt: null }) => "the time of its intent",
            (Submitted, { Token: null }) => "the token of its job",
            (Finished or Saved, { Result: null }) => "a result",
            (Failed or Cancelled or Unknown or Paused, { Reason: null }) => "a reason",
            (Saved or Failed or Cancelled, { EndedAt: null }) => "the time of its end",
            _ => null,
        };
        if (lacks is not null)
        {
            throw new InvalidOperationException(
                $"The entry {after.Batch}/{after.Key} cannot be {FalLedgerText.ToWord(after.State)} without {lacks}.");
        }
        if (after is { State: Queued or Uploading or Submitting, Token: not null })
            throw new InvalidOperationException($"The entry {after.Batch}/{after.Key} has a job; its token cannot be followed by another submit.");
    }

    /// <summary>
    /// Whether a state may follow another. Staying in a state is allowed, except in <see cref="Submitting"/> and <see cref="Saved"/>.
    /// </summary>
    /// <param name="from">The state before.</param>
    /// <param name="to">The state after.</param>
    public static bool IsTransitionAllowed(FalLedgerState from, FalLedgerState to) => from switch
    {
        Queued => to is Queued or Uploading or Submitting or Failed or Cancelled or Paused,
        Uploading => to is Queued or Uploading or Submitting or Failed or Cancelled or Paused,
        Submitting => to is Queued or Submitted or Unknown or Failed,
        Submitted => to is Queued or Submitted or Finished or Failed or Cancelled or Unknown,
        Finished => to is Finished or Saved or Failed,
        Unknown => to is Queued or Submitted or Unknown or Failed or Cancelled,
        Failed => to is Queued or Finished or Failed or Cancelled,
        Cancelled => to is Queued or Cancelled,
        Paused => to is Queued or Paused or Cancelled,
        _ => false,
    };

    /// <summary>Whether a change must be checked against the batch, under its lock. Every other change is one update of one row.</summary>
    /// <param name="before">The entry before.</param>
    /// <param name="after">The entry after.</param>
    public static bool AffectsBatch(FalLedgerEntry before, FalLedgerEntry after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return after.State == Submitting || before.Committed != after.Committed || IsFailure(before, after) || IsSuccess(before, after);
    }

    /// <summary>Decides whether a change may be stored, and what the batch is afterwards.</summary>
    /// <param name="batch">The batch as it is stored, under a lock.</param>
    /// <param name="before">The entry before; its fence is the stored one.</param>
    /// <param name="after">The entry after.</param>
    /// <param name="inFlight">
    /// The number of entries of the whole ledger that are submitting or submitted, <paramref name="before"/> included if it is. Needed for a change
    /// to
    /// <see cref="Submitting"/> only, during which no other such change of the ledger may happen.
    /// </param>
    /// <param name="changed">The batch to store; the same object if it did not change.</param>
    public static FalApplyOutcome EvaluateChange(FalBatch batch, FalLedgerEntry before, FalLedgerEntry after, int inFlight, out FalBatch changed)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ValidateChange(before, after);
        changed = batch;
        var committed = batch.Committed - before.Committed + after.Committed;
        if (after.State == Submitting)
        {
            if (batch.State != FalBatchState.Running) return FalApplyOutcome.BatchHalted;
            if (inFlight >= batch.Policy.Window) return FalApplyOutcome.WindowFull;
            if (committed > batch.Policy.Budget) return FalApplyOutcome.OverBudget;
        }
        var failures = IsFailure(before, after) ? batch.ConsecutiveFailures + 1 : IsSuccess(before, after) ? 0 : batch.ConsecutiveFailures;
        if (committed != batch.Committed || failures != batch.ConsecutiveFailures)
            changed = batch with { Committed = committed, ConsecutiveFailures = failures };
        if (failures > batch.ConsecutiveFailures && failures >= batch.Policy.MaxConsecutiveFailures)
        {
            changed = changed.Pause(
                FalPauseKind.ConsecutiveFailures, FormattableString.Invariant($"{failures} entries failed in a row; the last: {after.Reason}"));
        }
        return FalApplyOutcome.Applied;
    }

    /// <summary>Whether nothing was sent: queued, uploading or paused. A stop cancels these entries.</summary>
    /// <param name="state">The state.</param>
    public static bool IsUnsent(FalLedgerState state) => state is Queued or Uploading or Paused;

    /// <summary>Whether a state counts in the window: submitting and submitted.</summary>
    /// <param name="state">The state.</param>
    public static bool IsInFlight(FalLedgerState state) => state is Submitting or Submitted;

    /// <summary>The kind of claim that takes entries in a state; null if none does.</summary>
    /// <param name="state">The state.</param>
    public static FalClaimKind? GetClaimKind(FalLedgerState state) => state switch
    {
        Queued or Uploading => FalClaimKind.New,
        Submitting or Submitted or Finished or Unknown => FalClaimKind.Started,
        _ => null,
    };

    /// <summary>An entry that was not sent, cancelled.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">When.</param>
    public static FalLedgerEntry Cancel(FalLedgerEntry entry, string? reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry with { State = Cancelled, Reason = reason ?? "The batch was stopped.", EndedAt = now, LeaseOwner = null, LeaseUntil = null };
    }

    /// <summary>The error for a batch that a ledger does not have.</summary>
    /// <param name="batch">The name.</param>
    public static ArgumentException CreateBatchNotFound(string batch)
        => new($"The ledger has no batch '{batch}'. Add it with AddBatchAsync.", nameof(batch));

    private static bool IsFailure(FalLedgerEntry before, FalLedgerEntry after)
        => after.State is Failed or Unknown && before.State is not (Failed or Unknown);

    private static bool IsSuccess(FalLedgerEntry before, FalLedgerEntry after) => after.State == Finished && before.State != Finished;
}
