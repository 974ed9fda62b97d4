using System.Text;

namespace Fal;

/// <summary>Retry decision: what follows from the outcome of one attempt.</summary>
internal enum RetryDecision
{
    /// <summary>Return the answer, success or error.</summary>
    Return,

    /// <summary>Send the call again, if attempts are left.</summary>
    Retry,

    /// <summary>Work may have been started, and the answer does not tell: stop.</summary>
    OutcomeUnknown,
}

/// <summary>
/// Decides which calls are retried. A call that starts paid work is retried only if fal certainly never processed it: there
/// is no idempotency key, and no request for the state of a job whose id never arrived.
/// </summary>
internal static class RetryPolicy
{
    private const int PageStart = 4096;

    public static RetryDecision Decide(FalCall call, CallAttempt attempt)
    {
        if (attempt.Response is { } response) return call.StartsWork ? DecideStart(call, response) : DecideRead(call, response);
        return call.StartsWork && attempt.MayHaveArrived ? RetryDecision.OutcomeUnknown : RetryDecision.Retry;
    }

    /// <summary>
    /// Whether an answer is a page of the proxy in front of fal, which could not forward the request; fal signs its own
    /// answers with a request id.
    /// </summary>
    public static bool IsIngressPage(HttpResponseMessage response)
    {
        if ((int)response.StatusCode is not (502 or 503 or 504) || IsSignedByFal(response)) return false;
        if (response.Content.Headers.ContentType?.MediaType is not "text/html") return false;
        // A body that is not in memory cannot be checked: the outcome is unknown then, and nothing is retried.
        if (response.Content is not BufferedContent content) return false;
        var start = content.Body.Span[..Math.Min(content.Body.Length, PageStart)];
        return Encoding.Latin1.GetString(start).Contains("nginx", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether fal itself, or the model, sent this answer.</summary>
    public static bool IsSignedByFal(HttpResponseMessage response)
        => response.Headers.NonValidated.Contains("x-fal-request-id") || response.Headers.NonValidated.Contains("X-Fal-Error-Type");

    private static RetryDecision DecideStart(FalCall call, HttpResponseMessage response)
    {
        switch (HttpStatus.Classify((int)response.StatusCode))
        {
            case StatusClass.Throttled:
                // A caller that limits the queue's length needs to learn at once that the limit is reached.
                return call.Path.Contains("fal_max_queue_length=", StringComparison.Ordinal) ? RetryDecision.Return : RetryDecision.Retry;
            case StatusClass.Transient when IsIngressPage(response):
                return RetryDecision.Retry;
            case StatusClass.Transient:
                // A direct run returns the model's own errors as its answer.
                return call.Kind != FalCallKind.Submit && IsSignedByFal(response) ? RetryDecision.Return : RetryDecision.OutcomeUnknown;
            default:
                return RetryDecision.Return;
        }
    }

    private static RetryDecision DecideRead(FalCall call, HttpResponseMessage response) => HttpStatus.Classify((int)response.StatusCode) switch
    {
        StatusClass.Throttled => RetryDecision.Retry,
        StatusClass.Transient => call.Kind == FalCallKind.Result && IsSignedByFal(response) ? RetryDecision.Return : RetryDecision.Retry,
        _ => RetryDecision.Return,
    };
}
