using System.Text.Json.Serialization;

namespace Fal;

/// <summary>Facts about fal that need no key.</summary>
public sealed record FalPlatformMeta
{
    /// <summary>The IP ranges from which fal sends webhooks, in CIDR notation: for a firewall's allow list.</summary>
    [JsonRequired]
    public required IReadOnlyList<string> WebhookIpRanges { get; init; }
}
