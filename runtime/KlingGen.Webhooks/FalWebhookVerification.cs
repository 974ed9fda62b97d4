using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Fal;

/// <summary>The result of verifying one webhook. Only the content of a valid one can be read.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalWebhookVerification
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly FalClient? _client;

    private FalWebhookVerification(FalWebhookVerdict verdict, string message)
    {
        Verdict = verdict;
        Message = message;
    }

    private FalWebhookVerification(ReadOnlyMemory<byte> body, WebhookHeaders headers, string? keyId, FalClient? client)
        : this(FalWebhookVerdict.Valid, $"The webhook of request {headers.RequestId} is signed by fal.")
    {
        _body = body;
        _client = client;
        RequestId = headers.RequestId;
        UserId = headers.UserId;
        SentAt = headers.SentAt;
        KeyId = keyId;
    }

    /// <summary>The verdict.</summary>
    public FalWebhookVerdict Verdict { get; }

    /// <summary>Whether fal signed this body within the tolerance.</summary>
    /// <remarks>fal delivers a webhook again until it is answered with 2xx: see <see cref="IFalWebhookStore"/>.</remarks>
    [MemberNotNullWhen(true, nameof(RequestId), nameof(UserId), nameof(SentAt))]
    public bool IsValid => RequestId is not null;

    /// <summary>
    /// The verdict as a sentence: what is wrong, where, and what to do next. It contains no data of the sender except a valid request id.
    /// </summary>
    public string Message { get; }

    /// <summary>The request id; null unless the webhook is valid.</summary>
    public string? RequestId { get; }

    /// <summary>The fal account of the webhook; null unless it is valid. See <see cref="FalWebhookVerifierOptions.UserId"/>.</summary>
    public string? UserId { get; }

    /// <summary>The time of the signature; null unless the webhook is valid.</summary>
    public DateTimeOffset? SentAt { get; }

    /// <summary>The <c>kid</c> of the key that matched, if the key set has one.</summary>
    public string? KeyId { get; }

    /// <summary>Reads the body.</summary>
    /// <exception cref="InvalidOperationException">The webhook is not valid, so its content must not be trusted.</exception>
    /// <exception cref="FalProtocolException">The body is signed, but it is not a webhook.</exception>
    public FalWebhook Read() =>
        IsValid
            ? FalWebhook.Read(_body, _client)
            : throw new InvalidOperationException($"The webhook was refused, so its content must not be trusted. {Message}");

    /// <summary>The verdict and its message.</summary>
    public override string ToString() => $"{Verdict}: {Message}";

    internal static FalWebhookVerification Refused(FalWebhookVerdict verdict, string message) => new(verdict, message);

    internal static FalWebhookVerification Accepted(ReadOnlyMemory<byte> body, WebhookHeaders headers, string? keyId, FalClient? client) =>
        new(body, headers, keyId, client);
}
