using System.Text.Json.Serialization;

namespace Fal;

/// <summary>The answer to a deletion of payloads.</summary>
internal sealed record PayloadDeletions
{
    [JsonRequired]
    public required IReadOnlyList<FalPayloadDeletion> CdnDeleteResults { get; init; }
}
