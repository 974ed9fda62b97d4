using System.Net;
using System.Text.Json;
using Fal.Wire;

namespace Fal.Testing;

/// <summary>
/// One request that was submitted or run, and its outcome. Each poll returns the next step, in the order of the calls. The
/// last call is <see cref="Complete"/>, <see cref="CompleteJson"/>, <see cref="Fail"/>, <see cref="Reject"/>, <see cref="Refuse"/>
/// or <see cref="NeverEnd"/>.
/// </summary>
/// <example><code>
/// FalTesting.CreateClient(run => run.InQueue(2).InProgress("Loading the model").Complete(result, billableUnits: 5));
/// </code></example>
public sealed class FalTestRun
{
    private readonly List<string> _steps = [];
    private readonly List<string> _lines = [];
    private int _polls;
    private bool _cancelled;
    private bool _completed;
    private bool _isEndless;

    internal FalTestRun(string endpointId, string requestId, JsonElement input) => (EndpointId, RequestId, Input) = (endpointId, requestId, input);

    /// <summary>The endpoint that was called.</summary>
    public string EndpointId { get; }

    /// <summary>The request id of the job.</summary>
    public string RequestId { get; }

    /// <summary>The request as JSON; undefined for a job that the test created.</summary>
    public JsonElement Input { get; }

    /// <summary>True after cancellation of the job was requested.</summary>
    public bool IsCancelled => Volatile.Read(ref _cancelled);

    internal (HttpStatusCode Status, string Body, decimal? Units)? Refusal { get; private set; }

    internal (HttpStatusCode Status, string Body, decimal? Units)? End { get; private set; }

    private string? Error { get; set; }

    /// <summary>The next poll returns <c>IN_QUEUE</c>.</summary>
    /// <param name="position">The number of jobs ahead.</param>
    /// <returns>This run.</returns>
    public FalTestRun InQueue(int position = 0)
    {
        _steps.Add(FormattableString.Invariant($$"""{"status":"IN_QUEUE","queue_position":{{position}}}"""));
        return this;
    }

    /// <summary>The next poll returns <c>IN_PROGRESS</c>.</summary>
    /// <param name="line">A log line of the model, new since the previous poll.</param>
    /// <returns>This run.</returns>
    public FalTestRun InProgress(string? line = null)
    {
        if (line is not null) _lines.Add($$"""{"message":{{Quoted(line)}},"level":"INFO"}""");
        _steps.Add($$"""{"status":"IN_PROGRESS","logs":[{{string.Join(',', _lines)}}]}""");
        return this;
    }

    /// <summary>The job succeeds.</summary>
    /// <param name="result">The result.</param>
    /// <param name="billableUnits">The billable units; null by default, which sends none.</param>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    public void Complete<TResult>(TResult result, decimal? billableUnits = null)
        where TResult : class, IFalObject<TResult>
    {
        ArgumentNullException.ThrowIfNull(result);
        CompleteJson(FalJson.Write(result), billableUnits);
    }

    /// <summary>The job succeeds.</summary>
    /// <param name="json">The result as JSON.</param>
    /// <param name="billableUnits">The billable units; null by default, which sends none.</param>
    public void CompleteJson(string json, decimal? billableUnits = null) => End = (HttpStatusCode.OK, json, billableUnits);

    /// <summary>The job fails at fal: the caller gets a <see cref="FalJobFailedException"/>.</summary>
    /// <param name="errorType">fal's error type, such as <c>runner_disconnected</c>.</param>
    /// <param name="message">The error message.</param>
    /// <param name="billableUnits">The billable units of the failed job; null by default, which sends none.</param>
    public void Fail(string errorType = "internal_error", string message = "The test lets this job fail.", decimal? billableUnits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(errorType);
        Error = $$""","error":{{Quoted(message)}},"error_type":{{Quoted(errorType)}}""";
        End = (HttpStatusCode.InternalServerError, $$"""{"detail":{{Quoted(message)}},"error_type":{{Quoted(errorType)}}}""", billableUnits);
    }

    /// <summary>The model rejects the input: the caller gets a <see cref="FalRequestRejectedException"/> with the problem.</summary>
    /// <param name="path">The property, such as <c>image_url</c>.</param>
    /// <param name="message">The error message of the property.</param>
    /// <param name="type">fal's error type of the problem.</param>
    public void Reject(string path, string message, string type = "value_error")
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var detail = $$"""{"loc":["body",{{Quoted(path)}}],"msg":{{Quoted(message)}},"type":{{Quoted(type)}}}""";
        End = (HttpStatusCode.UnprocessableEntity, $$"""{"detail":[{{detail}}]}""", null);
    }

    /// <summary>
    /// fal rejects the request: no job is created, and the caller gets the error of this status, such as 401, 429 or 503.
    /// </summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="message">The error message.</param>
    public void Refuse(HttpStatusCode status, string message = "The test refuses this request.")
        => Refusal = (status, $$"""{"detail":{{Quoted(message)}}}""", null);

    /// <summary>The job runs until it is cancelled, for tests of deadlines and cancellation.</summary>
    public void NeverEnd() => _isEndless = true;

    internal bool IsEndless => _isEndless;

    /// <summary>Cancels the job; false if a poll showed its end already, as at fal.</summary>
    internal bool TryCancel()
    {
        if (Volatile.Read(ref _completed)) return false;
        Volatile.Write(ref _cancelled, true);
        return true;
    }

    /// <summary>Returns the status for the next poll.</summary>
    internal string NextStatus()
    {
        if (IsCancelled) return """{"status":"COMPLETED","error":"Request was cancelled","error_type":"client_cancelled"}""";
        var poll = Interlocked.Increment(ref _polls) - 1;
        if (poll < _steps.Count) return _steps[poll];
        if (_isEndless) return """{"status":"IN_PROGRESS"}""";
        Volatile.Write(ref _completed, true);
        return $$"""{"status":"COMPLETED","logs":[{{string.Join(',', _lines)}}],"metrics":{"inference_time":0.5}{{Error}}}""";
    }

    /// <summary>Returns the response to the result call.</summary>
    internal (HttpStatusCode Status, string Body, decimal? Units) Result() => IsCancelled
        ? ((HttpStatusCode)499, """{"detail":"Request was cancelled","error_type":"client_cancelled"}""", null)
        : End ?? Refusal ?? (HttpStatusCode.BadRequest, """{"detail":"Request is still in progress"}""", null);

    /// <summary>Refuses a run without an outcome, because the test would hang.</summary>
    internal void RequireEnd()
    {
        if (End is not null || Refusal is not null || _isEndless) return;
        const string Ends = $"{nameof(Complete)}, {nameof(Fail)}, {nameof(Reject)}, {nameof(Refuse)} or {nameof(NeverEnd)}";
        Refuse(HttpStatusCode.BadRequest, $"The test gave the run of '{EndpointId}' no end: call {Ends}.");
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
