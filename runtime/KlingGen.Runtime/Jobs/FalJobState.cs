using System.Diagnostics;

namespace Fal;

/// <summary>The state of a job. An open enum: a state that fal adds later is kept as it is, and counts as not finished.</summary>
/// <param name="Word">The state as fal writes it in JSON.</param>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct FalJobState(string Word)
{
    /// <summary>Waiting for a runner.</summary>
    public static FalJobState InQueue { get; } = new("IN_QUEUE");

    /// <summary>A runner works on it.</summary>
    public static FalJobState InProgress { get; } = new("IN_PROGRESS");

    /// <summary>Completed: succeeded, failed or cancelled. fal reports one state for the three; the result distinguishes them.</summary>
    public static FalJobState Completed { get; } = new("COMPLETED");

    /// <summary>True once nothing more will happen.</summary>
    public bool IsFinal => Word is "COMPLETED" or "FAILED" or "ERROR" or "CANCELLED" or "CANCELED";

    /// <summary>The state as fal writes it in JSON.</summary>
    public override string ToString() => Word ?? "";
}
