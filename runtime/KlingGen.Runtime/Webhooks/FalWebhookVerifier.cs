namespace Fal;

/// <summary>Checks that a webhook was signed by fal, over the raw bytes of its body, and says why where it was not.</summary>
/// <remarks>
/// <para>Make one and keep it: it caches fal's keys. It is safe for use by many threads.</para>
/// <para>
/// Give it the body exactly as it arrived. A body that was parsed and written again has other bytes and another signature.
/// Answer a refused webhook with 401 or 403; answer <see cref="FalWebhookVerdict.KeysUnavailable"/> with 503, so that fal delivers again.
/// </para>
/// </remarks>
public sealed class FalWebhookVerifier : IDisposable
{
    private readonly FalWebhookVerifierOptions _options;
    private readonly TimeProvider _time;
    private readonly FalTransport? _transport;
    private readonly IFalWebhookSeenSet _seen;
    private readonly JwksSource _source;
    private readonly WebhookKeys _keys;

    /// <summary>Creates a verifier with an HTTP client of its own, or the one that the options name. No fal key is needed.</summary>
    /// <exception cref="ArgumentException">An option has a value that cannot work.</exception>
    public FalWebhookVerifier(FalWebhookVerifierOptions? options = null)
        : this(options, client: null)
    {
    }

    /// <summary>
    /// Creates a verifier that fetches fal's keys through a client, without showing its key, and whose webhooks bring files that can be downloaded. The client stays open.
    /// </summary>
    /// <exception cref="ArgumentException">An option has a value that cannot work.</exception>
    public FalWebhookVerifier(FalClient client, FalWebhookVerifierOptions? options = null)
        : this(options, client ?? throw new ArgumentNullException(nameof(client)))
    {
    }

    private FalWebhookVerifier(FalWebhookVerifierOptions? options, FalClient? client)
    {
        _options = (options ?? new()).Checked(client);
        _time = _options.TimeProvider!;
        _transport = client?.Transport;
        _seen = _options.SeenSet ?? new FalWebhookSeenSet(timeProvider: _time);
        _source = _transport is not null ? new(_options.JwksAddress!, _transport)
            : _options.HttpClient is not null ? new(_options.JwksAddress!, _options.HttpClient)
            : new(_options.JwksAddress!, _options.HttpHandler);
        _keys = new(_options, _time, _source);
    }

    /// <summary>Checks a webhook whose headers are pairs of name and value; a repeated header is a repeated pair.</summary>
    public ValueTask<FalWebhookVerification> VerifyAsync(
        ReadOnlyMemory<byte> body, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return VerifyAsync(body, headers.Select(header => (header.Key, (string?)header.Value)), cancellationToken);
    }

    /// <summary>Checks a webhook whose headers have lists of values, as those of <see cref="HttpRequestMessage"/>.</summary>
    public ValueTask<FalWebhookVerification> VerifyAsync(
        ReadOnlyMemory<byte> body, IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return VerifyAsync(body, headers.SelectMany(header => header.Value, (header, value) => (header.Key, (string?)value)), cancellationToken);
    }

    /// <summary>Checks a webhook whose headers can be asked for by name: <c>name => request.Headers[name]</c> in ASP.NET Core.</summary>
    /// <param name="body">The body as it arrived.</param>
    /// <param name="header">Gives all values of a header, whatever the case of its name; nothing or null where there is none.</param>
    /// <param name="cancellationToken">Ends the wait for fal's keys.</param>
    public ValueTask<FalWebhookVerification> VerifyAsync(
        ReadOnlyMemory<byte> body, Func<string, IEnumerable<string?>?> header, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(header);
        return VerifyAsync(body, WebhookHeaders.Names.SelectMany(name => header(name) ?? [], (name, value) => (name, value)), cancellationToken);
    }

    /// <summary>Forgets that the webhook of a request was seen, so that its next delivery is no duplicate. Call it when handling one has failed.</summary>
    public ValueTask ForgetAsync(string requestId, CancellationToken cancellationToken = default) => _seen.RemoveAsync(requestId, cancellationToken);

    /// <summary>Closes the connections of the verifier's own.</summary>
    public void Dispose() => _source.Dispose();

    private async ValueTask<FalWebhookVerification> VerifyAsync(ReadOnlyMemory<byte> body, IEnumerable<(string, string?)> values, CancellationToken cancellationToken)
    {
        // What costs least is asked first: a stranger's message should not get as far as hashing its body or fetching keys.
        if (WebhookHeaders.Read(values, out var verdict, out var message) is not { } headers) return FalWebhookVerification.Refused(verdict, message);
        var age = _time.GetUtcNow() - headers.SentAt;
        if (age > _options.Tolerance) return FalWebhookVerification.Refused(FalWebhookVerdict.TooOld, Late("ago", age));
        if (age < -_options.Tolerance) return FalWebhookVerification.Refused(FalWebhookVerdict.TooNew, Late("ahead", -age));

        if (_options.UserId is { } account && account != headers.UserId)
            return FalWebhookVerification.Refused(FalWebhookVerdict.OtherAccount, "The webhook belongs to another account than FalWebhookVerifierOptions.UserId names.");

        if (await _keys.GetAsync(cancellationToken).ConfigureAwait(false) is not { } set)
            return FalWebhookVerification.Refused(FalWebhookVerdict.KeysUnavailable, $"fal's keys could not be fetched from {_options.JwksAddress!.Host}. {_keys.Problem}");

        var text = headers.SignedText(body.Span);
        var match = Match(set, text, headers);
        if (match is null && await _keys.GetOtherAsync(set, cancellationToken).ConfigureAwait(false) is { } other) match = Match(other, text, headers);
        if (match is null)
        {
            return FalWebhookVerification.Refused(
                FalWebhookVerdict.WrongSignature, "No key of fal's matches the signature. If fal sent this, something changed the body: verify the bytes as they arrived.");
        }

        var isNew = await _seen.TryAddAsync(headers.RequestId, cancellationToken).ConfigureAwait(false);
        return FalWebhookVerification.Accepted(body, headers, match.Id, isDuplicate: !isNew, _transport);
    }

    private WebhookKey? Match(WebhookKeys.Set set, byte[] text, WebhookHeaders headers)
        => set.Keys.FirstOrDefault(key => _options.SignatureVerifier is { } verify
            ? verify(key.Key.Bytes, text, headers.Signature)
            : key.Key.Verifies(text, headers.Signature));

    private string Late(string direction, TimeSpan difference) =>
        $"The webhook was signed {difference.TotalSeconds:0} seconds {direction}, more than the {_options.Tolerance.TotalSeconds:0} allowed; check this machine's clock.";
}
