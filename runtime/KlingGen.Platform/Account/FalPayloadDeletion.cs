using System.Text.Json.Serialization;

namespace Fal;

/// <summary>The deletion of one output file, with the payloads of a request.</summary>
public sealed record FalPayloadDeletion
{
    /// <summary>The URL of the file.</summary>
    [JsonRequired]
    public required string Link { get; init; }

    /// <summary>Why the file was not deleted; null if it was.</summary>
    [JsonPropertyName("exception")]
    public string? Error { get; init; }

    /// <summary>Whether the file was deleted.</summary>
    [JsonIgnore]
    public bool IsDeleted => Error is null;
}
