using Microsoft.AspNetCore.Http;

namespace Fal.AspNetCore;

/// <summary>The kind of a call through the proxy.</summary>
internal enum ProxyCallKind
{
    Submit,
    DirectRun,
    Job,
    Upload,
}

/// <summary>A call through the proxy, recognized by method, host and path. An unrecognized call is refused.</summary>
internal sealed record ProxyCall(ProxyCallKind Kind, string Id)
{
    private const string Requests = "/requests/";
    private const string Stream = "/stream";

    private static readonly string[] SubmitQuery = ["fal_max_queue_length"];
    private static readonly string[] SubmitQueryWithWebhook = ["fal_max_queue_length", "fal_webhook"];
    private static readonly string[] UploadPaths = ["/storage/upload/initiate", "/storage/upload/initiate-multipart"];

    /// <summary>Whether the call starts paid work.</summary>
    public bool StartsWork => Kind is ProxyCallKind.Submit or ProxyCallKind.DirectRun;

    /// <summary>Whether the call has a body.</summary>
    public bool HasBody => Kind != ProxyCallKind.Job;

    /// <summary>Recognizes a call. <see cref="Id"/> is the endpoint of a submit or run, the app of a job, empty for an upload.</summary>
    public static ProxyCall? Recognize(string method, FalPublicUrl url, bool allowWebhooks) => url.Host switch
    {
        "queue.fal.run" when url.Path.Contains(Requests, StringComparison.Ordinal) => Job(method, url),
        "queue.fal.run" => HttpMethods.IsPost(method) && HasOnly(url.Query, allowWebhooks ? SubmitQueryWithWebhook : SubmitQuery)
            && FalEndpointId.TryParse(url.Path[1..], out var id) ? new(ProxyCallKind.Submit, id.ToString()) : null,
        "fal.run" => HttpMethods.IsPost(method) && url.Query.Length == 0 ? Run(url.Path) : null,
        "rest.fal.ai" => HttpMethods.IsPost(method) && UploadPaths.Contains(url.Path, StringComparer.Ordinal)
            && url.Query is "?storage_type=fal-cdn-v3" or "?storage_type=gcs" ? new(ProxyCallKind.Upload, "") : null,
        _ => null,
    };

    private static ProxyCall? Run(string path)
    {
        if (path.EndsWith(Stream, StringComparison.Ordinal)) path = path[..^Stream.Length];
        return path.Length > 1 && FalEndpointId.TryParse(path[1..], out var id) ? new(ProxyCallKind.DirectRun, id.ToString()) : null;
    }

    private static ProxyCall? Job(string method, FalPublicUrl url)
    {
        var at = url.Path.IndexOf(Requests, StringComparison.Ordinal);
        if (at < 2 || !FalEndpointId.TryParse(url.Path[1..at], out var id) || !HasOnly(url.Query, ["logs"])) return null;
        var isKnown = url.Path[(at + Requests.Length)..].Split('/') switch
        {
            [var request] => HttpMethods.IsGet(method) && IsRequestId(request),
            [var request, "status"] => HttpMethods.IsGet(method) && IsRequestId(request),
            [var request, "status", "stream"] => HttpMethods.IsGet(method) && IsRequestId(request),
            [var request, "cancel"] => HttpMethods.IsPut(method) && IsRequestId(request),
            _ => false,
        };
        return isKnown ? new(ProxyCallKind.Job, id.App) : null;
    }

    private static bool IsRequestId(string text) => text.Length is > 0 and <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    // Names are compared without decoding: fal's clients never encode them. Some servers also separate parameters by a semicolon.
    private static bool HasOnly(string query, string[] names)
        => query.Length == 0 || (!query.Contains(';')
            && Array.TrueForAll(query[1..].Split('&'), pair => names.Contains(pair.Split('=')[0], StringComparer.Ordinal)));
}
