using System.Text.Json.Serialization;

namespace Fal;

/// <summary>The unit price of an endpoint, from fal's platform API. The account's discounts may be included.</summary>
/// <remarks>
/// The unit is free text and often unspecific: <c>units</c> means something else at each endpoint. Multiply the price only by
/// <see cref="FalCallInfo.BillableUnits"/>, which fal counts in the same unit; the number of units cannot be computed from
/// the parameters of a request.
/// </remarks>
public sealed record FalPrice
{
    /// <summary>The endpoint.</summary>
    [JsonRequired]
    public required string EndpointId { get; init; }

    /// <summary>The price of one unit.</summary>
    [JsonRequired]
    public required decimal UnitPrice { get; init; }

    /// <summary>The unit, such as <c>image</c>, <c>seconds</c> or <c>units</c>.</summary>
    [JsonRequired]
    public required string Unit { get; init; }

    /// <summary>The ISO 4217 code of the currency.</summary>
    [JsonRequired]
    public required string Currency { get; init; }
}
