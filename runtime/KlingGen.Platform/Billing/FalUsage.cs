using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fal;

/// <summary>The usage of one endpoint and its cost.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalUsageRow
{
    /// <summary>The endpoint.</summary>
    [JsonRequired]
    public required string EndpointId { get; init; }

    /// <summary>The unit of the usage.</summary>
    public string? Unit { get; init; }

    /// <summary>The number of units.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>The price of one unit.</summary>
    public decimal? UnitPrice { get; init; }

    /// <summary>The discount in percent; null for none.</summary>
    public decimal? PercentDiscount { get; init; }

    /// <summary>The cost before the discount.</summary>
    public decimal? CostSubtotal { get; init; }

    /// <summary>The discount.</summary>
    public decimal? CostDiscount { get; init; }

    /// <summary>The cost.</summary>
    [JsonRequired]
    public required decimal CostTotal { get; init; }

    /// <summary>The ISO 4217 code of the currency.</summary>
    public string? Currency { get; init; }

    /// <summary>The endpoint and its cost.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{EndpointId}: {CostTotal:0.######} {Currency}");
}

/// <summary>The usage within one time bucket.</summary>
public sealed record FalUsageBucket
{
    /// <summary>The start of the bucket.</summary>
    [JsonRequired]
    public required DateTimeOffset Bucket { get; init; }

    /// <summary>One row per endpoint and unit.</summary>
    [JsonRequired]
    public required IReadOnlyList<FalUsageRow> Results { get; init; }
}

/// <summary>Metrics of requests within one time bucket.</summary>
public sealed record FalAnalyticsBucket
{
    /// <summary>The start of the bucket.</summary>
    [JsonRequired]
    public required DateTimeOffset Bucket { get; init; }

    /// <summary>One object per endpoint, with <c>endpoint_id</c> and the requested metrics.</summary>
    [JsonRequired]
    public required IReadOnlyList<JsonElement> Results { get; init; }
}

/// <summary>The account's credits.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalAccountBalance
{
    /// <summary>The user or team.</summary>
    public required string Username { get; init; }

    /// <summary>The remaining credits; null if fal's answer has none.</summary>
    public decimal? CurrentBalance { get; init; }

    /// <summary>The ISO 4217 code of the currency; null if fal's answer has none.</summary>
    public string? Currency { get; init; }

    /// <summary>The balance.</summary>
    public override string ToString()
        => CurrentBalance is { } balance ? string.Create(CultureInfo.InvariantCulture, $"{balance:0.####} {Currency}") : "unknown balance";
}

internal sealed record FalAccountBilling
{
    [JsonRequired]
    public required string Username { get; init; }

    public CreditsJson? Credits { get; init; }

    internal sealed record CreditsJson
    {
        public decimal? CurrentBalance { get; init; }

        public string? Currency { get; init; }
    }
}
