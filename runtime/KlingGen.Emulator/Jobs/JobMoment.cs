namespace Fal.Emulation;

/// <summary>The state of a job at one time.</summary>
/// <param name="State">Queued, running or completed.</param>
/// <param name="QueuePosition">The position in the queue while it is queued.</param>
/// <param name="Logs">The log lines so far, with their times.</param>
/// <param name="End">The outcome.</param>
/// <param name="NextChange">The time of the next change; null if there is none.</param>
internal sealed record JobMoment(
    FalJobState State, int? QueuePosition, IReadOnlyList<(DateTimeOffset At, FalEmulatedLog Line)> Logs, JobEndState End, DateTimeOffset? NextChange)
{
    public bool IsOver => End != JobEndState.None;
}
