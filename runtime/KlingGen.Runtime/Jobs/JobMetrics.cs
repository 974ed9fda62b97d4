using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Fal;

/// <summary>The span and the metrics of a whole job.</summary>
internal static class JobMetrics
{
    private static readonly Histogram<double> JobDuration = FalTelemetry.Histogram(
        "fal.job.duration", "s", "The time from the submit of a job until its end is known.", FalTelemetry.Seconds);

    private static readonly Histogram<double> JobQueueTime = FalTelemetry.Histogram(
        "fal.job.queue_time", "s", "How long a job waited in the queue.", FalTelemetry.Seconds);

    private static readonly Histogram<double> JobRunTime = FalTelemetry.Histogram(
        "fal.job.run_time", "s", "How long the model worked on a job.", FalTelemetry.Seconds);

    private static readonly Histogram<long> JobPolls = FalTelemetry.Histogram<long>(
        "fal.job.polls", "{poll}", "The number of status requests for a job.", [0, 1, 2, 5, 10, 20, 40, 60, 100, 200, 500]);

    /// <summary>Whether a listener receives the spans or the metrics of jobs.</summary>
    public static bool IsObserved
        => FalTelemetry.Source.HasListeners() || JobDuration.Enabled || JobQueueTime.Enabled || JobRunTime.Enabled || JobPolls.Enabled;

    /// <summary>The span of a job, from submit to end, and its metrics.</summary>
    public static void RecordJob(JobEnd end)
    {
        var tags = new TagList { { "fal.endpoint", end.EndpointId } };
        if (end.ErrorType is not null) tags.Add("error.type", end.ErrorType);
        if (end.Duration is { } duration) JobDuration.Record(duration.TotalSeconds, tags);
        if (end.QueueTime is { } queued) JobQueueTime.Record(queued.TotalSeconds, tags);
        if (end.RunTime is { } run) JobRunTime.Record(run.TotalSeconds, tags);
        JobPolls.Record(end.Polls, tags);
        if (FalTelemetry.Source.HasListeners()) RecordSpan(end);
    }

    /// <summary>The failure that a status reports; null if it reports none.</summary>
    public static string? ErrorTypeOf(FalJobStatus status) => status.IsFailed ? FalTelemetry.CleanErrorType(status.ErrorType) ?? "job_failed" : null;

    private static void RecordSpan(JobEnd end)
    {
        _ = ActivityContext.TryParse(end.TraceParent, null, isRemote: true, out var parent);
        var here = Activity.Current;
        // If a webhook reports the end, its request has a trace of its own.
        ActivityLink[] links = here is not null && parent != default && here.TraceId != parent.TraceId ? [new ActivityLink(here.Context)] : [];
        var started = end.SubmittedAt ?? end.EndedAt;
        using var activity = FalTelemetry.Source.StartActivity(
            "generate_content " + end.EndpointId, ActivityKind.Client, parent, null, links, started);
        if (activity is null) return;
        if (activity.IsAllDataRequested)
        {
            FalTelemetry.AddModel(activity, end.EndpointId);
            activity.SetTag("gen_ai.response.id", end.RequestId);
            activity.SetTag("fal.request_id", end.RequestId);
            activity.SetTag("fal.known_by", end.KnownBy);
            activity.SetTag("fal.polls", end.Polls);
            if (end.Host is not null) activity.SetTag("server.address", end.Host);
            if (end.QueueTime is { } queued) activity.SetTag("fal.queue_time", queued.TotalSeconds);
            if (end.RunTime is { } run) activity.SetTag("fal.run_time", run.TotalSeconds);
            if (end.BillableUnits is { } units) activity.SetTag("fal.billable_units", (double)units);
            foreach (var happened in end.Events) activity.AddEvent(happened);
        }
        FalTelemetry.Fail(activity, end.ErrorType);
        activity.SetEndTime((end.EndedAt > started ? end.EndedAt : started).UtcDateTime);
    }
}
