using System.Net.Http.Headers;

namespace Fal;

/// <summary>The outcome of one attempt of a call: an answer, or a failure.</summary>
internal sealed record CallAttempt
{
    private CallAttempt(HttpResponseMessage? response, Exception? failure)
    {
        Response = response;
        Failure = failure;
    }

    /// <summary>The answer; its body is in memory where the call reads bodies.</summary>
    public HttpResponseMessage? Response { get; }

    /// <summary>Why there is no answer, or not all of one.</summary>
    public Exception? Failure { get; }

    /// <summary>Whether the time limit of this attempt passed.</summary>
    public bool TimedOut { get; init; }

    /// <summary>Whether the server can have acted on the request: a byte of its body may have left.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>The status that came before the body broke off; null if none came.</summary>
    public int? BrokenStatus { get; init; }

    /// <summary>fal's id of the request, from the headers of a broken answer or from the part of its body that came.</summary>
    public string? BrokenRequestId { get; init; }

    /// <summary>What the user has to change, where the set-up of a handler or client from outside caused the failure.</summary>
    public string? Fix { get; init; }

    public static CallAttempt Answered(HttpResponseMessage response) => new(response, null) { MayHaveArrived = true };

    public static CallAttempt Failed(Exception failure, bool timedOut, bool mayHaveArrived)
        => new(null, failure) { TimedOut = timedOut, MayHaveArrived = mayHaveArrived };

    /// <summary>Whether no connection was made, as opposed to one that broke.</summary>
    public bool NeverConnected => !MayHaveArrived
        && (TimedOut
            || Failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError });

    /// <summary>fal's id of the request, if a header names one that could be one.</summary>
    public static string? RequestIdOf(HttpResponseHeaders headers)
        => headers.NonValidated.TryGetValues("x-fal-request-id", out var values) && FalQueueUrls.IsRequestId(values.ToString())
            ? values.ToString()
            : null;
}
