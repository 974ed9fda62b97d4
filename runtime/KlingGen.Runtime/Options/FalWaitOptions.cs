namespace Fal;

/// <summary>How to wait for a job. What is null follows the client's options.</summary>
public record FalWaitOptions
{
    /// <summary>
    /// How long to wait altogether before <c>FalTimeoutException</c>; the job itself goes on unless <see cref="CancelJobOnDeadline"/> says otherwise.
    /// It counts from the call that takes these options: for <c>RunAsync</c> from before the upload, for a job's own methods from their call.
    /// </summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>True asks fal to cancel the job when the deadline passes. Null is false.</summary>
    public bool? CancelJobOnDeadline { get; init; }

    /// <summary>
    /// True asks fal to cancel the job when the caller's token is cancelled while waiting. Null is false: a token stops
    /// the waiting, not the job.
    /// </summary>
    public bool? CancelJobOnCancellation { get; init; }

    /// <summary>
    /// True follows the job over one open connection instead of polling: news arrives at once. Where that connection fails, polling takes over.
    /// Callers that wait for the same job at the same time share one loop, made the way the first one asked.
    /// </summary>
    public bool? StatusStream { get; init; }

    /// <summary>How often to ask.</summary>
    public FalPolling? Polling { get; init; }

    /// <summary>These options, and where they say nothing the others.</summary>
    internal FalWaitOptions Over(FalWaitOptions? others) => new()
    {
        Deadline = Deadline ?? others?.Deadline,
        CancelJobOnDeadline = CancelJobOnDeadline ?? others?.CancelJobOnDeadline,
        CancelJobOnCancellation = CancelJobOnCancellation ?? others?.CancelJobOnCancellation,
        StatusStream = StatusStream ?? others?.StatusStream,
        Polling = Polling ?? others?.Polling,
    };

    internal void Validate()
    {
        // Timers end at about 49 days.
        if (Deadline is { } deadline && (deadline <= TimeSpan.Zero || deadline > TimeSpan.FromDays(45)))
        {
            throw new ArgumentException("FalWaitOptions.Deadline must be more than zero and at most 45 days; null waits without end.");
        }
        Polling?.Validate();
    }
}
