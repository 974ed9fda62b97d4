using Microsoft.Extensions.Logging;

namespace Fal;

/// <summary>
/// Logs the activity of a client. The event ids, their names and the parameters are documented in docs/TELEMETRY.md and are
/// stable. Ids, states, times and sizes are logged; prompts, results, keys and queries of URLs are never logged.
/// </summary>
internal sealed partial class FalLogObserver : FalObserver
{
    public const string Category = "KlingGen";

    // A field, because the logging generator of the oldest supported package ignores the parameters of a primary constructor.
    private readonly ILogger _logger;
    private readonly FalObserver? _next;

    /// <param name="logger">The logger to write to.</param>
    /// <param name="next">The app's own observer, which is called next.</param>
    public FalLogObserver(ILogger logger, FalObserver? next) => (_logger, _next) = (logger, next);

    public override void OnRefused(FalRefusedEvent refused)
    {
        RequestRefused(refused.EndpointId, refused.ProblemCount);
        _next?.OnRefused(refused);
    }

    public override void OnSubmitted(FalJobEvent job)
    {
        JobSubmitted(job.EndpointId, job.RequestId, job.QueuePosition);
        _next?.OnSubmitted(job);
    }

    public override void OnSubmitFailed(FalSubmitFailedEvent failed)
    {
        var seconds = failed.Duration.TotalSeconds;
        if (failed.IsOutcomeUnknown) OutcomeUnknown(failed.EndpointId, failed.RequestId, failed.ErrorType, failed.StatusCode, seconds);
        else SubmitFailed(failed.EndpointId, failed.ErrorType, failed.StatusCode, seconds);
        _next?.OnSubmitFailed(failed);
    }

    public override void OnJobChanged(FalJobEvent job)
    {
        JobChanged(job.EndpointId, job.RequestId, job.State, job.QueuePosition, job.Age?.TotalSeconds);
        _next?.OnJobChanged(job);
    }

    public override void OnJobEnded(FalJobEndedEvent ended)
    {
        var (total, queue, run) = (ended.Duration?.TotalSeconds, ended.QueueTime?.TotalSeconds, ended.RunTime?.TotalSeconds);
        if (ended.ErrorType is { } error) JobFailed(ended.EndpointId, ended.RequestId, error, total, queue, run, ended.Polls, ended.BillableUnits);
        else JobCompleted(ended.EndpointId, ended.RequestId, total, queue, run, ended.Polls, ended.BillableUnits);
        _next?.OnJobEnded(ended);
    }

    public override void OnPollFailed(FalJobEvent job, string errorType)
    {
        PollFailed(job.EndpointId, job.RequestId, errorType);
        _next?.OnPollFailed(job, errorType);
    }

    public override void OnCallAnswered(FalCallEvent attempt)
    {
        var seconds = attempt.Duration.TotalSeconds;
        CallAnswered(attempt.Operation, attempt.Host, attempt.EndpointId, attempt.RequestId, attempt.StatusCode, attempt.ErrorType, seconds);
        _next?.OnCallAnswered(attempt);
    }

    public override void OnCallRetried(FalCallEvent attempt, TimeSpan pause)
    {
        var seconds = pause.TotalSeconds;
        CallRetried(attempt.Operation, attempt.Host, attempt.EndpointId, attempt.RequestId, attempt.StatusCode, attempt.ErrorType, seconds);
        _next?.OnCallRetried(attempt, pause);
    }

    public override void OnUploaded(FalUploadedEvent uploaded)
    {
        FileUploaded(uploaded.Bytes, uploaded.Duration.TotalSeconds);
        _next?.OnUploaded(uploaded);
    }

    [LoggerMessage(1, LogLevel.Warning, "{Endpoint}: the request was not sent, it has {ProblemCount} problem(s).")]
    private partial void RequestRefused(string endpoint, int problemCount);

    [LoggerMessage(2, LogLevel.Information, "{Endpoint}: job {RequestId} was submitted (queue position {QueuePosition}).")]
    private partial void JobSubmitted(string endpoint, string requestId, int? queuePosition);

    [LoggerMessage(3, LogLevel.Warning, "{Endpoint}: the request failed after {Seconds} s: {ErrorType} (status {StatusCode}). No job is running.")]
    private partial void SubmitFailed(string endpoint, string errorType, int? statusCode, double seconds);

    [LoggerMessage(
        4,
        LogLevel.Error,
        "{Endpoint}: it is not known whether fal accepted the request (job {RequestId}, {ErrorType}, status {StatusCode}, after {Seconds} s). "
        + "A job may be running and may be charged.")]
    private partial void OutcomeUnknown(string endpoint, string? requestId, string errorType, int? statusCode, double seconds);

    [LoggerMessage(5, LogLevel.Debug, "{Endpoint}: job {RequestId} is {State} (queue position {QueuePosition}) after {Seconds} s.")]
    private partial void JobChanged(string endpoint, string requestId, string? state, int? queuePosition, double? seconds);

    [LoggerMessage(
        6,
        LogLevel.Information,
        "{Endpoint}: job {RequestId} completed after {Seconds} s ({QueueSeconds} s in the queue, {RunSeconds} s running, {Polls} polls, "
        + "{BillableUnits} units).")]
    private partial void JobCompleted(
        string endpoint, string requestId, double? seconds, double? queueSeconds, double? runSeconds, int polls, decimal? billableUnits);

    [LoggerMessage(
        7,
        LogLevel.Warning,
        "{Endpoint}: job {RequestId} failed with {ErrorType} after {Seconds} s ({QueueSeconds} s in the queue, {RunSeconds} s running, "
        + "{Polls} polls, {BillableUnits} units).")]
    private partial void JobFailed(
        string endpoint,
        string requestId,
        string errorType,
        double? seconds,
        double? queueSeconds,
        double? runSeconds,
        int polls,
        decimal? billableUnits);

    [LoggerMessage(8, LogLevel.Warning, "{Endpoint}: the status of job {RequestId} could not be read ({ErrorType}). Waiting goes on.")]
    private partial void PollFailed(string endpoint, string requestId, string errorType);

    [LoggerMessage(9, LogLevel.Debug, "{Operation} to {Host} ({Endpoint} {RequestId}): status {StatusCode} {ErrorType} after {Seconds} s.")]
    private partial void CallAnswered(
        string operation, string host, string? endpoint, string? requestId, int? statusCode, string? errorType, double seconds);

    [LoggerMessage(
        10,
        LogLevel.Information,
        "{Operation} to {Host} ({Endpoint} {RequestId}): status {StatusCode} {ErrorType}; it is sent again in {PauseSeconds} s.")]
    private partial void CallRetried(
        string operation, string host, string? endpoint, string? requestId, int? statusCode, string? errorType, double pauseSeconds);

    [LoggerMessage(11, LogLevel.Debug, "A file of {Bytes} bytes was uploaded in {Seconds} s.")]
    private partial void FileUploaded(long bytes, double seconds);
}
