using System.Text.Json;

namespace Fal;

/// <summary>A function call of a model before it is sent, passed to <see cref="FalAIFunctionOptions.Approve"/>.</summary>
public sealed record FalAIFunctionCall
{
    /// <summary>The endpoint that would be called.</summary>
    public required string EndpointId { get; init; }

    /// <summary>The request as JSON. It has passed the local validation.</summary>
    public required JsonElement Request { get; init; }

    /// <summary>The expected cost; unknown only for a function without <see cref="FalAIFunctionOptions.MaxCost"/>.</summary>
    public required FalCostEstimate Cost { get; init; }

    /// <summary>The amount of <see cref="FalAIFunctionOptions.MaxCost"/> that remains after this call; null without that limit.</summary>
    public decimal? RemainingCost { get; init; }

    /// <summary>
    /// The number of calls of <see cref="FalAIFunctionOptions.MaxCalls"/> that remain after this one; null without that limit.
    /// </summary>
    public int? RemainingCalls { get; init; }
}
