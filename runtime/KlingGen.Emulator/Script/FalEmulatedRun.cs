namespace Fal.Emulation;

/// <summary>
/// The run of an emulated job: its time in the queue, its duration, its log lines and its outcome. Times are on the
/// emulator's clock; with your own clock, the job advances only when you advance it. Every time can be
/// <see cref="Timeout.InfiniteTimeSpan"/>.
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
    private const int MostDays = 10_000;

    /// <summary>The default run: a short time in the queue, 1.5 seconds of work, four progress lines.</summary>
    public static FalEmulatedRun Default { get; } = new();

    /// <summary>A run that completes before the first status call.</summary>
    public static FalEmulatedRun Instant { get; } = new() { QueuePositions = [], Duration = TimeSpan.Zero, Logs = [] };

    /// <summary>The positions of the job in the queue, one after the other; empty if it starts at once.</summary>
    public IReadOnlyList<int> QueuePositions { get; init; } = [1, 0];

    /// <summary>The time at each position.</summary>
    public TimeSpan PositionTime { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The duration of the run, also if it fails at the end.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>The log lines. The default is a progress bar in the format of Python's progress bars.</summary>
    public IReadOnlyList<FalEmulatedLog> Logs { get; init; } = ProgressLines.Default;

    /// <summary>The failure; null if the job succeeds.</summary>
    public FalEmulatedFailure? Failure { get; init; }

    /// <summary>The result as JSON; when null, one is generated from the endpoint's document.</summary>
    public string? Result { get; init; }

    /// <summary>The events of a model stream before the result, each as JSON, spread evenly over <see cref="Duration"/>.</summary>
    public IReadOnlyList<string> Partials { get; init; } = [];

    /// <summary>The value of <c>metrics.inference_time</c> in the status, in seconds; when null, <see cref="Duration"/>.</summary>
    public double? InferenceSeconds { get; init; }

    /// <summary>The billable units of the job, in the header <c>x-fal-billable-units</c> of the result.</summary>
    public decimal BillableUnits { get; init; } = 1;

    /// <summary>The time from a cancellation request to the end of the job; when null, the job ignores cancellation.</summary>
    public TimeSpan? StopTime { get; init; } = TimeSpan.Zero;

    /// <summary>Validates the times and returns this run.</summary>
    /// <exception cref="ArgumentException">A time is negative or too long.</exception>
    internal FalEmulatedRun Checked()
    {
        Require(PositionTime, nameof(PositionTime));
        Require(Duration, nameof(Duration));
        if (StopTime is { } stop) Require(stop, nameof(StopTime));
        if (InferenceSeconds is { } seconds && !double.IsFinite(seconds))
            throw new ArgumentException($"FalEmulatedRun.{nameof(InferenceSeconds)} is {seconds}; JSON has no such number.");
        foreach (var line in Logs) if (line.At is { } at) Require(at, $"{nameof(Logs)}.{nameof(line.At)}");
        return this;

        static void Require(TimeSpan time, string name)
        {
            if (time == Timeout.InfiniteTimeSpan || (time >= TimeSpan.Zero && time.TotalDays <= MostDays)) return;
            throw new ArgumentException(
                $"FalEmulatedRun.{name} is {time}; it must be from 0 to {MostDays} days. Timeout.InfiniteTimeSpan is for ever.");
        }
    }
}
