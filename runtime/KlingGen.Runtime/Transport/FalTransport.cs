using System.Net.Http.Headers;

namespace Fal;

/// <summary>The one door through which the runtime talks to the network.</summary>
internal abstract class FalTransport
{
    public abstract TimeProvider Time { get; }

    /// <summary>The queue's own address, by which addresses that fal returns are judged.</summary>
    public abstract Uri QueueAddress { get; }

    /// <summary>A text that a server wrote, without the key should it hold it.</summary>
    public abstract string Redact(string text);

    /// <summary>Sends to a configured fal host: adds the key and the user agent, repeats as <paramref name="kind"/> allows, never follows a redirect.</summary>
    public abstract Task<HttpResponseMessage> SendToFalAsync(
        FalHost host,
        string pathAndQuery,
        HttpMethod method,
        Func<HttpContent?>? content,
        FalCallKind kind,
        Action<HttpRequestHeaders>? headers,
        CancellationToken ct);

    /// <summary>Sends to any other https host: never the key, an X-Fal header or a cookie.</summary>
    public abstract Task<HttpResponseMessage> SendElsewhereAsync(
        Uri url,
        HttpMethod method,
        Func<HttpContent?>? content,
        FalCallKind kind,
        Action<HttpRequestMessage>? shape,
        CancellationToken ct);
}
