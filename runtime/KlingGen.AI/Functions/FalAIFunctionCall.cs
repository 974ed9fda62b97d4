using System.Text.Json;

namespace Fal;

/// <summary>A call that a model asks for, before it is sent: what <see cref="FalAIFunctionOptions.Approve"/> decides about.</summary>
public sealed record FalAIFunctionCall
{
    /// <summary>The endpoint that would be called.</summary>
    public required string EndpointId { get; init; }

    /// <summary>The request as JSON. It passed the local checks.</summary>
    public required JsonElement Request { get; init; }

    /// <summary>The expected cost; unknown only for a function without <see cref="FalAIFunctionOptions.MaxCost"/>.</summary>
    public required FalCostEstimate Cost { get; init; }

    /// <summary>What is left of <see cref="FalAIFunctionOptions.MaxCost"/> after this call; null without that limit.</summary>
    public decimal? RemainingCost { get; init; }

    /// <summary>How many more calls <see cref="FalAIFunctionOptions.MaxCalls"/> allows after this one; null without that limit.</summary>
    public int? RemainingCalls { get; init; }
}
