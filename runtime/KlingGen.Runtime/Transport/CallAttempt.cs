using System.Net.Http.Headers;

namespace Fal;

/// <summary>The outcome of one attempt of a call: an answer, or a failure.</summary>
internal readonly record struct CallAttempt
{
    private CallAttempt(HttpResponseMessage? response, Exception? failure)
    {
        Response = response;
        Failure = failure;
    }

    /// <summary>The answer; its body is in memory if the call loads bodies.</summary>
    public HttpResponseMessage? Response { get; }

    /// <summary>The reason why the answer is missing or incomplete.</summary>
    public Exception? Failure { get; }

    /// <summary>Whether this attempt timed out.</summary>
    public bool TimedOut { get; init; }

    /// <summary>Whether the server may have processed the request: a byte of its body may have been sent.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>The status that arrived before the body broke off; null if none arrived.</summary>
    public int? BrokenStatus { get; init; }

    /// <summary>fal's id of the request, from the headers of a broken answer or from the received part of its body.</summary>
    public string? BrokenRequestId { get; init; }

    /// <summary>What the user has to change, if the configuration of a custom handler or client caused the failure.</summary>
    public string? Fix { get; init; }

    public static CallAttempt Answered(HttpResponseMessage response) => new(response, null) { MayHaveArrived = true };

    public static CallAttempt Failed(Exception failure, bool timedOut, bool mayHaveArrived)
        => new(null, failure) { TimedOut = timedOut, MayHaveArrived = mayHaveArrived };

    /// <summary>Whether no connection was established, as opposed to a connection that broke.</summary>
    public bool NeverConnected => !MayHaveArrived
        && (TimedOut
            || Failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError });

    /// <summary>fal's id of the request, if a header has a valid one.</summary>
    public static string? RequestIdOf(HttpResponseHeaders headers)
        => headers.NonValidated.TryGetValues("x-fal-request-id", out var values) && FalQueueUrls.IsRequestId(values.ToString())
            ? values.ToString()
            : null;
}
