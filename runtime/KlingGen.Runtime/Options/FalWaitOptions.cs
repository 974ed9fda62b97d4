namespace Fal;

/// <summary>Options for waiting for a job. For a null option, the client's options apply.</summary>
public record FalWaitOptions
{
    /// <summary>
    /// Deadline of the whole wait, after which <c>FalTimeoutException</c> is thrown. The job itself continues unless
    /// <see cref="CancelJobOnDeadline"/> is true. The deadline counts from the call that takes these options: for
    /// <c>RunAsync</c> from before the upload, for a job's own methods from their call.
    /// </summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>True sends a cancel request to fal when the deadline passes. Null is false.</summary>
    public bool? CancelJobOnDeadline { get; init; }

    /// <summary>
    /// True sends a cancel request to fal when the caller's token is cancelled during the wait. Null is false: a token stops the
    /// wait, not the job.
    /// </summary>
    public bool? CancelJobOnCancellation { get; init; }

    /// <summary>
    /// True follows the job over one open connection instead of polling: updates arrive at once. If that connection fails,
    /// polling is used. Callers that wait for the same job at the same time share one loop, with the options of the first
    /// caller.
    /// </summary>
    public bool? StatusStream { get; init; }

    /// <summary>The polling intervals.</summary>
    public FalPolling? Polling { get; init; }

    internal static FalWaitOptions Default { get; } = new();

    /// <summary>Returns these options without those that cancel the job.</summary>
    internal FalWaitOptions WithoutCancellation()
        => CancelJobOnDeadline is null && CancelJobOnCancellation is null
            ? this
            : this with { CancelJobOnDeadline = null, CancelJobOnCancellation = null };

    /// <summary>Returns these options, with the other options' values for those that are null.</summary>
    internal FalWaitOptions WithDefaults(FalWaitOptions others) => new()
    {
        Deadline = Deadline ?? others.Deadline,
        CancelJobOnDeadline = CancelJobOnDeadline ?? others.CancelJobOnDeadline,
        CancelJobOnCancellation = CancelJobOnCancellation ?? others.CancelJobOnCancellation,
        StatusStream = StatusStream ?? others.StatusStream,
        Polling = Polling ?? others.Polling,
    };

    internal void Validate()
    {
        OptionRules.RequireLimit(Deadline, "FalWaitOptions.Deadline");
        Polling?.Validate();
    }
}
