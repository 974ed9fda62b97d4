using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>
/// Headers for calls from browsers (CORS): all origins are allowed, and scripts can read fal's own headers. This is an
/// assumption, because no recorded exchange comes from a browser. Content type sniffing is disabled, because uploaded files
/// are served from this machine.
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
