using static Fal.Jobs.FalLedgerState;

namespace Fal.Jobs;

/// <summary>
/// The state machine of an entry, as a pure function: from the entry, its batch, a new fact and the time to the next action. It reads no clock and
/// calls nothing, so that random schedules can test it.
/// </summary>
public static class FalJobStep
{
    /// <summary>The minimum lifetime of an upload at fal. An older one is repeated.</summary>
    public static readonly TimeSpan UploadLifetime = TimeSpan.FromHours(24);

    // With the backoff between them, these attempts take 17 minutes: longer than a new job needs to appear and a proxy in front of fal to recover.
    private const int MaxJobNotFound = 10;

    private const string DecideText =
        "To decide, use 'klinggen batch resolve' or FalJobDecisions: name the request id, submit again (which may pay twice), or cancel.";

    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PausedWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DayWait = TimeSpan.FromDays(1);

    /// <summary>Decides what to do next.</summary>
    /// <param name="entry">The entry as it is stored.</param>
    /// <param name="batch">Its batch.</param>
    /// <param name="fact">What became known.</param>
    /// <param name="now">The time.</param>
    public static FalJobAction Decide(FalLedgerEntry entry, FalBatch batch, FalJobFact fact, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(batch);
        return fact switch
        {
            FalEntryClaimed claimed => DecideClaimed(entry, batch, claimed, now),
            FalBodyMade made => StoreIntent(entry with { Media = made.Media, WireBody = made.WireBody }, now),
            FalIntentStored when entry.State == Submitting => new FalJobAction(FalJobActionKind.Submit),
            FalChangeRefused refused => HandleRefusedChange(entry, batch, refused, now),
            FalJobFound found => StoreFoundJob(entry, found.Token, now),
            FalJobNotFound missing => HandleMissingJob(entry, batch.Policy, missing.Summary, now),
            FalJobRunning or FalJobSucceeded when entry is { State: Unknown, Token: { } token } => StoreFoundJob(entry, token, now),
            FalJobRunning => Store(ClearError(entry) with { DueAt = now + PollDelay(entry, now) }),
            FalJobSucceeded succeeded => HandleSuccess(entry, succeeded, now),
            FalFilesSaved saved => Store(ClearError(entry) with { State = Saved, Files = saved.Files, EndedAt = now }),
            FalStepFailed failed => HandleFailure(entry, batch.Policy, failed.Error, now),
            _ => throw new ArgumentException("The fact does not fit the entry.", nameof(fact)),
        };
    }

    private static FalJobAction DecideClaimed(FalLedgerEntry entry, FalBatch batch, FalEntryClaimed claimed, DateTimeOffset now) => entry.State switch
    {
        Queued or Uploading => DecideUnsent(entry, batch, claimed, now),
        // The process that stored the intent did not store its outcome: it may have died after the submit.
        Submitting => Store(entry with
        {
            State = Unknown,
            DueAt = now,
            Retries = 0,
            ErrorKind = "lost_answer",
            Reason = "The process stopped between the intent and the answer to the submit; a job may be running.",
        }),
        Submitted => new FalJobAction(FalJobActionKind.Poll),
        Finished => new FalJobAction(FalJobActionKind.Save),
        Unknown => new FalJobAction(entry.Token is null ? FalJobActionKind.Search : FalJobActionKind.Poll),
        _ => new FalJobAction(FalJobActionKind.Drop),
    };

    private static FalJobAction DecideUnsent(FalLedgerEntry entry, FalBatch batch, FalEntryClaimed claimed, DateTimeOffset now)
    {
        if (batch.State == FalBatchState.Stopped) return Store(FalLedgerRules.Cancel(entry, batch.Reason, now));
        if (batch.State == FalBatchState.Paused) return Store(entry with { DueAt = now });
        entry = entry with { Estimate = claimed.Estimate is { } most ? Round(most) : null };
        if (entry.Estimate is null && batch.Policy is { Budget: not null, AllowUnknownCost: false })
        {
            return Pause(entry with { DueAt = now }, FalPauseKind.UnknownPrice, FormattableString.Invariant(
                $"The cost of {entry.EndpointId} is not known, and the batch has a budget. {claimed.PriceReason}"));
        }
        var needsUpload = entry.Media.Any(media => media.Url is null || now - media.UploadedAt >= UploadLifetime);
        if (entry.WireBody is not null && !needsUpload) return StoreIntent(entry, now);
        if (entry.Media.Count == 0) return new FalJobAction(FalJobActionKind.MakeBody) { After = entry };
        // Repeatable, and it costs nothing; the state shows that the entry is being worked on.
        return entry.State == Uploading
            ? new FalJobAction(FalJobActionKind.MakeBody) { After = entry }
            : new FalJobAction(FalJobActionKind.Store) { After = entry with { State = Uploading, WireBody = null }, Then = claimed };
    }

