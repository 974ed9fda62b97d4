using System.Text.Json.Serialization;

namespace Fal;

/// <summary>The unit price of an endpoint, as fal's platform API gives it. The account's discounts may already be in it.</summary>
/// <remarks>
/// The unit is free text and often says little: <c>units</c> counts something else at each endpoint. Multiply only
/// <see cref="FalCallInfo.BillableUnits"/>, which fal counts in the same unit; the parameters of a request do not give the number of units.
/// </remarks>
public sealed record FalPrice
{
    /// <summary>The endpoint.</summary>
    [JsonRequired]
    public required string EndpointId { get; init; }

    /// <summary>The price of one unit.</summary>
    [JsonRequired]
    public required decimal UnitPrice { get; init; }

    /// <summary>What is counted, such as <c>image</c>, <c>seconds</c> or <c>units</c>.</summary>
    [JsonRequired]
    public required string Unit { get; init; }

    /// <summary>The ISO 4217 code of the currency.</summary>
    [JsonRequired]
    public required string Currency { get; init; }
}
