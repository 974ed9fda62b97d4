using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Fal;

/// <summary>The outcome of checking one webhook. Only a valid one gives its content away.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalWebhookVerification
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly FalTransport? _transport;

    private FalWebhookVerification(FalWebhookVerdict verdict, string message)
    {
        Verdict = verdict;
        Message = message;
    }

    private FalWebhookVerification(ReadOnlyMemory<byte> body, WebhookHeaders headers, string? keyId, bool isDuplicate, FalTransport? transport)
        : this(FalWebhookVerdict.Valid, $"The webhook of request {headers.RequestId} is signed by fal.")
    {
        _body = body;
        _transport = transport;
        RequestId = headers.RequestId;
        UserId = headers.UserId;
        SentAt = headers.SentAt;
        KeyId = keyId;
        IsDuplicate = isDuplicate;
    }

    /// <summary>What the check found.</summary>
    public FalWebhookVerdict Verdict { get; }

    /// <summary>Whether fal signed this body, in time. Duplicates are valid too: see <see cref="IsDuplicate"/>.</summary>
    [MemberNotNullWhen(true, nameof(RequestId), nameof(UserId), nameof(SentAt))]
    public bool IsValid => RequestId is not null;

    /// <summary>
    /// Whether a valid webhook of the same request was seen before. fal repeats a delivery that was not answered in time, so this is usual and no attack:
    /// answer it with success and do nothing else, unless the first one failed (see <see cref="FalWebhookVerifier.ForgetAsync"/>).
    /// </summary>
    public bool IsDuplicate { get; }

    /// <summary>The verdict in a sentence: what is wrong, where, and what to do about it. Holds nothing of the sender's beyond a valid request id.</summary>
    public string Message { get; }

    /// <summary>The request that the webhook reports on; null unless valid.</summary>
    public string? RequestId { get; }

    /// <summary>The fal account that the webhook belongs to; null unless valid. See <see cref="FalWebhookVerifierOptions.UserId"/>.</summary>
    public string? UserId { get; }

    /// <summary>When fal signed the webhook; null unless valid.</summary>
    public DateTimeOffset? SentAt { get; }

    /// <summary>The name that fal's key set gives to the key that matched, if it gives one.</summary>
    public string? KeyId { get; }

    /// <summary>Reads the body.</summary>
    /// <exception cref="InvalidOperationException">The webhook is not valid, so its content is not to be trusted.</exception>
    /// <exception cref="FalProtocolException">The body is signed but is no webhook.</exception>
    public FalWebhook Read() =>
        IsValid ? FalWebhook.Read(_body, _transport) : throw new InvalidOperationException($"The content of a webhook that was refused is not to be trusted. {Message}");

    /// <summary>The verdict and its sentence.</summary>
    public override string ToString() => $"{Verdict}: {Message}";

    internal static FalWebhookVerification Refused(FalWebhookVerdict verdict, string message) => new(verdict, message);

    internal static FalWebhookVerification Accepted(ReadOnlyMemory<byte> body, WebhookHeaders headers, string? keyId, bool isDuplicate, FalTransport? transport) =>
        new(body, headers, keyId, isDuplicate, transport);
}
