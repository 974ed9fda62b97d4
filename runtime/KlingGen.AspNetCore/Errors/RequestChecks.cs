using Fal.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Fal.AspNetCore;

/// <summary>Validates emitted requests that were bound from a call, before the app's own code runs.</summary>
internal sealed class RequestChecks : IActionFilter
{
    /// <summary>The filter of minimal APIs.</summary>
    public static ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
            if (Problems(argument) is { } problem) return new(TypedResults.ValidationProblem(problem.Errors, title: problem.Title));
        return next(context);
    }

    /// <inheritdoc/>
    public void OnActionExecuting(ActionExecutingContext context)
    {
        foreach (var argument in context.ActionArguments.Values)
        {
            if (Problems(argument) is not { } problem) continue;
            context.Result = new ObjectResult(problem) { StatusCode = problem.Status };
            return;
        }
    }

    /// <inheritdoc/>
    public void OnActionExecuted(ActionExecutedContext context)
    {
    }

    private static HttpValidationProblemDetails? Problems(object? argument)
    {
        return argument is not null && FalChecks.Check(argument) is { Count: > 0 } problems
            ? (HttpValidationProblemDetails)FalProblemDetails.From(new FalValidationException(problems)) : null;
    }
}
