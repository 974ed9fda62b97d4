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
    /// The current activity as W3C trace context, to be put into the query of a webhook URL and given to <see cref="RecordJobEnd"/> there; null
    /// without an activity. A job token has it already: <see cref="FalJobToken.TraceParent"/>.
    /// </summary>
    public static string? TraceParent => FalTelemetry.CurrentTraceParent;

    /// <summary>
    /// Records the end of a job that a webhook tells: its span, its metrics and the event for the observer, unless this process recorded the
    /// job's end before. Jobs that are waited for record theirs by themselves.
    /// </summary>
    /// <param name="webhook">The webhook, verified.</param>
    /// <param name="endpointId">The endpoint, which a webhook does not name.</param>
    /// <param name="traceParent">The trace context of the submit: <see cref="TraceParent"/> then, or that of the token.</param>
    /// <param name="submittedAt">When the job was submitted; without it, the span has no length and no duration is measured.</param>
    /// <param name="observer">Hears of the end.</param>
    /// <exception cref="ArgumentException">The text is not an endpoint id.</exception>
    public static void RecordJobEnd(
        FalWebhook webhook, string endpointId, string? traceParent = null, DateTimeOffset? submittedAt = null, FalObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        var end = new JobEnd(FalEndpointId.Parse(endpointId).ToString(), webhook.RequestId)
        {
            KnownBy = "webhook",
            TraceParent = traceParent,
            SubmittedAt = submittedAt,
            EndedAt = DateTimeOffset.UtcNow,
            ErrorType = webhook.IsOk ? null : FalTelemetry.CleanErrorType(webhook.ErrorType) ?? "job_failed",
        };
        end.Report(observer);
    }
}
