using System.Net.Http.Headers;

namespace Fal;

/// <summary>
/// Forwards calls of clients without a key to fal, with the key of a <see cref="FalClient"/>: the back end of a proxy. Each
/// call is sent once, to the base URLs in the client's options; redirects are not followed, and the key is removed from the
/// answer.
/// </summary>
/// <param name="client">The client with the key.</param>
public sealed class FalForwarder(FalClient client)
{
    private readonly FalClient _client = client ?? throw new ArgumentNullException(nameof(client));

    /// <summary>Sends a call and returns when the headers of the answer have arrived.</summary>
    /// <param name="target">The target URL in the caller's request. The proxy decides which targets are allowed.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="content">The body; null for none. It is read once and disposed.</param>
    /// <param name="headers">Headers of the request. Those of the connection and of identity are refused.</param>
    /// <param name="cancellationToken">Ends the call, also while the answer is read.</param>
    /// <exception cref="ArgumentException">A header cannot be sent, or is not the caller's to set.</exception>
    /// <exception cref="FalUnavailableException">fal could not be reached, or did not answer in time.</exception>
    /// <exception cref="FalProtocolException">fal answered with a redirect.</exception>
    public async Task<FalForwardedResponse> SendAsync(
        FalPublicUrl target,
        HttpMethod method,
        HttpContent? content = null,
        IEnumerable<KeyValuePair<string, string>>? headers = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(method);
        KeyValuePair<string, string>[] own = [.. headers ?? []];
        foreach (var (name, value) in own)
        {
            // The only reserved header that callers of a proxy may set.
            if (name.Equals("Accept", StringComparison.OrdinalIgnoreCase)) FalHeaders.RequireValue("Header 'Accept'", value);
            else FalHeaders.RequireExtra(name, value);
        }
        var response = await _client.Transport.ForwardAsync(target, method, content, Add, cancellationToken).ConfigureAwait(false);
        if ((int)response.StatusCode is >= 300 and < 400 and not 304)
        {
            response.Dispose();
            throw new FalProtocolException("fal answered with a redirect, which is never followed. Check the URLs in FalClientOptions.");
        }
        return new FalForwardedResponse(response, _client.Transport);

        void Add(HttpRequestHeaders to)
        {
            foreach (var (name, value) in own) to.TryAddWithoutValidation(name, value);
        }
    }
}
