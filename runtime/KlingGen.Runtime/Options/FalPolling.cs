namespace Fal;

/// <summary>The polling intervals while waiting for a job.</summary>
/// <remarks>
/// The pause grows with the square root of the time waited: <c>Pace · √seconds</c>, never below <see cref="Shortest"/> nor
/// above <see cref="Longest"/>. The end of a job of 2 seconds is noticed within half a second; a video of 82 to 234 seconds
/// needs 40 to 60 polls, and its end is noticed on average about 2 % late. A <c>Retry-After</c> of the server lengthens a
/// pause, never shortens it.
/// </remarks>
public sealed record FalPolling
{
    /// <summary>Seconds of pause per square root of a second waited; 0.5 unless set.</summary>
    public double Pace { get; set; } = 0.5;

    /// <summary>The shortest pause between two polls; 0.4 seconds unless set.</summary>
    public TimeSpan Shortest { get; set; } = TimeSpan.FromSeconds(0.4);

    /// <summary>The longest pause between two polls; 15 seconds unless set.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The relative jitter of each pause, up and down, so that many jobs do not poll at the same time; 0.1 (10 %) unless set.</summary>
    public double Jitter { get; set; } = 0.1;

    /// <summary>How long consecutive polls may fail before the wait ends with an error; 10 minutes unless set. The job itself is not lost.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Creates settings with a constant pause, to notice each state change early.</summary>
    /// <param name="interval">The pause between two polls.</param>
    public static FalPolling Every(TimeSpan interval) => new() { Pace = 0, Shortest = interval, Longest = interval, Jitter = 0 };

    internal void Validate()
    {
        OptionRules.Require(Pace is >= 0 and <= 100, "FalPolling.Pace", "between 0 and 100");
        OptionRules.Require(Jitter is >= 0 and < 1, "FalPolling.Jitter", "at least 0 and below 1");
        OptionRules.Require(Shortest >= TimeSpan.FromMilliseconds(1), "FalPolling.Shortest", "at least 1 millisecond");
        OptionRules.Require(Longest >= Shortest && Longest <= TimeSpan.FromDays(1), "FalPolling.Longest", "between Shortest and one day");
        OptionRules.Require(GiveUpAfter >= TimeSpan.Zero, "FalPolling.GiveUpAfter", "at least zero");
    }
}
