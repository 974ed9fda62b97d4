using System.Diagnostics;

namespace Fal;

/// <summary>Where a job stands, in fal's own word. Open: a word that fal adds later is carried, and means "not finished yet".</summary>
/// <param name="Word">The word on the wire.</param>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct FalJobState(string Word)
{
    /// <summary>Waiting for a runner.</summary>
    public static FalJobState InQueue { get; } = new("IN_QUEUE");

    /// <summary>A runner works on it.</summary>
    public static FalJobState InProgress { get; } = new("IN_PROGRESS");

    /// <summary>Over: succeeded, failed or cancelled. fal has one word for the three; the result tells which.</summary>
    public static FalJobState Completed { get; } = new("COMPLETED");

    /// <summary>True once nothing more will happen.</summary>
    public bool IsFinal => Word is "COMPLETED" or "FAILED" or "ERROR" or "CANCELLED" or "CANCELED";

    /// <summary>The word on the wire.</summary>
    public override string ToString() => Word ?? "";
}
