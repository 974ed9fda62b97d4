using System.Diagnostics;

namespace Fal;

/// <summary>An update of a job: its state or queue position changed, or the model wrote log lines.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalJobUpdate
{
    /// <summary>The job.</summary>
    public required string RequestId { get; init; }

    /// <summary>The current status. <see cref="FalJobStatus.Logs"/> contains every line so far.</summary>
    public required FalJobStatus Status { get; init; }

    /// <summary>The log lines that were in no earlier update.</summary>
    public IReadOnlyList<FalLogLine> NewLogs { get; init; } = [];

    /// <summary>The status, and one line for each new line of the log.</summary>
    public override string ToString() => NewLogs.Count == 0 ? Status.ToString() : $"{Status}{string.Concat(NewLogs.Select(line => "\n  " + line))}";
}
