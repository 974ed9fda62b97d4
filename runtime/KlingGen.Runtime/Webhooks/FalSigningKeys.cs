namespace Fal;

/// <summary>
/// Downloads the public keys with which fal signs webhooks, over the connections of a <see cref="FalClient"/> and without its key. It is the
/// source of keys for verifiers such as <c>FalWebhookVerifier</c> of the package KlingGen.Webhooks.
/// </summary>
/// <param name="client">The client.</param>
public sealed class FalSigningKeys(FalClient client)
{
    private readonly FalClient _client = client ?? throw new ArgumentNullException(nameof(client));

    /// <summary>The URL of the key set (JWKS) below the <see cref="FalClientOptions.RestAddress"/> of the client.</summary>
    public Uri Address => new(_client.Options.RestAddress.AbsoluteUri.TrimEnd('/') + "/.well-known/jwks.json");

    /// <summary>The clock of the client.</summary>
    public TimeProvider TimeProvider => _client.Options.TimeProvider;

    /// <summary>Requests a key set with the client's retries and telemetry. Redirects are not followed.</summary>
    /// <param name="address">The URL of the key set.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FalUnavailableException">There was no answer.</exception>
    public Task<HttpResponseMessage> DownloadAsync(Uri address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        return _client.Transport.SendElsewhereAsync(
            address, HttpMethod.Get, null, FalCallKind.Jwks, static request => request.Headers.Add("Accept", "application/json"), cancellationToken);
    }
}
