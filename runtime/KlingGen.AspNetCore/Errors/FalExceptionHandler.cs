using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fal.AspNetCore;

/// <summary>Answers errors of calls to fal with problem details. Runs in the app's exception handler middleware.</summary>
internal sealed class FalExceptionHandler(IProblemDetailsService problemDetails, ILoggerFactory loggers) : IExceptionHandler
{
    private readonly ILogger _logger = loggers.CreateLogger(Log.ErrorCategory);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not FalException error) return false;
        var problem = FalProblemDetails.From(error);
        var status = problem.Status!.Value;
        // The response does not contain the reason of these errors, so it is logged.
        if (status >= 500) Log.FalFailed(_logger, error, status);
        httpContext.Response.StatusCode = status;
        if (FalProblemDetails.RetryAfter(error) is { } seconds) httpContext.Response.Headers.RetryAfter = seconds;
        // A caller that does not accept JSON gets only the status.
        _ = await problemDetails.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = problem }).ConfigureAwait(false);
        return true;
    }
}
