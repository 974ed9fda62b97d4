namespace Fal;

/// <summary>The outcome of a request to cancel a job.</summary>
public enum FalCancelOutcome
{
    /// <summary>The job was removed from the queue before it started.</summary>
    Cancelled,

    /// <summary>The runner was asked to stop. It may still finish; then the result is available as usual.</summary>
    Requested,

    /// <summary>The job had already ended.</summary>
    AlreadyCompleted,

    /// <summary>fal has no job with this id, or no longer has it.</summary>
    NotFound,
}
