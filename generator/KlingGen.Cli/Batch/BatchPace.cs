using System.Globalization;
using Fal.Jobs;

namespace KlingGen.Cli.Batch;

/// <summary>How far a run is: counts, rate, cost so far and time left.</summary>
/// <param name="time">The clock.</param>
/// <param name="atStart">The counts when the run began; jobs that had ended before are not part of its rate.</param>
internal sealed class BatchPace(TimeProvider time, FalLedgerCounts atStart)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>The jobs that are saved, failed or cancelled.</summary>
    public static int Ended(FalLedgerCounts counts)
        => counts[FalLedgerState.Saved] + counts[FalLedgerState.Failed] + counts[FalLedgerState.Cancelled];

    /// <summary>One line.</summary>
    public string Line(FalLedgerCounts counts)
    {
        var ended = Ended(counts);
        var line = string.Create(CultureInfo.InvariantCulture, $"{ended} of {counts.Total} done");
        foreach (var (count, word) in ((int, string)[])[
            (counts.InFlight, "in flight"), (counts[FalLedgerState.Finished], "to save"), (counts[FalLedgerState.Failed], "failed"),
            (counts[FalLedgerState.Cancelled], "cancelled"), (counts[FalLedgerState.Unknown], "unknown"), (counts[FalLedgerState.Paused], "paused")])
        {
            if (count > 0) line += string.Create(CultureInfo.InvariantCulture, $", {count} {word}");
        }
        line += "; cost " + BatchText.Money(counts.Cost);
        var minutes = time.GetElapsedTime(_start).TotalMinutes;
        var fresh = ended - Ended(atStart);
        if (fresh <= 0 || minutes <= 0) return line;
        var rate = fresh / minutes;
        line += string.Create(CultureInfo.InvariantCulture, $"; {rate:0.#} per minute");
        // What is unknown or paused waits for a person, whose pace is not known.
        var left = counts.Total - ended - counts[FalLedgerState.Unknown] - counts[FalLedgerState.Paused];
        return left <= 0 ? line : $"{line}; {BatchText.Span(TimeSpan.FromMinutes(left / rate))} left";
    }
}
