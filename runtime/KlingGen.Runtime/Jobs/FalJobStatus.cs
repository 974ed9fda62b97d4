using System.Diagnostics;

namespace Fal;

/// <summary>The status of a job at one moment, as fal reports it.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalJobStatus
{
    /// <summary>The state of the job.</summary>
    public required FalJobState State { get; init; }

    /// <summary>The number of jobs ahead in the queue; null if the job is not in the queue or fal does not report it.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>What the model wrote so far; empty unless logs were asked for.</summary>
    public IReadOnlyList<FalLogLine> Logs { get; init; } = [];

    /// <summary>The inference time; null until the job is over, and if fal does not report it.</summary>
    public TimeSpan? InferenceTime { get; init; }

    /// <summary>The error message of fal; null while the job runs and when it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>The kind of failure, such as <c>runner_disconnected</c>; an open set.</summary>
    public string? ErrorType { get; init; }

    /// <summary>True once nothing more will happen.</summary>
    public bool IsFinal => State.IsFinal;

    /// <summary>Whether fal reports a failure. A job can fail although the status reports none: only the result is certain.</summary>
    public bool IsFailed => Error is not null || ErrorType is not null;

    /// <summary>The state and the place in the queue or the failure.</summary>
    public override string ToString()
    {
        if (IsFailed) return $"{State} ({ErrorType ?? Error})";
        return QueuePosition is { } position ? $"{State} (position {position})" : State.ToString();
    }
}
