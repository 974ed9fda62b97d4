using System.Diagnostics;

namespace Fal;

/// <summary>The result of a signature check: <see cref="Valid"/>, or the reason for the refusal.</summary>
/// <remarks>Later versions may add values. Every value other than <see cref="Valid"/> is a refusal.</remarks>
/// <param name="Word">The value as a string, for logs and metrics.</param>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct FalWebhookVerdict(string Word)
{
    /// <summary>The signature is valid and the timestamp is within the tolerance.</summary>
    public static FalWebhookVerdict Valid { get; } = new("valid");

    /// <summary>One of the four headers is missing or empty: the sender is probably not fal, or a proxy drops the headers.</summary>
    public static FalWebhookVerdict MissingHeader { get; } = new("missing_header");

    /// <summary>One of the four headers is present more than once, so the signed value is ambiguous.</summary>
    public static FalWebhookVerdict RepeatedHeader { get; } = new("repeated_header");

    /// <summary>A header is malformed: a control character, a line break, an invalid signature format or timestamp.</summary>
    public static FalWebhookVerdict MalformedHeader { get; } = new("malformed_header");

    /// <summary>The timestamp is older than the tolerance allows: a replay, or a wrong clock.</summary>
    public static FalWebhookVerdict TooOld { get; } = new("too_old");

    /// <summary>The timestamp is in the future by more than the tolerance: a clock is wrong.</summary>
    public static FalWebhookVerdict TooNew { get; } = new("too_new");

    /// <summary>No key matches the signature: the sender is not fal, or a proxy changed the body.</summary>
    public static FalWebhookVerdict WrongSignature { get; } = new("wrong_signature");

    /// <summary>The webhook belongs to another account than <see cref="FalWebhookVerifierOptions.UserId"/>.</summary>
    public static FalWebhookVerdict OtherAccount { get; } = new("other_account");

    /// <summary>The key set could not be fetched and no cached key is still valid.</summary>
    public static FalWebhookVerdict KeysUnavailable { get; } = new("keys_unavailable");

    /// <summary>The value as a string.</summary>
    public override string ToString() => Word ?? "";
}
