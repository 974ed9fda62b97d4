namespace Fal.Jobs;

/// <summary>What became known of an entry since it was read: the input of <see cref="FalJobStep.Decide"/>.</summary>
public abstract record FalJobFact
{
    private protected FalJobFact()
    {
    }
}

/// <summary>The entry was claimed, and nothing else is known.</summary>
/// <param name="Estimate">The most that a submit costs; null where the price list does not know. Needed for entries that were not sent.</param>
/// <param name="PriceReason">Why the estimate is not known.</param>
public sealed record FalEntryClaimed(decimal? Estimate = null, string? PriceReason = null) : FalJobFact;

/// <summary>The local media have URLs, and the body of the submit is complete.</summary>
/// <param name="Media">The media with their URLs.</param>
/// <param name="WireBody">The body.</param>
public sealed record FalBodyMade(IReadOnlyList<FalMediaReference> Media, string WireBody) : FalJobFact;

/// <summary>This process stored the intent, with the fence that the entry has now.</summary>
public sealed record FalIntentStored : FalJobFact;

/// <summary>The ledger refused a change.</summary>
/// <param name="Outcome">Why.</param>
/// <param name="Wanted">The entry as it should have become.</param>
public sealed record FalChangeRefused(FalApplyOutcome Outcome, FalLedgerEntry Wanted) : FalJobFact;

/// <summary>The job of the entry is known: from the answer to the submit, a webhook, or the request list.</summary>
/// <param name="Token">The token.</param>
public sealed record FalJobFound(FalJobToken Token) : FalJobFact;

/// <summary>The request list has no job for the entry, as far as it can be compared.</summary>
/// <param name="Summary">What was looked through.</param>
public sealed record FalJobNotFound(string Summary) : FalJobFact;

/// <summary>The job has not ended.</summary>
public sealed record FalJobRunning : FalJobFact;

/// <summary>The job has a result.</summary>
/// <param name="Result">The result as JSON.</param>
/// <param name="Cost">What it cost; null where this is not known.</param>
public sealed record FalJobSucceeded(string Result, decimal? Cost) : FalJobFact;

/// <summary>The files are saved.</summary>
/// <param name="Files">Their paths.</param>
public sealed record FalFilesSaved(IReadOnlyList<string> Files) : FalJobFact;

/// <summary>The step failed.</summary>
/// <param name="Error">How.</param>
public sealed record FalStepFailed(FalJobError Error) : FalJobFact;
