namespace Fal;

/// <summary>Options of a <see cref="FalWebhookVerifier"/>. The defaults fit webhooks of fal's own service.</summary>
public sealed class FalWebhookVerifierOptions
{
    /// <summary>
    /// The URL of the key set (JWKS): https, or http on loopback. Default: <c>https://rest.fal.ai/.well-known/jwks.json</c>,
    /// or the same path below the <see cref="FalClientOptions.RestAddress"/> of the verifier's client.
    /// </summary>
    public Uri? JwksAddress { get; set; }

    /// <summary>
    /// The HTTP client that fetches the key set. It is not disposed, and must not follow redirects: an answer from another URL is refused.
    /// </summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>The handler of the verifier's own HTTP client. It is not disposed.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>The clock; default: the clock of the verifier's client, or <see cref="System.TimeProvider.System"/>.</summary>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>The tolerance of the timestamp, past and future; default 5 minutes, as fal recommends.</summary>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The lifetime of cached keys; default and maximum 24 hours. After half of it, the verifier refreshes the key set; while the refresh
    /// fails, it uses the cached keys, and at the end of their lifetime it refuses every webhook.
    /// </summary>
    public TimeSpan KeyLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// The minimum interval between two fetches of the key set, so that invalid webhooks cannot cause a flood of fetches; default 1 minute.
    /// </summary>
    public TimeSpan RefetchInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The timeout of one fetch of the key set; default 5 seconds, because fal waits about 15 seconds for an answer to a webhook.</summary>
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The id of your fal account, as in <see cref="FalWebhookVerification.UserId"/>. fal signs for all accounts with the same keys and sends to any
    /// URL that a request names, so without this option the job of another account can send webhooks to you. Default: every account is accepted.
    /// </summary>
    public string? UserId { get; set; }

    /// <summary>
    /// Verifies Ed25519 signatures in place of the built-in implementation, for instance with NSec or BouncyCastle where a policy requires
    /// one. It is called from many threads at once, and must return false for a signature that does not match.
    /// </summary>
    public FalSignatureVerifier? SignatureVerifier { get; set; }

    /// <summary>A validated copy in which every default is filled in.</summary>
    internal FalWebhookVerifierOptions Checked(FalSigningKeys? signingKeys)
    {
        var copy = (FalWebhookVerifierOptions)MemberwiseClone();
        copy.JwksAddress ??= signingKeys?.Address ?? new("https://rest.fal.ai/.well-known/jwks.json");
        copy.TimeProvider ??= signingKeys?.TimeProvider ?? TimeProvider.System;
        CheckAddress(copy.JwksAddress);
        Positive(Tolerance, nameof(Tolerance));
        Positive(KeyLifetime, nameof(KeyLifetime));
        Positive(RefetchInterval, nameof(RefetchInterval));
        Positive(FetchTimeout, nameof(FetchTimeout));
        if (KeyLifetime > TimeSpan.FromHours(24))
            throw new ArgumentException(
                $"FalWebhookVerifierOptions.{nameof(KeyLifetime)} must be at most 24 hours: a key that fal revokes stays valid here for that long.");
        if (new object?[] { signingKeys, HttpClient, HttpHandler }.Count(way => way is not null) > 1)
            throw new ArgumentException(
                "Set only one of FalWebhookVerifierOptions.HttpClient, FalWebhookVerifierOptions.HttpHandler and the FalClient of the constructor.");
        return copy;
    }

    private static void CheckAddress(Uri address)
    {
        var isSafe = address.IsAbsoluteUri && address.UserInfo.Length == 0
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
        if (!isSafe)
        {
            throw new ArgumentException(
                $"FalWebhookVerifierOptions.{nameof(JwksAddress)} must be an https address without user name (or http to this machine): "
                + "the server at this URL decides which webhooks are valid.");
        }
    }

    private static void Positive(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero) throw new ArgumentException($"FalWebhookVerifierOptions.{name} must be more than zero.");
    }
}
