using System.Diagnostics;

namespace Fal;

/// <summary>One log line of a running model.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalLogLine
{
    /// <summary>The message.</summary>
    public required string Message { get; init; }

    /// <summary>The time of the line; null if fal's answer has none in a readable format.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The time as fal's string.</summary>
    public string? TimestampText { get; init; }

    /// <summary>The severity, as fal's string, such as <c>INFO</c> or <c>STDERR</c>.</summary>
    public string? Level { get; init; }

    /// <summary>The source of the line, as fal's string, such as <c>USER</c>.</summary>
    public string? Source { get; init; }

    /// <summary>The level, if there is one, and the message.</summary>
    public override string ToString() => Level is null ? Message : $"[{Level}] {Message}";
}
