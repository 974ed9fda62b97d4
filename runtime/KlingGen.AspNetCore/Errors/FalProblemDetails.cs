using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Fal.AspNetCore;

/// <summary>Maps errors of calls to fal to problem details (RFC 9457) that a web API can show to its own callers.</summary>
public static class FalProblemDetails
{
    /// <summary>
    /// Creates the problem details of an error: 400 for a request with invalid values, 422 for one that fal rejected (both
    /// keyed by wire path), 409 for a cancelled job, 429 for a rate limit, 503 if fal or the account cannot serve the call,
    /// 504 for a deadline, 502 for other errors. Messages about the account are not included.
    /// </summary>
    public static ProblemDetails From(FalException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var problem = exception switch
        {
            FalValidationException ex => Invalid(StatusCodes.Status400BadRequest, "The request has wrong values.", ex.Problems),
            FalRequestRejectedException ex => Rejected(ex.Problems),
            FalJobFailedException { Problems.Count: > 0 } ex => Rejected(ex.Problems),
            FalRateLimitException => Plain(StatusCodes.Status429TooManyRequests, "Too many requests. Try again later."),
            FalAccountLockedException or FalAuthenticationException or FalUnavailableException
                => Plain(StatusCodes.Status503ServiceUnavailable, "The service is not available. Try again later."),
            FalTimeoutException => Plain(StatusCodes.Status504GatewayTimeout, "The job did not end in time. It may still be running."),
            FalJobCancelledException => Plain(StatusCodes.Status409Conflict, "The job was cancelled."),
            FalOutcomeUnknownException => Plain(StatusCodes.Status502BadGateway, "It is not known whether the job was started."),
            FalJobFailedException => Plain(StatusCodes.Status502BadGateway, "The job failed."),
            _ => Plain(StatusCodes.Status502BadGateway, "The service gave no usable answer."),
        };
        if (exception.RequestId is { } requestId) problem.Extensions["requestId"] = requestId;
        return problem;
    }

    /// <summary>The problems by wire path, in the shape of validation problem details.</summary>
    public static IDictionary<string, string[]> ErrorsByPath(IEnumerable<FalProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return problems.GroupBy(problem => problem.Path, problem => problem.Message, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The value of <c>Retry-After</c>; null if the error has none.</summary>
    internal static string? RetryAfter(FalException exception)
        => exception is FalRateLimitException { RetryAfter: { } wait } && wait > TimeSpan.Zero
            ? Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null;

    private static HttpValidationProblemDetails Rejected(IReadOnlyList<FalProblem> problems)
        => Invalid(StatusCodes.Status422UnprocessableEntity, "The request was rejected.", problems);

    private static HttpValidationProblemDetails Invalid(int status, string title, IReadOnlyList<FalProblem> problems)
        => new(ErrorsByPath(problems)) { Status = status, Title = title };

    private static ProblemDetails Plain(int status, string title) => new() { Status = status, Title = title };
}
