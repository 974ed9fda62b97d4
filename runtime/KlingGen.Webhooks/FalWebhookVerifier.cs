namespace Fal;

/// <summary>
/// Webhook signature check: verifies the signature of webhooks over the raw bytes of the body, and gives the reason for
/// each refusal.
/// </summary>
/// <remarks>
/// <para>Create one and reuse it: it caches fal's key set (JWKS). It is thread-safe.</para>
/// <para>
/// Pass the body exactly as it arrived. A body that was parsed and serialized again has other bytes and another signature.
/// Answer a refused webhook with 401 or 403; answer <see cref="FalWebhookVerdict.KeysUnavailable"/> with 503, so that fal retries the delivery.
/// A delivery that was not answered with 2xx comes again: deduplicate with an <see cref="IFalWebhookStore"/>.
/// </para>
/// </remarks>
public sealed class FalWebhookVerifier : IDisposable
{
    private readonly FalWebhookVerifierOptions _options;
    private readonly TimeProvider _time;
    private readonly FalClient? _client;
    private readonly JwksSource _source;
    private readonly WebhookKeys _keys;

    /// <summary>Creates a verifier with its own HTTP client, or the one in the options. It needs no fal key.</summary>
    /// <exception cref="ArgumentException">An option has an invalid value.</exception>
    public FalWebhookVerifier(FalWebhookVerifierOptions? options = null)
        : this(options, client: null)
    {
    }

    /// <summary>
    /// Creates a verifier that fetches the key set through a client, without sending its key, and whose webhooks have files that can be
    /// downloaded. The verifier does not dispose the client.
    /// </summary>
    /// <exception cref="ArgumentException">An option has an invalid value.</exception>
    public FalWebhookVerifier(FalClient client, FalWebhookVerifierOptions? options = null)
        : this(options, client ?? throw new ArgumentNullException(nameof(client)))
    {
    }

    private FalWebhookVerifier(FalWebhookVerifierOptions? options, FalClient? client)
    {
        _client = client;
        var signingKeys = client is null ? null : new FalSigningKeys(client);
        _options = (options ?? new()).Checked(signingKeys);
        _time = _options.TimeProvider!;
        _source = signingKeys is not null ? new(_options.JwksAddress!, signingKeys)
            : _options.HttpClient is not null ? new(_options.JwksAddress!, _options.HttpClient)
            : new(_options.JwksAddress!, _options.HttpHandler);
        _keys = new(_options, _time, _source);
    }

    /// <summary>Verifies a webhook whose headers are name-value pairs; a repeated header is a repeated pair.</summary>
    public ValueTask<FalWebhookVerification> VerifyAsync(
        ReadOnlyMemory<byte> body, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return VerifyAsync(body, headers.Select(header => (header.Key, (string?)header.Value)), cancellationToken);
    }

    /// <summary>Verifies a webhook whose headers have lists of values, as those of <see cref="HttpRequestMessage"/>.</summary>
    public ValueTask<FalWebhookVerification> VerifyAsync(
        ReadOnlyMemory<byte> body, IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return VerifyAsync(body, headers.SelectMany(header => header.Value, (header, value) => (header.Key, (string?)value)), cancellationToken);
    }

    /// <summary>Verifies a webhook whose headers are looked up by name: <c>name => request.Headers[name]</c> in ASP.NET Core.</summary>
    /// <param name="body">The raw body.</param>
    /// <param name="header">Returns all values of a header, by case-insensitive name; empty or null if there is none.</param>
    /// <param name="cancellationToken">Cancels the wait for the key set.</param>
    public ValueTask<FalWebhookVerification> VerifyAsync(
        ReadOnlyMemory<byte> body, Func<string, IEnumerable<string?>?> header, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(header);
        return VerifyAsync(body, WebhookHeaders.Names.SelectMany(name => header(name) ?? [], (name, value) => (name, value)), cancellationToken);
    }

    /// <summary>Disposes the verifier's own HTTP client.</summary>
    public void Dispose() => _source.Dispose();

    private async ValueTask<FalWebhookVerification> VerifyAsync(
        ReadOnlyMemory<byte> body,
        IEnumerable<(string, string?)> values,
        CancellationToken cancellationToken)
    {
        // Cheap checks first: an unauthenticated message must not cause hashing of its body or a fetch of keys.
        if (WebhookHeaders.Read(values, out var verdict, out var message) is not { } headers) return FalWebhookVerification.Refused(verdict, message);
        var age = _time.GetUtcNow() - headers.SentAt;
        if (age > _options.Tolerance) return FalWebhookVerification.Refused(FalWebhookVerdict.TooOld, Late("ago", age));
        if (age < -_options.Tolerance) return FalWebhookVerification.Refused(FalWebhookVerdict.TooNew, Late("ahead", -age));

        if (_options.UserId is { } account && account != headers.UserId)
            return FalWebhookVerification.Refused(
                FalWebhookVerdict.OtherAccount,
                "The webhook belongs to another account than FalWebhookVerifierOptions.UserId names.");

        if (await _keys.GetAsync(cancellationToken).ConfigureAwait(false) is not { } set)
            return FalWebhookVerification.Refused(
                FalWebhookVerdict.KeysUnavailable,
                $"fal's keys could not be fetched from {_options.JwksAddress!.Host}. {_keys.Problem}");

        var text = headers.SignedText(body.Span);
        var match = Match(set, text, headers);
        if (match is null && await _keys.GetOtherAsync(set, cancellationToken).ConfigureAwait(false) is { } other)
            match = Match(other, text, headers);
        if (match is null)
        {
            return FalWebhookVerification.Refused(
                FalWebhookVerdict.WrongSignature, "No key of fal's matches the signature. If fal sent this, something changed the body: verify "
                    + "the bytes as they arrived.");
        }

        return FalWebhookVerification.Accepted(body, headers, match.Id, _client);
    }

    private WebhookKey? Match(WebhookKeys.Set set, byte[] text, WebhookHeaders headers)
        => set.Keys.FirstOrDefault(key => _options.SignatureVerifier is { } verify
            ? verify(key.Key.Bytes, text, headers.Signature)
            : key.Key.Verifies(text, headers.Signature));

    private string Late(string direction, TimeSpan difference) =>
        $"The webhook was signed {difference.TotalSeconds:0} seconds {direction}, more than the {_options.Tolerance.TotalSeconds:0} allowed; "
            + "check this machine's clock.";
}
