using System.Diagnostics;

namespace Fal;

/// <summary>What a check of a webhook found: <see cref="Valid"/>, or why it was refused.</summary>
/// <remarks>An open set of words: later versions may add one. Whatever is not <see cref="Valid"/> is a refusal.</remarks>
/// <param name="Word">The word, fit for a log or a metric.</param>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct FalWebhookVerdict(string Word)
{
    /// <summary>Signed by fal, in time.</summary>
    public static FalWebhookVerdict Valid { get; } = new("valid");

    /// <summary>One of the four headers is absent or empty: probably not a webhook of fal, or a proxy drops the headers.</summary>
    public static FalWebhookVerdict MissingHeader { get; } = new("missing_header");

    /// <summary>One of the four headers came more than once, so that it is open which value was signed.</summary>
    public static FalWebhookVerdict RepeatedHeader { get; } = new("repeated_header");

    /// <summary>A header holds what it cannot hold: a control character, a line break, text that is no signature or no time.</summary>
    public static FalWebhookVerdict MalformedHeader { get; } = new("malformed_header");

    /// <summary>Sent longer ago than the tolerance allows: an old message repeated, or a clock that is wrong.</summary>
    public static FalWebhookVerdict TooOld { get; } = new("too_old");

    /// <summary>Sent later than now by more than the tolerance allows: a clock is wrong.</summary>
    public static FalWebhookVerdict TooNew { get; } = new("too_new");

    /// <summary>No key of fal's matches: the message is not fal's, or something on its way changed the body.</summary>
    public static FalWebhookVerdict WrongSignature { get; } = new("wrong_signature");

    /// <summary>It belongs to another account than the one that <see cref="FalWebhookVerifierOptions.UserId"/> names.</summary>
    public static FalWebhookVerdict OtherAccount { get; } = new("other_account");

    /// <summary>fal's keys could not be fetched and none fetched earlier is still good, so nothing can be trusted now.</summary>
    public static FalWebhookVerdict KeysUnavailable { get; } = new("keys_unavailable");

    /// <summary>The word.</summary>
    public override string ToString() => Word ?? "";
}
