namespace Fal;

/// <summary>
/// Receives the events of a client, for logs and counters of your own: derive, override what you need, and set
/// <see cref="FalClientOptions.Observer"/>. Package KlingGen.Extensions writes them to <c>ILogger</c>.
/// </summary>
/// <remarks>
/// The methods are called on the thread that does the work, possibly several at a time; return quickly. Their exceptions are
/// ignored. No event contains a prompt, a result, a key or the query of a URL.
/// </remarks>
public abstract class FalObserver
{
    /// <summary>The local checks refused a request before anything was sent.</summary>
    /// <param name="refused">The request.</param>
    public virtual void OnRefused(FalRefusedEvent refused)
    {
    }

    /// <summary>fal accepted a request, and a job is queued.</summary>
    /// <param name="job">The job.</param>
    public virtual void OnSubmitted(FalJobEvent job)
    {
    }

    /// <summary>A submit or a direct run failed.</summary>
    /// <param name="failed">The request.</param>
    public virtual void OnSubmitFailed(FalSubmitFailedEvent failed)
    {
    }

    /// <summary>A job that is waited for changed its state or its position in the queue.</summary>
    /// <param name="job">The job.</param>
    public virtual void OnJobChanged(FalJobEvent job)
    {
    }

    /// <summary>
    /// The end of a job became known, once per job and process: by its result, by a status, or by a webhook that a runner of KlingGen.Jobs or
    /// <see cref="FalDiagnostics.RecordJobEnd"/> recorded. Only the result has the billable units.
    /// </summary>
    /// <param name="ended">The job and how it ended.</param>
    public virtual void OnJobEnded(FalJobEndedEvent ended)
    {
    }

    /// <summary>A poll failed after its retries. Waiting continues until <see cref="FalPolling.GiveUpAfter"/>.</summary>
    /// <param name="job">The job.</param>
    /// <param name="errorType">The type of the exception.</param>
    public virtual void OnPollFailed(FalJobEvent job, string errorType)
    {
    }

    /// <summary>An HTTP request was answered or failed.</summary>
    /// <param name="attempt">The request.</param>
    public virtual void OnCallAnswered(FalCallEvent attempt)
    {
    }

    /// <summary>An HTTP request is sent again after a pause.</summary>
    /// <param name="attempt">The request that was answered or failed.</param>
    /// <param name="pause">The pause.</param>
    public virtual void OnCallRetried(FalCallEvent attempt, TimeSpan pause)
    {
    }

    /// <summary>A file was uploaded.</summary>
    /// <param name="uploaded">The file.</param>
    public virtual void OnUploaded(FalUploadedEvent uploaded)
    {
    }
}

/// <summary>A request that the local checks refused.</summary>
public sealed class FalRefusedEvent
{
    internal FalRefusedEvent(string endpointId, int problems) => (EndpointId, ProblemCount) = (endpointId, problems);

    /// <summary>The endpoint.</summary>
    public string EndpointId { get; }

    /// <summary>The number of its problems.</summary>
    public int ProblemCount { get; }
}

/// <summary>A submit or a direct run that failed.</summary>
public sealed class FalSubmitFailedEvent
{
    internal FalSubmitFailedEvent(string endpointId, string errorType, TimeSpan duration)
        => (EndpointId, ErrorType, Duration) = (endpointId, errorType, duration);

    /// <summary>The endpoint.</summary>
    public string EndpointId { get; }

    /// <summary>fal's error type, or the type of the exception that the caller gets.</summary>
    public string ErrorType { get; }

    /// <summary>The time from the call to the failure, uploads included.</summary>
    public TimeSpan Duration { get; }

    /// <summary>fal's id of the job, if it is known although the submit failed.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>The HTTP status of the answer; null if there was none.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>True if a job may be running and may be charged.</summary>
    public bool IsOutcomeUnknown { get; internal init; }
}

/// <summary>A job and its state.</summary>
public sealed class FalJobEvent
{
    internal FalJobEvent(string endpointId, string requestId, string? state, int? queuePosition, TimeSpan? age)
        => (EndpointId, RequestId, State, QueuePosition, Age) = (endpointId, requestId, state, queuePosition, age);

    /// <summary>The endpoint.</summary>
    public string EndpointId { get; }

    /// <summary>fal's id of the job.</summary>
    public string RequestId { get; }

    /// <summary>The state, such as <c>IN_PROGRESS</c>; null if none is known yet.</summary>
    public string? State { get; }

    /// <summary>The number of jobs ahead in the queue; null if fal's answer has none.</summary>
    public int? QueuePosition { get; }

    /// <summary>The time since the submit; null if unknown.</summary>
    public TimeSpan? Age { get; }
}

/// <summary>A job whose end is known. A null property is unknown; in particular, missing units are not zero.</summary>
public sealed class FalJobEndedEvent
{
    internal FalJobEndedEvent(string endpointId, string requestId) => (EndpointId, RequestId) = (endpointId, requestId);

    /// <summary>The endpoint.</summary>
    public string EndpointId { get; }

    /// <summary>fal's id of the job.</summary>
    public string RequestId { get; }

    /// <summary>Why the job has no result, such as <c>runner_disconnected</c> or <c>client_cancelled</c>; null if it succeeded.</summary>
    public string? ErrorType { get; internal init; }

    /// <summary>The time from the submit to the moment at which the end became known.</summary>
    public TimeSpan? Duration { get; internal init; }

    /// <summary>How long the job waited in the queue.</summary>
    public TimeSpan? QueueTime { get; internal init; }

    /// <summary>How long the model worked.</summary>
    public TimeSpan? RunTime { get; internal init; }

    /// <summary>The number of status requests of this process.</summary>
    public int Polls { get; internal init; }

    /// <summary>What the job cost, in the units of the endpoint's price.</summary>
    public decimal? BillableUnits { get; internal init; }
}

/// <summary>One HTTP request to fal or to a host of a URL in fal's answer.</summary>
public sealed class FalCallEvent
{
    internal FalCallEvent(string operation, string host, TimeSpan duration) => (Operation, Host, Duration) = (operation, host, duration);

    /// <summary>What the request is for: <c>submit</c>, <c>read</c>, <c>result</c>, <c>cancel</c>, <c>upload_part</c> and so on.</summary>
    public string Operation { get; }

    /// <summary>The host.</summary>
    public string Host { get; }

    /// <summary>The time from the send to the headers or, if the body is read at once, to its end.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The endpoint, if the request is about one.</summary>
    public string? EndpointId { get; internal init; }

    /// <summary>The job, if the request is about one.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>The status of the answer; null if there was none.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>The kind of failure if there was no answer: <c>timeout</c>, <c>protocol</c> or the type of an exception.</summary>
    public string? ErrorType { get; internal init; }

    /// <summary>The number of earlier attempts of the call.</summary>
    public int ResendCount { get; internal init; }
}

/// <summary>A file that was uploaded.</summary>
public sealed class FalUploadedEvent
{
    internal FalUploadedEvent(long bytes, TimeSpan duration) => (Bytes, Duration) = (bytes, duration);

    /// <summary>The size in bytes.</summary>
    public long Bytes { get; }

    /// <summary>How long the upload took.</summary>
    public TimeSpan Duration { get; }
}
