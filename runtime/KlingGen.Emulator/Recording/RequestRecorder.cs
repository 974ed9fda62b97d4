using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fal.Emulation;

/// <summary>Writes down what comes in.</summary>
internal sealed class RequestRecorder(FalRequestLog received, TimeProvider time)
{
    private const string Hidden = "***";

    public FalReceivedRequest Begin(HttpContext context, FalService service, Call call)
    {
        // The path as it was sent, before the server decodes or climbs anything.
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var request = new FalReceivedRequest(
            service, call, context.Request.Method, query < 0 ? target : target[..query], query < 0 ? "" : target[query..], time.GetUtcNow(), Headers(context.Request.Headers));
        context.Request.Body = new RecordingStream(context.Request.Body, request);
        context.Items[typeof(FalReceivedRequest)] = request;
        received.Add(request);
        return request;
    }

    /// <summary>What was written down about the request that is being answered.</summary>
    public static FalReceivedRequest Of(HttpContext context) => (FalReceivedRequest)context.Items[typeof(FalReceivedRequest)]!;

    private static Dictionary<string, string> Headers(IHeaderDictionary headers)
    {
        var shown = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in headers) shown[name] = name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? Redact(values.ToString()) : values.ToString();
        return shown;
    }

    // "Key id:secret" and "Bearer token": the scheme and the id say who called, the rest is nobody's business.
    private static string Redact(string authorization)
    {
        var colon = authorization.IndexOf(':', StringComparison.Ordinal);
        var space = authorization.IndexOf(' ', StringComparison.Ordinal);
        return string.Concat(authorization.AsSpan(0, Math.Max(colon, space) + 1), Hidden);
    }
}
