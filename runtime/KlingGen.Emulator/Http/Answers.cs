using System.Text;
using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>Writes responses.</summary>
internal static class Answers
{
    public static async Task JsonAsync(HttpContext context, int statusCode, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Writes an error in the shape of fal's gateway.</summary>
    public static Task ErrorAsync(HttpContext context, int statusCode, string detail, string? errorType = null)
    {
        if (errorType is not null) context.Response.Headers["X-Fal-Error-Type"] = errorType;
        return JsonAsync(context, statusCode, ErrorBodies.Flat(detail, errorType));
    }

    /// <summary>Writes the 404 response for an unknown path.</summary>
    public static Task NotFoundAsync(HttpContext context) => ErrorAsync(context, 404, $"Path {context.Request.Path} not found");

    /// <summary>Writes the response to a result call.</summary>
    public static Task ResultAsync(HttpContext context, string requestId, JobAnswer answer)
    {
        context.Response.Headers["x-fal-request-id"] = requestId;
        foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
        return JsonAsync(context, answer.StatusCode, answer.Body);
    }
}
