namespace Fal;

/// <summary>What became of a request to cancel a job.</summary>
public enum FalCancelOutcome
{
    /// <summary>The job was taken out of the queue before it started.</summary>
    Cancelled,

    /// <summary>The runner was asked to stop; it may still finish, and then the result is there as usual.</summary>
    Requested,

    /// <summary>The job was over already.</summary>
    AlreadyCompleted,

    /// <summary>fal has no such job, or no longer has it.</summary>
    NotFound,
}
