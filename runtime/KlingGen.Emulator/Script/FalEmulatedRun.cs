namespace Fal.Emulation;

/// <summary>
/// What becomes of a job: how long it waits and works, what it logs, and how it ends. Times are on the emulator's
/// clock; on a clock of your own the job stands still until you move it. <see cref="Timeout.InfiniteTimeSpan"/> is
/// allowed wherever a time is.
/// </summary>
/// <example><code>
/// fal.Script.For("fal-ai/kling-video/**", new FalEmulatedRun
/// {
///     QueuePositions = [2, 1, 0],
///     Duration = TimeSpan.FromMinutes(2),
///     Logs = ["Loading the model", new("half way") { At = TimeSpan.FromMinutes(1) }],
///     Failure = FalEmulatedFailure.ByFal("runner_disconnected"),
/// });
/// </code></example>
public sealed record FalEmulatedRun
{
    /// <summary>The job that is run where the script says nothing: a short wait, a second and a half of work, a progress line four times.</summary>
    public static FalEmulatedRun Default { get; } = new();

    /// <summary>A job that has completed before its first status call.</summary>
    public static FalEmulatedRun Instant { get; } = new() { QueuePositions = [], Duration = TimeSpan.Zero, Logs = [] };

    /// <summary>The places that the job takes in the queue, one after the other; empty if it starts at once.</summary>
    public IReadOnlyList<int> QueuePositions { get; init; } = [1, 0];

    /// <summary>How long the job stays at each place.</summary>
    public TimeSpan PositionTime { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long it works, also when it fails at the end.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>What it logs. The default is a bar, drawn as Python's progress bars are.</summary>
    public IReadOnlyList<FalEmulatedLog> Logs { get; init; } = ProgressLines.Default;

    /// <summary>How it fails; null if it succeeds.</summary>
    public FalEmulatedFailure? Failure { get; init; }

    /// <summary>The result as JSON text; when null, one is made from the endpoint's document.</summary>
    public string? Result { get; init; }

    /// <summary>What a model stream shows before the result, each as JSON text, spread evenly over <see cref="Duration"/>.</summary>
    public IReadOnlyList<string> Partials { get; init; } = [];

    /// <summary>What the status reports as <c>metrics.inference_time</c>, in seconds; when null, <see cref="Duration"/>.</summary>
    public double? InferenceSeconds { get; init; }

    /// <summary>What the job costs, in units, as the header <c>x-fal-billable-units</c> of the result says.</summary>
    public decimal BillableUnits { get; init; } = 1;

    /// <summary>How long the job still works after it was asked to stop; when null, it does not listen and ends as it would have.</summary>
    public TimeSpan? StopTime { get; init; } = TimeSpan.Zero;

    /// <summary>This run, if its times can pass.</summary>
    /// <exception cref="ArgumentException">A time is negative.</exception>
    internal FalEmulatedRun Checked()
    {
        Require(PositionTime, nameof(PositionTime));
        Require(Duration, nameof(Duration));
        if (StopTime is { } stop) Require(stop, nameof(StopTime));
        foreach (var line in Logs) if (line.At is { } at) Require(at, $"{nameof(Logs)}.{nameof(line.At)}");
        return this;

        static void Require(TimeSpan time, string name)
        {
            if (time >= TimeSpan.Zero || time == Timeout.InfiniteTimeSpan) return;
            throw new ArgumentException($"FalEmulatedRun.{name} must not be negative; Timeout.InfiniteTimeSpan is for ever.");
        }
    }
}
