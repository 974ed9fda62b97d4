using System.Diagnostics;

namespace Fal;

/// <summary>What fal says about a job at one moment.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalJobStatus
{
    /// <summary>Where the job stands.</summary>
    public required FalJobState State { get; init; }

    /// <summary>How many jobs are ahead of this one, while it is in the queue and fal says so.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>What the model wrote so far; empty unless logs were asked for.</summary>
    public IReadOnlyList<FalLogLine> Logs { get; init; } = [];

    /// <summary>How long the model worked, once the job is over and fal says so.</summary>
    public TimeSpan? InferenceTime { get; init; }

    /// <summary>Why the job failed, in fal's words; null while it runs and when it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>The kind of failure, such as <c>runner_disconnected</c>; an open set.</summary>
    public string? ErrorType { get; init; }

    /// <summary>True once nothing more will happen.</summary>
    public bool IsFinal => State.IsFinal;

    /// <summary>True if fal reports a failure. A job can also fail without a word here: only its result is certain.</summary>
    public bool IsFailed => Error is not null || ErrorType is not null;

    /// <summary>The state and the place in the queue or the failure.</summary>
    public override string ToString()
    {
        if (IsFailed) return $"{State} ({ErrorType ?? Error})";
        return QueuePosition is { } position ? $"{State} (position {position})" : State.ToString();
    }
}
