using System.Globalization;
using System.Net.Http.Headers;

namespace Fal;

/// <summary>Maps an answer that is not a success to an exception.</summary>
internal static class FalErrors
{
    private const string LockedAccount = "User is locked. Reason: ";

    /// <summary>Returns the exception for an answer whose body has been read.</summary>
    public static FalException FromResponse(
        FalTransport transport, HttpResponseMessage response, ReadOnlySpan<byte> body, string? endpointId, string? requestId)
    {
        var status = (int)response.StatusCode;
        var errorBody = Read(transport, response, body);
        var advice = (status, requestId) switch
        {
            (401 or 403, _) when transport.UsesProxy
                => "Check that the user is signed in, and what the app that serves FalClientOptions.ProxyAddress allows.",
            (401, _) => "Check FAL_KEY, or make a new key at https://fal.ai/dashboard/keys.",
            (403, _) => "Check the account's balance and the scope of the key.",
            (429, _) => "No job was started. Retry later, or with fewer concurrent calls.",
            (404, null) => "Check the endpoint's id at https://fal.ai/models.",
            (404, _) => "fal does not know this job or no longer keeps it: check that it was submitted to this endpoint with this account.",
            (413, _) => "Upload large files instead of sending them inside the request.",
            ( >= 400 and < 500, _) => "Correct the request before you send it again; unchanged, it is refused again.",
            ( >= 500, _) => "Try again later.",
            _ => null,
        };
        FalException error = status switch
        {
            401 or 403 when transport.UsesProxy => new FalAuthenticationException(
                Sentence(Invariant($"The proxy or fal refused the call ({status})"), errorBody, advice)),
            401 => new FalAuthenticationException(Sentence("fal rejected the API key (401)", errorBody, advice)),
            403 when errorBody.Detail?.StartsWith(LockedAccount, StringComparison.Ordinal) == true
                => AccountLocked(errorBody.Detail[LockedAccount.Length..]),
            403 => new FalAuthenticationException(Sentence("fal denied access with this API key (403)", errorBody, advice)),
            429 => new FalRateLimitException(Sentence("fal's rate limit was exceeded (429)", errorBody, advice))
            {
                RetryAfter = RetryAfter.FromHeaders(response.Headers, transport.Time.GetUtcNow(), TimeSpan.FromDays(1)),
            },
            >= 400 and < 500 => new FalRequestRejectedException(
                Sentence(Invariant($"fal refused the request ({status})"), errorBody, advice), errorBody.Problems),
            >= 500 => new FalUnavailableException(Sentence(Invariant($"fal returned a server error ({status})"), errorBody, advice)),
            >= 300 => new FalProtocolException(
                Invariant($"fal answered with a redirect ({status}), which is never followed. Check the URLs in FalClientOptions.")),
            _ => new FalProtocolException(Invariant($"fal answered with an unexpected status ({status}). ")
                + "Try again later; if it stays, report it with this exception's ResponseBody."),
        };
        error.Quote(status, errorBody, BillableUnitsOf(response));
        error.SetCall(endpointId, requestId ?? CallAttempt.RequestIdOf(response.Headers));
        return error;
    }

    /// <summary>
    /// Returns the exception for a job whose result is an error: the job failed or was cancelled, or the model did not accept
    /// the request.
    /// </summary>
    public static FalException FromResultResponse(
        FalTransport transport, HttpResponseMessage response, ReadOnlySpan<byte> body, string? endpointId, string? requestId)
    {
        var status = (int)response.StatusCode;
        if (status is 401 or 403 or 404 or 422 or 429 || status < 400) return FromResponse(transport, response, body, endpointId, requestId);
        var errorBody = Read(transport, response, body);
        FalException error = status == 499 && errorBody.ErrorType is null or "client_cancelled"
            ? new FalJobCancelledException(FalJobCancelledException.BeforeResult)
            : JobFailed(response, status, errorBody);
        error.Quote(status, errorBody, BillableUnitsOf(response));
        error.SetCall(endpointId, requestId);
        return error;
    }

    /// <summary>
    /// Whether a failed job may succeed when submitted again: the server's own value if its answer has one, else a default
    /// for the error type.
    /// </summary>
    public static bool? IsTransient(HttpResponseHeaders headers, string? errorType, int status)
    {
        foreach (var name in (ReadOnlySpan<string>)["X-Fal-Needs-Retry", "X-Fal-Retryable"])
        {
            if (!headers.NonValidated.TryGetValues(name, out var values)) continue;
            switch (values.ToString().Trim().ToLowerInvariant())
            {
                case "1" or "true": return true;
                case "0" or "false": return false;
            }
        }
        return IsTransient(errorType, status);
    }

    /// <summary>Returns the default for an error type and status.</summary>
    public static bool? IsTransient(string? errorType, int status) => errorType switch
    {
        "request_timeout" or "startup_timeout" or "runner_scheduling_failure" or "runner_connection_timeout" or "runner_disconnected"
            or "runner_connection_refused" or "runner_connection_error" or "runner_incomplete_response" or "downstream_service_unavailable"
            or "concurrent_requests_limit" => true,
        "bad_request" or "client_cancelled" or "client_disconnected" or "content_policy_violation" => false,
        _ => HttpStatus.Classify(status) switch
        {
            StatusClass.Throttled => true,
            StatusClass.Transient => status == 503 ? true : null,
            _ => status >= 400 ? false : null,
        },
    };

    /// <summary>What a call cost, from fal's answer; null if it has no cost.</summary>
    public static decimal? BillableUnitsOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("X-Fal-Billable-Units", out var values)
        && values.ToString() is { Length: <= 64 } text
        && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var units)
        && units >= 0 ? units : null;

    private static FalAccountLockedException AccountLocked(string reason) => new(
        $"fal has locked the account (403): {reason.TrimEnd('.')}. A new key does not help: "
        + "see https://fal.ai/dashboard/billing, or write to fal's support.",
        reason);

    private static FalJobFailedException JobFailed(HttpResponseMessage response, int status, FalErrorBody errorBody)
    {
        var transient = IsTransient(response.Headers, errorBody.ErrorType, status);
        var type = errorBody.ErrorType is null ? "" : ", " + errorBody.ErrorType;
        var detail = errorBody.Detail ?? FalInvalidRequestException.List(errorBody.Problems);
        return new FalJobFailedException(Sentence(Invariant($"The job failed ({status}{type})"), detail, FalJobFailedException.NextStep(transient)))
        {
            Problems = FalPropertyPath.Fill(errorBody.Problems),
            IsTransient = transient,
        };
    }

    private static FalErrorBody Read(FalTransport transport, HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        var type = response.Headers.NonValidated.TryGetValues("X-Fal-Error-Type", out var values) ? values.ToString() : null;
        return FalErrorBody.Read(body, type, transport.Redact);
    }

    private static string Sentence(string what, FalErrorBody errorBody, string? next) => Sentence(what, errorBody.Detail, next);

    private static string Sentence(string what, string? detail, string? next)
    {
        // The body is a property of its own; the message contains only the sentence that the server wrote for people.
        var text = string.IsNullOrEmpty(detail) ? what + "." : $"{what}: {detail.TrimEnd('.')}.";
        return next is null ? text : $"{text} {next}";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
