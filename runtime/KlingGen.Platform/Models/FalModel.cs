using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fal;

/// <summary>An endpoint in fal's list of models.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalModel
{
    /// <summary>The endpoint.</summary>
    [JsonRequired]
    public required string EndpointId { get; init; }

    /// <summary>The metadata of the endpoint; null if fal has none.</summary>
    public FalModelMetadata? Metadata { get; init; }

    /// <summary>The endpoint's OpenAPI document, or an error in its place; null unless the query requests documents.</summary>
    [JsonPropertyName("openapi")]
    public JsonElement? OpenApi { get; init; }

    /// <summary>Whether fal has deprecated the endpoint.</summary>
    [JsonIgnore]
    public bool IsDeprecated => Metadata?.Status == "deprecated";

    /// <summary>The endpoint, its category and whether it is deprecated.</summary>
    public override string ToString() => $"{EndpointId} ({Metadata?.Category ?? "no category"}{(IsDeprecated ? ", deprecated" : "")})";
}

/// <summary>Metadata of an endpoint.</summary>
public sealed record FalModelMetadata
{
    /// <summary>The display name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The category, such as <c>text-to-video</c>.</summary>
    public string? Category { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>The status: <c>active</c> or <c>deprecated</c>. fal may add values.</summary>
    public string? Status { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The time of fal's last change.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The URL of the model's page.</summary>
    public string? ModelUrl { get; init; }

    /// <summary>The license: <c>commercial</c>, <c>research</c> or <c>private</c>. fal may add values.</summary>
    public string? LicenseType { get; init; }

    /// <summary>The URL for streaming; null if fal's answer has none.</summary>
    public string? StreamUrl { get; init; }

    /// <summary>The estimated duration of a run in minutes; null if fal's answer has none.</summary>
    public decimal? DurationEstimate { get; init; }
}
