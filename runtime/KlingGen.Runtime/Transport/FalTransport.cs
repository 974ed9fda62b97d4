using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Fal.Wire;

namespace Fal;

/// <summary>The HTTP transport: all network access of the runtime goes through it.</summary>
internal abstract class FalTransport
{
    public abstract TimeProvider Time { get; }

    /// <summary>The queue's base URL, with which URLs in fal's answers are compared.</summary>
    public abstract Uri QueueAddress { get; }

    /// <summary>Cancelled when the client is disposed: then every wait of its calls ends, independent of the handler.</summary>
    public abstract CancellationToken Closing { get; }

    /// <summary>The observer of jobs and calls; null for none.</summary>
    public abstract FalObserver? Observer { get; }

    /// <summary>Removes the key from a string that a server wrote.</summary>
    public abstract string Redact(string text);

    /// <summary>Returns the exception, or one with the same message without the key if it contains the key.</summary>
    public abstract Exception Redact(Exception exception);

    /// <summary>Returns JSON that a server wrote: unchanged, unless it contains the key.</summary>
    public FalRawJson Redact(FalRawJson json)
    {
        var text = json.ToString();
        var clean = Redact(text);
        return ReferenceEquals(clean, text) ? json : new FalRawJson(Encoding.UTF8.GetBytes(clean));
    }

    /// <summary>
    /// Sends to a configured fal host: adds the key and the user agent, retries as <paramref name="kind"/> permits, never
    /// follows a redirect.
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

    /// <summary>Sends a call that belongs to no job yet to a configured fal host: its spans belong to the current activity.</summary>
    public Task<HttpResponseMessage> SendToFalAsync(
        FalHost host,
        string pathAndQuery,
        HttpMethod method,
        Func<HttpContent?>? content,
        FalCallKind kind,
        Action<HttpRequestHeaders>? headers,
        CancellationToken ct)
        => SendToFalAsync(host, pathAndQuery, method, content, kind, headers, default, ct);

    /// <summary>Sends to the platform API, only with the key that the call needs.</summary>
    /// <exception cref="FalAuthenticationException">The call needs the admin key, and there is none; nothing was sent.</exception>
    public abstract Task<HttpResponseMessage> SendToPlatformAsync(
        FalCredential credential, string pathAndQuery, HttpMethod method, Func<HttpContent?>? content, CancellationToken ct);

    /// <summary>Sends to any other https host: never with the key, an X-Fal header or a cookie.</summary>
    public abstract Task<HttpResponseMessage> SendElsewhereAsync(
        Uri url,
        HttpMethod method,
        Func<HttpContent?>? content,
        FalCallKind kind,
        Action<HttpRequestMessage>? shape,
        CancellationToken ct);

    /// <summary>Forwards a call of a client without a key once, with the key of this client; the caller reads the answer's body.</summary>
    public abstract Task<HttpResponseMessage> ForwardAsync(
        FalPublicUrl target, HttpMethod method, HttpContent? content, Action<HttpRequestHeaders> headers, CancellationToken ct);

    /// <summary>The byte strings that no answer may contain: the key in its common forms, the longest first.</summary>
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

    /// <summary>Creates the error for a call on a disposed client.</summary>
    public static ObjectDisposedException Disposed()
        => new("Fal.FalClient", "The FalClient was disposed. Keep it for as long as its jobs are waited for; a job goes on at fal.");
}
