namespace Fal.Emulation;

/// <summary>A job at one moment.</summary>
/// <param name="State">Waiting, running or over.</param>
/// <param name="QueuePosition">The place in the queue, while it waits.</param>
/// <param name="Logs">The lines that have appeared, with the moment of each.</param>
/// <param name="End">How it ended.</param>
/// <param name="NextChange">When something changes next by itself; null if nothing will.</param>
internal sealed record JobMoment(
    FalJobState State, int? QueuePosition, IReadOnlyList<(DateTimeOffset At, FalEmulatedLog Line)> Logs, JobEndState End, DateTimeOffset? NextChange)
{
    public bool IsOver => End != JobEndState.None;
}
