namespace Fal.Emulation;

/// <summary>Everything that decides what a job's state is at a given moment.</summary>
/// <param name="Run">What the script wants.</param>
/// <param name="SubmittedAt">When the job was taken.</param>
/// <param name="StartTimeout">How long it may wait before it starts; null for ever.</param>
/// <param name="Refused">Whether the model refuses the request as soon as it sees it.</param>
/// <param name="CancelledAt">When cancellation was requested.</param>
internal sealed record JobFacts(
    FalEmulatedRun Run, DateTimeOffset SubmittedAt, TimeSpan? StartTimeout = null, bool Refused = false, DateTimeOffset? CancelledAt = null);
