namespace Fal;

/// <summary>Settings of a <see cref="FalWebhookVerifier"/>. Every one has a default that suits webhooks of fal's own service.</summary>
public sealed class FalWebhookVerifierOptions
{
    /// <summary>Where fal publishes the keys it signs with. https, or http to this machine.</summary>
    public Uri JwksAddress { get; set; } = new("https://rest.fal.ai/.well-known/jwks.json");

    /// <summary>The client that fetches the keys, which stays yours to dispose of. It should not follow redirects: an answer from another address is refused.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>The handler below the verifier's own client, which stays yours to dispose of; not used when <see cref="HttpClient"/> is given.</summary>
    public HttpMessageHandler? Handler { get; set; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

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

    /// <summary>What remembers the requests seen; unless set, a <see cref="FalWebhookSeenSet"/> of the verifier's own.</summary>
    public IFalWebhookSeenSet? SeenSet { get; set; }

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(JwksAddress);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        if (!JwksAddress.IsAbsoluteUri || JwksAddress.UserInfo.Length > 0
            || !(JwksAddress.Scheme == Uri.UriSchemeHttps || (JwksAddress.Scheme == Uri.UriSchemeHttp && JwksAddress.IsLoopback)))
        {
            throw new ArgumentException(
                $"{nameof(JwksAddress)} must be an https address without user name (or http to this machine), for whoever answers there can sign webhooks.", nameof(JwksAddress));
        }

        Positive(Tolerance, nameof(Tolerance));
        Positive(KeyLifetime, nameof(KeyLifetime));
        Positive(RefetchInterval, nameof(RefetchInterval));
        Positive(FetchTimeout, nameof(FetchTimeout));
        if (KeyLifetime > TimeSpan.FromHours(24))
            throw new ArgumentException($"{nameof(KeyLifetime)} must be at most 24 hours, for a key that fal withdraws stays good that long here.", nameof(KeyLifetime));
    }

    private static void Positive(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero) throw new ArgumentException($"{name} must be longer than nothing.", name);
    }
}
