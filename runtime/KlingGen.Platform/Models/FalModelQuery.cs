namespace Fal;

/// <summary>Filter for a list of models. A property that is null does not filter.</summary>
public sealed record FalModelQuery
{
    /// <summary>Search terms.</summary>
    public string? Search { get; init; }

    /// <summary>A category, such as <c>text-to-video</c>.</summary>
    public string? Category { get; init; }

    /// <summary>Only these endpoints, at most 50.</summary>
    public IReadOnlyList<string> EndpointIds { get; init; } = [];

    /// <summary>True for deprecated models only, false for active ones only.</summary>
    public bool? IsDeprecated { get; init; }

    /// <summary>Whether to include the OpenAPI documents.</summary>
    public bool WithOpenApi { get; init; }

    /// <summary>The page size; null means fal's default.</summary>
    public int? PageSize { get; init; }

    internal string ToPath()
    {
        if (EndpointIds is null or { Count: > 50 }) throw new ArgumentException("FalModelQuery.EndpointIds must name at most 50 endpoints.");
        if (PageSize < 1) throw new ArgumentException("FalModelQuery.PageSize must be at least 1.");
        var query = new PlatformQuery("/models").Add("q", Search).Add("category", Category);
        foreach (var id in EndpointIds) query.Add("endpoint_id", FalEndpointId.Parse(id).ToString());
        return query.Add("status", IsDeprecated is { } deprecated ? deprecated ? "deprecated" : "active" : null)
            .Add("expand", WithOpenApi ? "openapi-3.0" : null).Add("limit", PageSize).ToString();
    }
}
