using System.Diagnostics;

namespace Fal;

/// <summary>The status of a job at one moment, from fal's answer.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalJobStatus
{
    /// <summary>The state of the job.</summary>
    public required FalJobState State { get; init; }

    /// <summary>The number of jobs ahead of this one; null if the job is not in the queue or fal's answer has none.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>The model's log lines so far; empty unless logs were requested.</summary>
    public IReadOnlyList<FalLogLine> Logs { get; init; } = [];

    /// <summary>How long the model worked; null until the job has ended, or if fal's answer has no time.</summary>
    public TimeSpan? InferenceTime { get; init; }

    /// <summary>Why the job failed, in fal's words; null while it runs and if it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>The error type, such as <c>runner_disconnected</c>; an open set.</summary>
    public string? ErrorType { get; init; }

    /// <summary>True if the state is final.</summary>
    public bool IsFinal => State.IsFinal;

    /// <summary>True if fal reports a failure. A failed job may have a status without an error: only its result is certain.</summary>
    public bool IsFailed => Error is not null || ErrorType is not null;

    /// <summary>The state, and the queue position or the failure.</summary>
    public override string ToString()
    {
        if (IsFailed) return $"{State} ({ErrorType ?? Error})";
        return QueuePosition is { } position ? $"{State} (position {position})" : State.ToString();
    }
}
