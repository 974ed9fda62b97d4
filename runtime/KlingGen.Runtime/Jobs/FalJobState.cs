using System.Diagnostics;

namespace Fal;

/// <summary>The state of a job, as fal's string. Open set: a state that fal adds later is preserved, and means "not finished yet".</summary>
/// <param name="Word">The string on the wire.</param>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct FalJobState(string Word)
{
    /// <summary>Waiting for a runner.</summary>
    public static FalJobState InQueue { get; } = new("IN_QUEUE");

    /// <summary>A runner processes the job.</summary>
    public static FalJobState InProgress { get; } = new("IN_PROGRESS");

    /// <summary>The job succeeded, failed or was cancelled. fal uses one state for all three; the result distinguishes them.</summary>
    public static FalJobState Completed { get; } = new("COMPLETED");

    /// <summary>True if the state is final.</summary>
    public bool IsFinal => Word is "COMPLETED" or "FAILED" or "ERROR" or "CANCELLED" or "CANCELED";

    /// <summary>The string on the wire.</summary>
    public override string ToString() => Word ?? "";
}
