using System.Diagnostics;

namespace Fal;

/// <summary>A piece of news about a job: its state or its place in the queue changed, or the model wrote something.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalJobUpdate
{
    /// <summary>The job.</summary>
    public required string RequestId { get; init; }

    /// <summary>The current status. <see cref="FalJobStatus.Logs"/> holds every line so far.</summary>
    public required FalJobStatus Status { get; init; }

    /// <summary>The lines that no earlier update brought.</summary>
    public IReadOnlyList<FalLogLine> NewLogs { get; init; } = [];

    /// <summary>The status, and one line for each new line of the log.</summary>
    public override string ToString() => NewLogs.Count == 0 ? Status.ToString() : $"{Status}{string.Concat(NewLogs.Select(line => "\n  " + line))}";
}
