namespace Fal;

/// <summary>The pauses between polls as a pure function, so that tests can compute the cost of a schedule without waiting.</summary>
internal static class PollSchedule
{
    /// <summary>The pause after a poll of a job that has not ended.</summary>
    /// <param name="polling">The polling settings.</param>
    /// <param name="waited">The time waited for the job.</param>
    /// <param name="draw">A random number from 0 (inclusive) to 1 (exclusive).</param>
    public static TimeSpan Pause(FalPolling polling, TimeSpan waited, double draw)
    {
        var seconds = polling.Pace * Math.Sqrt(Math.Max(0, waited.TotalSeconds));
        seconds = Math.Clamp(seconds, polling.Shortest.TotalSeconds, polling.Longest.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * Spread(polling, draw));
    }

    /// <summary>
    /// The pause after a poll that failed: doubling from one second up to 32 seconds or <see cref="FalPolling.Longest"/>, and
    /// never shorter than after a successful poll.
    /// </summary>
    public static TimeSpan PauseAfterFault(FalPolling polling, TimeSpan waited, int faultsInARow, TimeSpan? retryAfter, double draw)
    {
        var healthy = Pause(polling, waited, draw);
        var doubled = TimeSpan.FromSeconds(Math.Pow(2, Math.Clamp(faultsInARow - 1, 0, 5)) * Spread(polling, draw));
        var pause = Longer(healthy, doubled <= polling.Longest ? doubled : polling.Longest);
        return retryAfter is { } asked ? Longer(pause, asked) : pause;
    }

    private static double Spread(FalPolling polling, double draw) => 1 + polling.Jitter * (2 * Math.Clamp(draw, 0, 1) - 1);

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a >= b ? a : b;
}
