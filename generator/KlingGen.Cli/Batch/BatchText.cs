using System.Globalization;
using Fal;
using Fal.Jobs;
using KlingGen.Cli.Reports;

namespace KlingGen.Cli.Batch;

/// <summary>Batches in words.</summary>
internal static class BatchText
{
    /// <summary>The state of a batch, its counts and its cost in one line.</summary>
    public static string Summary(FalBatch batch, FalLedgerCounts counts)
    {
        var states = Enum.GetValues<FalLedgerState>().Where(state => counts[state] > 0)
            .Select(state => string.Create(CultureInfo.InvariantCulture, $"{counts[state]} {FalLedgerText.ToWord(state)}"));
        return $"{FalLedgerText.ToWord(batch.State)}, {ReportText.Count(counts.Total, "job")}"
            + $"{(counts.Total > 0 ? ": " : "")}{string.Join(", ", states)}"
            + $"; cost {Money(counts.Cost)}{(batch.Reason is null ? "" : "; " + batch.Reason)}";
    }

    /// <summary>An entry in one line: its key, its state, and why it is in it.</summary>
    public static string Line(FalLedgerEntry entry)
        => $"{entry.Key} {FalLedgerText.ToWord(entry.State)}{(entry.Reason is null ? "" : ": " + entry.Reason)}";

    /// <summary>An amount in the currency of the price list.</summary>
    public static string Money(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"{amount:0.####} {FalPriceList.Bundled.Currency}");

    /// <summary>A duration in its two largest units.</summary>
    public static string Span(TimeSpan time)
        => time.TotalDays >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays} d {time.Hours} h")
        : time.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Hours} h {time.Minutes} min")
        : time.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds)} s");
}
