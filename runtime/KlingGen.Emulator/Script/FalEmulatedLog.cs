namespace Fal.Emulation;

/// <summary>A log line of an emulated job. A string converts to one: <c>Logs = ["loading", "50%"]</c>.</summary>
/// <param name="Message">The message.</param>
public sealed record FalEmulatedLog(string Message)
{
    /// <summary>
    /// The time of the line, relative to the start of the run. Lines whose time is null are spread evenly over the run.
    /// </summary>
    public TimeSpan? At { get; init; }

    /// <summary>The log level: <c>INFO</c>, <c>STDOUT</c>, <c>STDERR</c>, <c>ERROR</c>, <c>WARN</c> or <c>DEBUG</c>.</summary>
    public string Level { get; init; } = "INFO";

    /// <summary>Creates a line of the level <c>INFO</c>.</summary>
    public static implicit operator FalEmulatedLog(string message) => new(message);

    /// <summary>Creates a line of the level <c>INFO</c>.</summary>
    public static FalEmulatedLog FromString(string message) => new(message);
}
