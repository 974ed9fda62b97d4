using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fal.Emulation;

/// <summary>Records incoming requests.</summary>
internal sealed class RequestRecorder(FalRequestLog received, TimeProvider time, IEnumerable<string> keys)
{
    private const string Hidden = "***";
    private readonly string[] _secrets = [.. keys.SelectMany(Secrets)];

    public FalReceivedRequest Begin(HttpContext context, FalService service, Call call)
    {
        // The raw path, before the server decodes or normalizes it.
        var target = Hide(context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "");
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var request = new FalReceivedRequest(
            service, call, context.Request.Method, query < 0 ? target : target[..query], query < 0
                ? ""
                : target[query..], time.GetUtcNow(), Headers(context.Request.Headers));
        context.Request.Body = new RecordingStream(context.Request.Body, request);
        context.Items[typeof(FalReceivedRequest)] = request;
        received.Add(request);
        return request;
    }

    /// <summary>Gets the record of the request that is being processed.</summary>
    public static FalReceivedRequest GetRequest(HttpContext context) => (FalReceivedRequest)context.Items[typeof(FalReceivedRequest)]!;

    private Dictionary<string, string> Headers(IHeaderDictionary headers)
    {
        var shown = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in headers)
        {
            var value = values.ToString();
            shown[name] = name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? Redact(value) : Hide(value);
        }
        return shown;
    }

    // The key may occur in an unexpected place.
    private string Hide(string text)
    {
        foreach (var secret in _secrets) text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        return text;
    }

    // A short secret may occur in any word by chance; the complete key does not.
    private static string[] Secrets(string key)
    {
        const int Short = 8;
        var secret = key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (secret.Length < Short) secret = key;
        return [secret, Uri.EscapeDataString(secret)];
    }

    // "Key id:secret" and "Bearer token": the scheme and the id identify the caller; the secret is not recorded.
    private static string Redact(string authorization)
    {
        var colon = authorization.IndexOf(':', StringComparison.Ordinal);
        var space = authorization.IndexOf(' ', StringComparison.Ordinal);
        return string.Concat(authorization.AsSpan(0, Math.Max(colon, space) + 1), Hidden);
    }
}
