using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>
/// The headers that let a browser call (CORS): every origin, with fal's own headers for scripts to read. An assumption, because no recorded exchange
/// comes from a browser. Content types are not guessed, because uploaded files are served from this machine.
/// </summary>
internal static class Browsers
{
    private const string Exposed = "x-fal-request-id, x-fal-billable-units, x-fal-served-from, X-Fal-Error-Type, Retry-After";

    public static Task AllowAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = Exposed;
        headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsOptions(context.Request.Method) || context.Request.Headers.AccessControlRequestMethod.Count == 0) return next(context);
        headers.AccessControlAllowMethods = "GET, HEAD, POST, PUT, DELETE, OPTIONS";
        headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders.Count > 0
            ? context.Request.Headers.AccessControlRequestHeaders : "*";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
