using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace KlingGen.Cli.Playground;

/// <summary>
/// Decides which requests reach the page's server. The server can spend money, so a request must prove that it comes from the page: any other
/// website that the user has open can send requests to this machine, too.
/// </summary>
/// <param name="token">The secret of this run.</param>
/// <param name="media">The origins from which the page shows files.</param>
internal sealed class PageGuard(string token, IReadOnlyCollection<string> media)
{
    /// <summary>The header that carries the token. A custom header makes a browser ask for permission (CORS), which is never given.</summary>
    public const string TokenHeader = "X-Klinggen-Token";

    /// <summary>The path below which the calls stand.</summary>
    public const string Calls = "/api";

    private readonly byte[] _token = Encoding.UTF8.GetBytes(token);
    private readonly string _policy = string.Join("; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' blob: " + string.Join(' ', media),
        "media-src blob: " + string.Join(' ', media),
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'");

    /// <summary>Answers what is refused, and passes on the rest.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        SetHeaders(context.Response.Headers);
        return Fault(context) is { } fault ? RefuseAsync(context, fault.Status, fault.Message) : next(context);
    }

    /// <summary>An error as the page reads it.</summary>
    public static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new Dictionary<string, string> { ["error"] = message }, context.RequestAborted);
    }

    private (int Status, string Message)? Fault(HttpContext context)
    {
        var request = context.Request;

        // DNS rebinding: a foreign name that leads to this machine is the browser's same origin, and Host is what gives it away.
        if (!IsOwnHost(request.Host, context.Connection.LocalPort))
            return (StatusCodes.Status421MisdirectedRequest, "The Host header is not this server's.");
        if (!IsOwnOrigin(request)) return (StatusCodes.Status403Forbidden, "The Origin header is not this page's.");

        // All but the assets: routes match without regard to case, so a list of what is guarded would have gaps.
        if (PageAssets.IsAsset(request)) return null;

        // A page on another port of this machine is the same site, and the emulator's media host serves uploaded files.
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site != "same-origin")
            return (StatusCodes.Status403Forbidden, "The call does not come from this page.");
        if (!HasToken(request.Headers[TokenHeader]))
            return (StatusCodes.Status401Unauthorized, "The token is missing or wrong. Open the URL that klinggen printed.");
        if (HttpMethods.IsGet(request.Method)) return null;
        if (request.Headers.Origin.Count == 0) return (StatusCodes.Status403Forbidden, "The Origin header is missing.");
        return !HasPlainBody(request) ? (StatusCodes.Status415UnsupportedMediaType, "The body must be JSON or a file.") : null;
    }

    private static bool IsOwnHost(HostString host, int port)
        => host.Port == port && (host.Host == "127.0.0.1" || host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase));

    private static bool IsOwnOrigin(HttpRequest request)
        => request.Headers.Origin is not { Count: > 0 } origin || origin == "http://" + request.Host.Value;

    private bool HasToken(StringValues given)
        => given.Count == 1 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given[0] ?? ""), _token);

    // Forms of other sites can send neither of these types.
    private static bool HasPlainBody(HttpRequest request)
        => MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase)
                || type.MediaType.Equals(MediaTypeNames.Application.Octet, StringComparison.OrdinalIgnoreCase));

    private void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = _policy;
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        headers.CacheControl = "no-store";
    }
}
