using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Fal.Wire;

namespace Fal;

/// <summary>The one way through which the runtime talks to the network.</summary>
internal abstract class FalTransport
{
    public abstract TimeProvider Time { get; }

    /// <summary>The queue's own address, by which addresses that fal returns are judged.</summary>
    public abstract Uri QueueAddress { get; }

    /// <summary>Cancelled when the client is disposed: every wait of its calls ends then, whatever handler they go through.</summary>
    public abstract CancellationToken Closing { get; }

    /// <summary>Hears of jobs and calls; null for none.</summary>
    public abstract FalObserver? Observer { get; }

    /// <summary>A text that a server wrote, without the key should it hold it.</summary>
    public abstract string Redact(string text);

    /// <summary>The exception, or one that says the same without the key should its text hold it.</summary>
    public abstract Exception Redact(Exception exception);

    /// <summary>JSON that a server wrote: byte for byte, unless it holds the key.</summary>
    public FalRawJson Redact(FalRawJson json)
    {
        var text = json.ToString();
        var clean = Redact(text);
        return ReferenceEquals(clean, text) ? json : new FalRawJson(Encoding.UTF8.GetBytes(clean));
    }

    /// <summary>
    /// Sends to a configured fal host: adds the key and the user agent, retries as <paramref name="kind"/> allows, never follows a redirect.
    /// </summary>
    public abstract Task<HttpResponseMessage> SendToFalAsync(
        FalHost host,
        string pathAndQuery,
        HttpMethod method,
        Func<HttpContent?>? content,
        FalCallKind kind,
        Action<HttpRequestHeaders>? headers,
        ActivityContext trace,
        CancellationToken ct);

    /// <summary>Sends to a configured fal host a call that is about no job yet: its spans belong to the current activity.</summary>
    public Task<HttpResponseMessage> SendToFalAsync(
        FalHost host,
        string pathAndQuery,
        HttpMethod method,
        Func<HttpContent?>? content,
        FalCallKind kind,
        Action<HttpRequestHeaders>? headers,
        CancellationToken ct)
        => SendToFalAsync(host, pathAndQuery, method, content, kind, headers, default, ct);

    /// <summary>Sends to the platform API, with the key that the call needs and no other.</summary>
    /// <exception cref="FalAuthenticationException">The call needs the admin key, and there is none; nothing was sent.</exception>
    public abstract Task<HttpResponseMessage> SendToPlatformAsync(
        FalCredential credential, string pathAndQuery, HttpMethod method, Func<HttpContent?>? content, CancellationToken ct);

    /// <summary>Sends to any other https host: never the key, an X-Fal header or a cookie.</summary>
    public abstract Task<HttpResponseMessage> SendElsewhereAsync(
        Uri url,
        HttpMethod method,
        Func<HttpContent?>? content,
        FalCallKind kind,
        Action<HttpRequestMessage>? shape,
        CancellationToken ct);

    /// <summary>Sends a call of a client without a key once, with the key of this one; the answer's body is the caller's to read.</summary>
    public abstract Task<HttpResponseMessage> ForwardAsync(
        FalPublicUrl target, HttpMethod method, HttpContent? content, Action<HttpRequestHeaders> headers, CancellationToken ct);

    /// <summary>The byte strings that must not leave in an answer: the key in its common forms, the longest first.</summary>
    public abstract byte[][] SecretForms { get; }

    /// <summary>Whether calls go through a proxy that has the key.</summary>
    public abstract bool UsesProxy { get; }

    /// <summary>Waits on the client's clock, until the caller's token is cancelled or the client is disposed.</summary>
    public async Task DelayAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Closing);
        try
        {
            await Task.Delay(pause, Time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Disposed();
        }
    }

    /// <summary>The error for a call on a disposed client.</summary>
    public static ObjectDisposedException Disposed()
        => new("Fal.FalClient", "The FalClient was disposed. Keep it for as long as its jobs are waited for; a job goes on at fal.");
}
