using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Fal.Emulation;

/// <summary>Signer of webhooks like fal's, with its own key: only for tests of code that receives webhooks.</summary>
/// <remarks>
/// The duration of signing depends on the key, so never use a key that protects anything. A verifier accepts these
/// signatures only if it gets its keys from <see cref="CreateJwksHandler"/> or from a URL that serves <see cref="Jwks"/>.
/// </remarks>
public sealed class FalWebhookSigner
{
    private readonly Ed25519TestKey _key;
    private readonly TimeProvider _time;

    /// <summary>Creates a signer with a random key.</summary>
    public FalWebhookSigner(TimeProvider? timeProvider = null)
        : this(RandomNumberGenerator.GetBytes(Ed25519TestKey.SeedLength), timeProvider)
    {
    }

    /// <summary>Creates a signer with a key that is derived from 32 bytes, so that signatures in a test are constant.</summary>
    public FalWebhookSigner(ReadOnlySpan<byte> seed, TimeProvider? timeProvider = null)
    {
        _key = new(seed);
        _time = timeProvider ?? TimeProvider.System;
        var x = Convert.ToBase64String(_key.PublicKey).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        KeyId = "test-" + x[..8];
        Jwks = $$"""{"keys":[{"kty":"OKP","crv":"Ed25519","use":"sig","alg":"EdDSA","kid":"{{KeyId}}","x":"{{x}}"}]}""";
    }

    /// <summary>The id of the key in <see cref="Jwks"/>.</summary>
    public string KeyId { get; }

    /// <summary>The key set (JWKS) for a verifier, as JSON.</summary>
    public string Jwks { get; }

    /// <summary>Creates the four headers of a webhook with this body.</summary>
    /// <param name="body">The exact bytes of the body.</param>
    /// <param name="requestId">The request id of the job.</param>
    /// <param name="userId">The fal account of the webhook.</param>
    /// <param name="sentAt">The time of the signature; now by default.</param>
    /// <exception cref="ArgumentException">An id is empty, too long or not plain ASCII.</exception>
    public IReadOnlyDictionary<string, string> Sign(
        ReadOnlySpan<byte> body,
        string requestId,
        string userId = "test-user",
        DateTimeOffset? sentAt = null)
    {
        Plain(requestId, nameof(requestId));
        Plain(userId, nameof(userId));
        var timestamp = (sentAt ?? _time.GetUtcNow()).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = _key.Sign(WebhookHeaders.SignedText(requestId, userId, timestamp, body));
        return new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [WebhookHeaders.RequestIdName] = requestId,
            [WebhookHeaders.UserIdName] = userId,
            [WebhookHeaders.TimestampName] = timestamp,
            [WebhookHeaders.SignatureName] = WebhookHeaders.LowerHex(signature),
        };
    }

    /// <summary>
    /// Creates a handler that answers every request with <see cref="Jwks"/>, for
    /// <see cref="FalWebhookVerifierOptions.HttpHandler"/>.
    /// </summary>
    public HttpMessageHandler CreateJwksHandler() => new JwksHandler(Jwks);

    private static void Plain(string value, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        if (!WebhookHeaders.IsPlain(value))
            throw new ArgumentException("It must be plain ASCII of a moderate length, as it stands in a header.", name);
    }

    private sealed class JwksHandler(string jwks) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => Task.FromResult(Send(request, cancellationToken));

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => new(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new StringContent(jwks, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json")),
        };
    }
}