    private static FalJobAction StoreIntent(FalLedgerEntry entry, DateTimeOffset now) => new(FalJobActionKind.Store)
    {
        After = entry with
        {
            State = Submitting,
            IntentAt = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
            Attempts = entry.Attempts + 1,
            Committed = Round(entry.Cost + (entry.Estimate ?? 0)),
            Reason = null,
            ErrorKind = null,
        },
        Then = new FalIntentStored(),
    };

    private static FalJobAction HandleRefusedChange(FalLedgerEntry entry, FalBatch batch, FalChangeRefused refused, DateTimeOffset now)
    {
        // What the intent would have stored besides: the uploads and the body.
        var kept = entry with { Media = refused.Wanted.Media, WireBody = refused.Wanted.WireBody, Estimate = refused.Wanted.Estimate };
        return refused.Outcome switch
        {
            FalApplyOutcome.WindowFull => Store(kept with { DueAt = now + ShortWait }),
            FalApplyOutcome.BatchHalted => Store(kept with { DueAt = now }),
            FalApplyOutcome.OverBudget => Pause(kept with { DueAt = now }, FalPauseKind.Budget, FormattableString.Invariant(
                $"The budget of {batch.Policy.Budget} does not suffice: {batch.Committed} is committed, and one entry more costs {entry.Estimate}.")),
            // Another entry with the same body was matched with this job; the job of that one may still be found.
            FalApplyOutcome.RequestIdTaken => Store(MarkUnknown(entry, "duplicate_request_id", "Another entry has the job that was found.", now)),
            _ => new FalJobAction(FalJobActionKind.Drop),
        };
    }

    private static FalJobAction StoreFoundJob(FalLedgerEntry entry, FalJobToken token, DateTimeOffset now) => entry.State switch
    {
        Submitting or Unknown => Store(entry with
        {
            State = Submitted,
            Token = token,
            SubmittedAt = token.SubmittedAt ?? entry.IntentAt ?? now,
            DueAt = now + (entry.State == Unknown ? TimeSpan.Zero : ShortWait),
            Retries = 0,
            Reason = null,
            ErrorKind = null,
        }),
        // A process that polls now sees the end.
        Submitted when entry.RequestId == token.RequestId && entry.DueAt > now && !(entry.LeaseUntil > now) => Store(entry with { DueAt = now }),
        _ => new FalJobAction(FalJobActionKind.Drop),
    };

    private static FalJobAction HandleMissingJob(FalLedgerEntry entry, FalJobPolicy policy, string summary, DateTimeOffset now)
    {
        if (entry.State != Unknown) return new FalJobAction(FalJobActionKind.Drop);
        if (now - (entry.IntentAt ?? entry.AddedAt) < policy.UnknownHorizon)
            return RetryLater(entry, $"{summary}. It is looked for again. {DecideText}", entry.ErrorKind, now, null);
        // A job with a request id was accepted and may have been charged: only a person may decide to submit it again.
        return policy.UnknownPolicy == FalUnknownPolicy.ResubmitAfterHorizon && entry.Token is null
            ? Store(FalJobDecisions.Requeue(entry, now))
            : Store(entry with
            {
                DueAt = now + DayWait,
                Reason = $"{summary}. {DecideText}",
            });
    }

    private static FalJobAction HandleSuccess(FalLedgerEntry entry, FalJobSucceeded succeeded, DateTimeOffset now)
    {
        var charged = AddCost(entry, succeeded.Cost, isUncharged: false);
        return new FalJobAction(FalJobActionKind.Store)
        {
            After = ClearError(charged) with { State = Finished, Result = succeeded.Result, FinishedAt = now, DueAt = now },
            Then = new FalEntryClaimed(),
        };
    }

