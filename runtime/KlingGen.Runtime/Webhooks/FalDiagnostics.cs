using System.Diagnostics;

namespace Fal;

/// <summary>
/// Names and entry points of the telemetry: <c>tracing.AddSource(FalDiagnostics.ActivitySourceName)</c>,
/// <c>metrics.AddMeter(FalDiagnostics.MeterName)</c>. All spans, metrics and attributes are listed in docs/TELEMETRY.md.
/// </summary>
public static class FalDiagnostics
{
    /// <summary>The name of the activity source.</summary>
    public const string ActivitySourceName = "KlingGen";

    /// <summary>The name of the meter.</summary>
    public const string MeterName = "KlingGen";

    /// <summary>
    /// The current activity as W3C trace context, for the query of a webhook URL and for <see cref="RecordJobEnd"/>; null
    /// without an activity. A job token contains it: <see cref="FalJobToken.TraceParent"/>.
    /// </summary>
    public static string? TraceParent => FalTelemetry.CurrentTraceParent;

    /// <summary>
    /// Records the end of a job that a webhook reports: its span, its metrics and the event for the observer, unless this
    /// process recorded it before. Jobs that are waited for record their end themselves.
    /// </summary>
    /// <param name="webhook">The verified webhook.</param>
    /// <param name="endpointId">The endpoint, which a webhook does not contain.</param>
    /// <param name="traceParent">The trace context of the submit: <see cref="TraceParent"/> at that time, or that of the token.</param>
    /// <param name="submittedAt">The time of the submit; without it, the span has no length and no duration is measured.</param>
    /// <param name="observer">The observer that receives the event.</param>
    /// <param name="timeProvider">The clock that <paramref name="submittedAt"/> is of; the system's if it is null.</param>
    /// <exception cref="ArgumentException">The text is not an endpoint id.</exception>
    public static void RecordJobEnd(
        FalWebhook webhook,
        string endpointId,
        string? traceParent = null,
        DateTimeOffset? submittedAt = null,
        FalObserver? observer = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        var end = new JobEnd(FalEndpointId.Parse(endpointId).ToString(), webhook.RequestId)
        {
            KnownBy = "webhook",
            TraceParent = traceParent,
            SubmittedAt = submittedAt,
            EndedAt = (timeProvider ?? TimeProvider.System).GetUtcNow(),
            ErrorType = webhook.IsOk ? null : FalTelemetry.CleanErrorType(webhook.ErrorType) ?? "job_failed",
        };
        end.Report(observer);
    }
}
