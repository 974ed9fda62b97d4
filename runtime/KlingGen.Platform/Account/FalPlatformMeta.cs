using System.Text.Json.Serialization;

namespace Fal;

/// <summary>Metadata of fal that needs no key.</summary>
public sealed record FalPlatformMeta
{
    /// <summary>The IP ranges from which fal sends webhooks, in CIDR notation: for a firewall's allow list.</summary>
    [JsonRequired]
    public required IReadOnlyList<string> WebhookIpRanges { get; init; }
}
