using System.Diagnostics;
using System.Net.Http.Headers;

namespace Fal;

/// <summary>One call, with everything that its attempts share. <see cref="Host"/> is null for a URL of another host.</summary>
internal sealed record FalCall(FalCallKind Kind, HttpMethod Method, Uri Url, FalHost? Host, Func<HttpContent?>? Content)
{
    /// <summary>The URL on the backup host; null if there is none or it is not allowed.</summary>
    public Uri? BackupUrl { get; init; }

    /// <summary>The path on a fal host.</summary>
    public string Path { get; init; } = "";

    /// <summary>fal's public URL, as the target for a proxy; null without a proxy.</summary>
    public string? ProxyTarget { get; init; }

    /// <summary>The endpoint and the request id, parsed from the path. Only errors and observers need them, so they are not stored.</summary>
    public (string? EndpointId, string? RequestId) About => Host is FalHost.Queue or FalHost.Run ? FalQueueUrls.Describe(Path) : (null, null);

    /// <summary>The trace context of the job that the call is about; default for none.</summary>
    public ActivityContext Trace { get; init; }

    /// <summary>The last attempt, if there is an observer.</summary>
    public FalCallEvent? LastAttempt { get; set; }

    /// <summary>The key that the call sends.</summary>
    public FalPlatformKey Key { get; init; }

    /// <summary>Adds headers to a request to fal.</summary>
    public Action<HttpRequestHeaders>? Headers { get; init; }

    /// <summary>Adds headers to a request to another host.</summary>
    public Action<HttpRequestMessage>? Shape { get; init; }

    /// <summary>Whether the call starts work that is charged.</summary>
    public bool StartsWork => Kind is FalCallKind.Submit or FalCallKind.RunDirect or FalCallKind.RunStream;

    /// <summary>Whether each attempt has one of the slots for status calls, which it frees.</summary>
    public bool HasPollSlot { get; init; }

    /// <summary>
    /// Whether the answer's body is read into memory within the attempt. The caller reads the body of a stream, unless it is
    /// an error or, for a model that does not stream, the result itself.
    /// </summary>
    public bool LoadsBody(HttpResponseMessage response) => Kind switch
    {
        FalCallKind.Download or FalCallKind.Jwks or FalCallKind.Forward => false,
        FalCallKind.Events => !response.IsSuccessStatusCode,
        FalCallKind.RunStream => !response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType != "text/event-stream",
        _ => true,
    };
}