    private static FalJobAction HandleFailure(FalLedgerEntry entry, FalJobPolicy policy, FalJobError error, DateTimeOffset now) => entry.State switch
    {
        Queued or Uploading => HandleUploadFailure(entry, policy, error, now),
        Submitting => HandleSubmitFailure(entry, policy, error, now),
        Submitted => HandleJobFailure(entry, policy, error, now),
        Finished => HandleSaveFailure(entry, policy, error, now),
        Unknown => HandleSearchFailure(entry, policy, error, now),
        _ => new FalJobAction(FalJobActionKind.Drop),
    };

    private static FalJobAction HandleUploadFailure(FalLedgerEntry entry, FalJobPolicy policy, FalJobError error, DateTimeOffset now)
        => error.Class switch
        {
            FalJobErrorClass.AccountLocked or FalJobErrorClass.WrongKey or FalJobErrorClass.OverBudget
                => PauseForError(entry with { DueAt = now }, error),
            FalJobErrorClass.Refused => Fail(entry, error, now),
            _ => RetryOrFail(entry, policy, error, now),
        };

    private static FalJobAction HandleSubmitFailure(FalLedgerEntry entry, FalJobPolicy policy, FalJobError error, DateTimeOffset now)
    {
        // Everything that is not known to be a refusal may have arrived.
        var isRefusal = error.Class is FalJobErrorClass.AccountLocked or FalJobErrorClass.WrongKey or FalJobErrorClass.OverBudget
            || error.Class == FalJobErrorClass.Refused
            || (error.Class == FalJobErrorClass.Temporary && error.IsUncharged);
        if (!isRefusal) return Store(MarkUnknown(entry, error.Kind, error.Message, now));
        var free = entry with { State = Queued, Attempts = entry.Attempts - 1, Committed = entry.Cost, IntentAt = null };
        return error.Class switch
        {
            FalJobErrorClass.Refused => Fail(free, error, now),
            FalJobErrorClass.Temporary => RetryOrFail(free, policy, error, now),
            _ => PauseForError(free with { DueAt = now }, error),
        };
    }

    private static FalJobAction HandleJobFailure(FalLedgerEntry entry, FalJobPolicy policy, FalJobError error, DateTimeOffset now)
    {
        switch (error.Class)
        {
            case FalJobErrorClass.JobTransient when entry.Attempts < policy.MaxAttempts:
                var again = WithoutJob(AddCost(entry, error.Cost, error.IsUncharged)) with { State = Queued, Retries = entry.Attempts };
                return RetryLater(again, error.Message, error.Kind, now, null);
            case FalJobErrorClass.JobTransient or FalJobErrorClass.JobFailed or FalJobErrorClass.Refused:
                return Fail(AddCost(entry, error.Cost, error.IsUncharged) with { FinishedAt = now }, error, now);
            case FalJobErrorClass.JobCancelled:
                return Store(AddCost(entry, error.Cost, isUncharged: false) with
                {
                    State = Cancelled,
                    FinishedAt = now,
                    EndedAt = now,
                    ErrorKind = error.Kind,
                    Reason = error.Message,
                });
            case FalJobErrorClass.AccountLocked or FalJobErrorClass.WrongKey:
                return PauseForError(entry with { DueAt = now + PausedWait }, error);
            case FalJobErrorClass.JobNotFound:
                return HandleJobNotFound(entry, error, now);
            default:
                return RetryLater(entry, error.Message, error.Kind, now, error.RetryAfter);
        }
    }

    // Retries counts errors of any kind, so another error begins the count of 404 answers again.
    private static FalJobAction HandleJobNotFound(FalLedgerEntry entry, FalJobError error, DateTimeOffset now)
    {
        if (entry.ErrorKind != error.Kind) entry = entry with { Retries = 0 };
        if (entry.Retries + 1 < MaxJobNotFound) return RetryLater(entry, error.Message, error.Kind, now, null);
        return RetryLater(entry with { State = Unknown }, $"{NotFoundSummary(entry)}. {DecideText}", error.Kind, now, null);
    }

    private static FalJobAction HandleSearchFailure(FalLedgerEntry entry, FalJobPolicy policy, FalJobError error, DateTimeOffset now)
        => error.Class switch
        {
            FalJobErrorClass.AccountLocked or FalJobErrorClass.WrongKey => PauseForError(entry with { DueAt = now + PausedWait }, error),
            FalJobErrorClass.JobNotFound => HandleMissingJob(entry, policy, NotFoundSummary(entry), now),
            // fal has the job again; the next poll reads how it failed and what it cost.
            FalJobErrorClass.JobTransient or FalJobErrorClass.JobFailed or FalJobErrorClass.JobCancelled when entry.Token is { } token
                => StoreFoundJob(entry, token, now),
            _ => RetryLater(entry, error.Message, error.Kind, now, error.RetryAfter),
        };

