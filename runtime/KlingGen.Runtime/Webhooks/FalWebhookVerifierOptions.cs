namespace Fal;

/// <summary>Settings of a <see cref="FalWebhookVerifier"/>. Every one has a default that suits webhooks of fal's own service.</summary>
public sealed class FalWebhookVerifierOptions
{
    /// <summary>
    /// Where fal publishes the keys it signs with: https, or http to this machine. Unless set, <c>https://rest.fal.ai/.well-known/jwks.json</c>,
    /// or the same path below the <see cref="FalClientOptions.RestAddress"/> of the client that the verifier was given.
    /// </summary>
    public Uri? JwksAddress { get; set; }

    /// <summary>What fetches the keys, unless the verifier was given a client. It stays yours, and should not follow redirects: an answer from another address is refused.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>What lies below the verifier's own HTTP client, unless it was given another. It stays yours.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>The clock; unless set, that of the client that the verifier was given, or the system's.</summary>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>How far the time of a webhook may lie from now, either way: 5 minutes, as fal recommends.</summary>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long fetched keys may be used, at most (and unless set) 24 hours. From half that age on, the verifier tries to fetch them anew;
    /// while that fails it goes on with the old ones, and when they reach this age it refuses every webhook.
    /// </summary>
    public TimeSpan KeyLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The least time from one fetch of the keys to the next, so that bad webhooks cannot make the verifier fetch them again and again: 1 minute.</summary>
    public TimeSpan RefetchInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one fetch of the keys may take: 5 seconds, since fal waits about 15 for an answer to a webhook.</summary>
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Your account at fal, as <see cref="FalWebhookVerification.UserId"/> shows it. fal signs for all accounts with the same keys and sends wherever a request asks it to, so
    /// without this a stranger's job can report to your address. Unless set, every account is accepted.
    /// </summary>
    public string? UserId { get; set; }

    /// <summary>What remembers the requests seen; unless set, a <see cref="FalWebhookSeenSet"/> of the verifier's own.</summary>
    public IFalWebhookSeenSet? SeenSet { get; set; }

    /// <summary>
    /// Verifies Ed25519 signatures in place of the built-in implementation, for instance with NSec or BouncyCastle where a policy asks for
    /// one. It is called from many threads at once, and must return false for a signature that does not match.
    /// </summary>
    public FalSignatureVerifier? SignatureVerifier { get; set; }

    /// <summary>A copy whose values have been checked, with nothing left open.</summary>
    internal FalWebhookVerifierOptions Checked(FalClient? client)
    {
        var copy = (FalWebhookVerifierOptions)MemberwiseClone();
        copy.JwksAddress ??= new((client?.Options.RestAddress.AbsoluteUri.TrimEnd('/') ?? "https://rest.fal.ai") + "/.well-known/jwks.json");
        copy.TimeProvider ??= client?.Options.TimeProvider ?? TimeProvider.System;
        CheckAddress(copy.JwksAddress);
        Positive(Tolerance, nameof(Tolerance));
        Positive(KeyLifetime, nameof(KeyLifetime));
        Positive(RefetchInterval, nameof(RefetchInterval));
        Positive(FetchTimeout, nameof(FetchTimeout));
        if (KeyLifetime > TimeSpan.FromHours(24))
            throw new ArgumentException($"FalWebhookVerifierOptions.{nameof(KeyLifetime)} must be at most 24 hours: a key that fal withdraws stays good that long here.");
        if (new object?[] { client, HttpClient, HttpHandler }.Count(way => way is not null) > 1)
            throw new ArgumentException("Give a FalWebhookVerifier one way to fetch keys: a FalClient, FalWebhookVerifierOptions.HttpClient or FalWebhookVerifierOptions.HttpHandler.");
        return copy;
    }

    private static void CheckAddress(Uri address)
    {
        var isSafe = address.IsAbsoluteUri && address.UserInfo.Length == 0
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
        if (!isSafe)
        {
            throw new ArgumentException(
                $"FalWebhookVerifierOptions.{nameof(JwksAddress)} must be an https address without user name (or http to this machine): whoever answers there can sign webhooks.");
        }
    }

    private static void Positive(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero) throw new ArgumentException($"FalWebhookVerifierOptions.{name} must be more than zero.");
    }
}
