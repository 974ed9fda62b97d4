using System.Net.Http.Headers;

namespace Fal;

/// <summary>How one try of a call ended: with an answer, or with a failure.</summary>
internal sealed class CallTry
{
    private CallTry(HttpResponseMessage? response, Exception? failure)
    {
        Response = response;
        Failure = failure;
    }

    /// <summary>The answer; its body is in memory where the call reads bodies.</summary>
    public HttpResponseMessage? Response { get; }

    /// <summary>Why there is no answer, or not all of one.</summary>
    public Exception? Failure { get; }

    /// <summary>Whether the time of this try ran out.</summary>
    public bool TimedOut { get; init; }

    /// <summary>Whether the server can have acted on the request: a byte of its body may have left.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>The status and headers that came before the body broke off; null if none came.</summary>
    public int? BrokenStatus { get; init; }

    /// <summary>fal's id of the request, from the headers of a broken answer.</summary>
    public string? BrokenRequestId { get; init; }

    public static CallTry Answered(HttpResponseMessage response) => new(response, null) { MayHaveArrived = true };

    public static CallTry Failed(Exception failure, bool timedOut, bool mayHaveArrived, int? brokenStatus = null, string? brokenRequestId = null)
        => new(null, failure) { TimedOut = timedOut, MayHaveArrived = mayHaveArrived, BrokenStatus = brokenStatus, BrokenRequestId = brokenRequestId };

    /// <summary>Whether no connection came to be, as opposed to one that broke.</summary>
    public bool NeverConnected => !MayHaveArrived
        && (TimedOut || Failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError });

    /// <summary>fal's id of the request, if a header names one that could be one.</summary>
    public static string? RequestIdOf(HttpResponseHeaders headers)
        => headers.NonValidated.TryGetValues("x-fal-request-id", out var values) && FalQueueUrls.IsRequestId(values.ToString()) ? values.ToString() : null;
}
