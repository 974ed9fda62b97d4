using System.Net.Http.Headers;

namespace Fal;

/// <summary>The outcome of one attempt of a call: an answer, or a failure.</summary>
/// <param name="Response">The answer; its body is in memory if the call loads bodies.</param>
/// <param name="Failure">The reason why the answer is missing or incomplete.</param>
internal readonly record struct CallAttempt(HttpResponseMessage? Response, Exception? Failure)
{
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
