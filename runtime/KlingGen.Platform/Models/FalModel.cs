using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fal;

/// <summary>An endpoint as fal's list of models shows it.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalModel
{
    /// <summary>The endpoint.</summary>
    [JsonRequired]
    public required string EndpointId { get; init; }

    /// <summary>What fal says about it; null where fal has nothing.</summary>
    public FalModelMetadata? Metadata { get; init; }

    /// <summary>The endpoint's OpenAPI document, or an error in its place; null unless the query asks for documents.</summary>
    [JsonPropertyName("openapi")]
    public JsonElement? OpenApi { get; init; }

    /// <summary>Whether fal has deprecated the endpoint.</summary>
    [JsonIgnore]
    public bool IsDeprecated => Metadata?.Status == "deprecated";

    /// <summary>The endpoint, its category and whether it is deprecated.</summary>
    public override string ToString() => $"{EndpointId} ({Metadata?.Category ?? "no category"}{(IsDeprecated ? ", deprecated" : "")})";
}

/// <summary>What fal says about an endpoint.</summary>
public sealed record FalModelMetadata
{
    /// <summary>The name that fal's pages show.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The category, such as <c>text-to-video</c>.</summary>
    public string? Category { get; init; }

    /// <summary>What it does.</summary>
    public string? Description { get; init; }

    /// <summary><c>active</c> or <c>deprecated</c>. The list is open.</summary>
    public string? Status { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>When fal last changed it.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The model's page.</summary>
    public string? ModelUrl { get; init; }

    /// <summary>The license: <c>commercial</c>, <c>research</c> or <c>private</c>. The list is open.</summary>
    public string? LicenseType { get; init; }

    /// <summary>Where it streams; null if it does not, or fal does not say.</summary>
    public string? StreamUrl { get; init; }

    /// <summary>How many minutes a run takes; null where fal does not say.</summary>
    public decimal? DurationEstimate { get; init; }
}
