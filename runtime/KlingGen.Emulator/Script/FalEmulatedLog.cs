namespace Fal.Emulation;

/// <summary>A line that an emulated job logs. A plain text converts to one: <c>Logs = ["loading", "50%"]</c>.</summary>
/// <param name="Message">What the line says.</param>
public sealed record FalEmulatedLog(string Message)
{
    /// <summary>
    /// When the line appears, counted from the moment at which the job starts to run. When null, such lines spread
    /// evenly over the run.
    /// </summary>
    public TimeSpan? At { get; init; }

    /// <summary>fal's word for the kind of line: <c>INFO</c>, <c>STDOUT</c>, <c>STDERR</c>, <c>ERROR</c>, <c>WARN</c> or <c>DEBUG</c>.</summary>
    public string Level { get; init; } = "INFO";

    /// <summary>A line of the level <c>INFO</c>.</summary>
    public static implicit operator FalEmulatedLog(string message) => new(message);

    /// <summary>A line of the level <c>INFO</c>.</summary>
    public static FalEmulatedLog FromString(string message) => new(message);
}
