using System.Diagnostics.Metrics;

namespace Fal.Jobs.Orleans;

/// <summary>The counters of this package, in the meter of KlingGen; listed in docs/ORLEANS.md.</summary>
internal static class ClusterMetrics
{
    private static readonly Meter Meter = new(FalDiagnostics.MeterName);

    public static readonly Counter<long> Steps = Meter.CreateCounter<long>("fal.orleans.steps", "{step}", "Steps of jobs, by how they ended.");

    public static readonly Counter<long> Webhooks = Meter.CreateCounter<long>(
        "fal.orleans.webhooks", "{webhook}", "Webhooks that reached the grain of their job.");

    public static readonly Counter<long> Recovered = Meter.CreateCounter<long>(
        "fal.orleans.recovered", "{entry}", "Entries that were taken over from dead silos.");

    public static string ToWord(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Done => "done",
        StepOutcome.WindowFull => "window_full",
        _ => "failed",
    };
}