    private static string NotFoundSummary(FalLedgerEntry entry)
        => $"fal does not find the job {entry.RequestId} (HTTP 404): it has expired, or it belongs to another account";

    private static FalJobAction HandleSaveFailure(FalLedgerEntry entry, FalJobPolicy policy, FalJobError error, DateTimeOffset now)
        => error.Class switch
        {
            FalJobErrorClass.DiskFull or FalJobErrorClass.AccountLocked or FalJobErrorClass.WrongKey
                => PauseForError(entry with { DueAt = now + PausedWait }, error),
            _ => RetryOrFail(entry, policy, error, now),
        };

    private static FalJobAction RetryOrFail(FalLedgerEntry entry, FalJobPolicy policy, FalJobError error, DateTimeOffset now)
        => entry.Retries >= policy.MaxRetries ? Fail(entry, error, now) : RetryLater(entry, error.Message, error.Kind, now, error.RetryAfter);

    private static FalJobAction RetryLater(FalLedgerEntry entry, string reason, string? kind, DateTimeOffset now, TimeSpan? retryAfter)
    {
        var backoff = FirstBackoff * Math.Pow(2, Math.Min(entry.Retries, 10));
        if (backoff > LongestBackoff) backoff = LongestBackoff;
        if (retryAfter > backoff) backoff = retryAfter.Value;
        return Store(entry with { Retries = entry.Retries + 1, DueAt = now + backoff, Reason = reason, ErrorKind = kind });
    }

    private static FalJobAction Fail(FalLedgerEntry entry, FalJobError error, DateTimeOffset now)
        => Store(entry with { State = FalLedgerState.Failed, EndedAt = now, ErrorKind = error.Kind, Reason = error.Message });

    private static FalLedgerEntry MarkUnknown(FalLedgerEntry entry, string kind, string reason, DateTimeOffset now)
        => entry with { State = Unknown, DueAt = now + FirstBackoff, Retries = 0, ErrorKind = kind, Reason = reason };

    private static FalJobAction PauseForError(FalLedgerEntry entry, FalJobError error) => Pause(
        entry with { ErrorKind = error.Kind, Reason = error.Message },
        error.Class switch
        {
            FalJobErrorClass.AccountLocked => FalPauseKind.AccountLocked,
            FalJobErrorClass.DiskFull => FalPauseKind.DiskFull,
            FalJobErrorClass.OverBudget => FalPauseKind.Budget,
            _ => FalPauseKind.WrongKey,
        },
        error.Message);

    private static FalJobAction Pause(FalLedgerEntry entry, FalPauseKind kind, string reason)
        => Store(entry) with { Pause = kind, PauseReason = reason };

    // The lease ends with the work.
    private static FalJobAction Store(FalLedgerEntry entry)
        => new(FalJobActionKind.Store) { After = entry with { LeaseOwner = null, LeaseUntil = null } };

    private static FalLedgerEntry ClearError(FalLedgerEntry entry) => entry with { Retries = 0, Reason = null, ErrorKind = null };

    private static FalLedgerEntry AddCost(FalLedgerEntry entry, decimal? cost, bool isUncharged)
    {
        var total = Round(entry.Cost + (cost ?? (isUncharged ? 0 : entry.Estimate ?? 0)));
        return entry with { Cost = total, Committed = total, IsCostEstimated = entry.IsCostEstimated || (cost is null && !isUncharged) };
    }

    private static TimeSpan PollDelay(FalLedgerEntry entry, DateTimeOffset now)
    {
        var quarter = (now - (entry.SubmittedAt ?? now)) / 4;
        return quarter < ShortWait ? ShortWait : quarter > LongestPoll ? LongestPoll : quarter;
    }

    /// <summary>The entry after its job failed: another submit may follow, and the job is remembered as a former one.</summary>
    internal static FalLedgerEntry WithoutJob(FalLedgerEntry entry) => entry with
    {
        FormerRequestIds = entry.RequestId is { } former ? [.. entry.FormerRequestIds, former] : entry.FormerRequestIds,
        Token = null,
        SubmittedAt = null,
        IntentAt = null,
        Result = null,
    };

    internal static decimal Round(decimal cost) => decimal.Ceiling(cost * 1_000_000m) / 1_000_000m;
}
