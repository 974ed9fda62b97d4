using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Fal;

/// <summary>The amount billed for one request, with the account's discounts. Events arrive minutes after the request.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalBillingEvent
{
    /// <summary>The request.</summary>
    [JsonRequired]
    public required string RequestId { get; init; }

    /// <summary>The endpoint.</summary>
    [JsonRequired]
    public required string EndpointId { get; init; }

    /// <summary>The time of billing.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The number of billed units; null if fal's answer has none.</summary>
    public decimal? OutputUnits { get; init; }

    /// <summary>The price of one unit; null if fal's answer has none.</summary>
    public decimal? UnitPrice { get; init; }

    /// <summary>The discount in percent; null for none.</summary>
    public decimal? PercentDiscount { get; init; }

    /// <summary>The cost before the discount.</summary>
    public decimal? CostSubtotal { get; init; }

    /// <summary>The discount.</summary>
    public decimal? CostDiscount { get; init; }

    /// <summary>The cost in USD.</summary>
    [JsonRequired]
    public required decimal CostTotal { get; init; }

    /// <summary>The request and its cost.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{EndpointId} {RequestId}: {CostTotal:0.######} USD");
}
