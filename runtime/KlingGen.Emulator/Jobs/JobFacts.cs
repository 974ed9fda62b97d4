namespace Fal.Emulation;

/// <summary>The immutable data from which a job's state at any time is computed.</summary>
/// <param name="Run">The scripted run.</param>
/// <param name="SubmittedAt">The time of the submit.</param>
/// <param name="StartTimeout">The maximum time before the start; null for no limit.</param>
/// <param name="Refused">Whether the model rejects the request when the job starts.</param>
/// <param name="CancelledAt">The time of the cancellation request.</param>
internal sealed record JobFacts(
    FalEmulatedRun Run, DateTimeOffset SubmittedAt, TimeSpan? StartTimeout = null, bool Refused = false, DateTimeOffset? CancelledAt = null);
