using System.Diagnostics;

namespace Fal;

/// <summary>One line that a running model wrote.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalLogLine
{
    /// <summary>The text.</summary>
    public required string Message { get; init; }

    /// <summary>The time of the line; null if fal reports none or in an unknown format.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The time as fal wrote it.</summary>
    public string? TimestampText { get; init; }

    /// <summary>The log level as fal writes it, such as <c>INFO</c> or <c>STDERR</c>.</summary>
    public string? Level { get; init; }

    /// <summary>The source as fal writes it, such as <c>USER</c>.</summary>
    public string? Source { get; init; }

    /// <summary>The level, if there is one, and the text.</summary>
    public override string ToString() => Level is null ? Message : $"[{Level}] {Message}";
}
