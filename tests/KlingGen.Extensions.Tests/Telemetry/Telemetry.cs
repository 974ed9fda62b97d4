using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Fal.Tests.Telemetry;

/// <summary>
/// OpenTelemetry with exporters in memory. The source and the meter are those of the process, so each test looks for its own endpoint, in a trace of
/// its own.
/// </summary>
internal sealed class Telemetry : IDisposable
{
    private static readonly ActivitySource App = new("KlingGen.Extensions.Tests");
    private readonly List<Activity> _activities = [];
    private readonly List<Metric> _metrics = [];
    private readonly TracerProvider _traces;
    private readonly MeterProvider _meters;

    public Telemetry()
    {
        _traces = Sdk.CreateTracerProviderBuilder().AddSource(FalDiagnostics.ActivitySourceName, App.Name).AddInMemoryExporter(_activities).Build();
        _meters = Sdk.CreateMeterProviderBuilder().AddMeter(FalDiagnostics.MeterName).AddInMemoryExporter(_metrics).Build();
    }

    /// <summary>An endpoint that no other test uses.</summary>
    public string Endpoint { get; } = $"acme/lumen/{Guid.NewGuid():n}";

    /// <summary>A span of the app, as a web framework begins one for each request.</summary>
    public static Activity Request(string name) => App.StartActivity(name, ActivityKind.Server, default(ActivityContext))!;

    public IReadOnlyList<Activity> Spans(string start)
    {
        _traces.ForceFlush();
        return [.. _activities.ToArray().Where(span => span.DisplayName.StartsWith(start, StringComparison.Ordinal) && IsMine(span))];
    }

    /// <summary>The spans of the HTTP requests, in the order of their start.</summary>
    public IReadOnlyList<Activity> Calls(ActivityTraceId trace)
    {
        _traces.ForceFlush();
        var calls = _activities.ToArray().Where(span => span.TraceId == trace && span.GetTagItem("fal.call") is not null);
        return [.. calls.OrderBy(span => span.StartTimeUtc)];
    }

    /// <summary>Count and sum of a histogram for this test's endpoint; zero where nothing was measured.</summary>
    public (long Count, double Sum) Histogram(string name)
    {
        foreach (var point in Points(name)) return (point.GetHistogramCount(), point.GetHistogramSum());
        return (0, 0);
    }

    /// <summary>The upper bounds of the buckets of a histogram.</summary>
    public IReadOnlyList<double> Bounds(string name)
    {
        var bounds = new List<double>();
        foreach (var point in Points(name))
            foreach (var bucket in point.GetHistogramBuckets()) bounds.Add(bucket.ExplicitBound);
        return bounds;
    }

    public void Dispose()
    {
        _traces.Dispose();
        _meters.Dispose();
    }

    private bool IsMine(Activity span) => Equals(span.GetTagItem("fal.endpoint"), Endpoint);

    private List<MetricPoint> Points(string name)
    {
        _metrics.Clear();
        _meters.ForceFlush();
        var found = new List<MetricPoint>();
        foreach (var metric in _metrics.Where(metric => metric.Name == name))
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
                foreach (var tag in point.Tags)
                    if (tag.Key == "fal.endpoint" && Equals(tag.Value, Endpoint)) found.Add(point);
        }
        return found;
    }
}
