using Microsoft.Extensions.AI;

namespace Fal;

/// <summary>
/// The limits within which a language model may run an endpoint. <see cref="MaxCost"/> or <see cref="MaxCalls"/> is required: a model decides by
/// itself how often it calls a function.
/// </summary>
public sealed record FalAIFunctionOptions
{
    /// <summary>
    /// The most that all calls of the function may cost together, in the currency of <see cref="FalClientOptions.Prices"/>. The upper end of a call's
    /// estimate is reserved before it is sent; a call whose cost is unknown is refused. Null means no limit of cost.
    /// </summary>
    public decimal? MaxCost { get; init; }

    /// <summary>How many requests the function may submit altogether. Null means no limit of their number.</summary>
    public int? MaxCalls { get; init; }

    /// <summary>
    /// Asked before each submit, after the request was checked and its cost reserved. False tells the model that the call was declined, and nothing
    /// is sent. Null approves every call within the limits.
    /// </summary>
    public Func<FalAIFunctionCall, CancellationToken, ValueTask<bool>>? Approve { get; init; }

    /// <summary>The function's name; null derives it from the endpoint's id, as <c>kling-video_v2_6_pro_text-to-video</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The function's description for the model; null takes the document's.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Options for submitting and waiting. By default a cancelled chat stops the waiting and not the job; see
    /// <see cref="FalWaitOptions.CancelJobOnCancellation"/>.
    /// </summary>
    public FalSubmitOptions? Submit { get; init; }

    internal void Validate()
    {
        if (MaxCost is null && MaxCalls is null)
        {
            throw new ArgumentException(
                "A function that a model calls can spend money without end. Set FalAIFunctionOptions.MaxCost, MaxCalls or both.");
        }
        if (MaxCost < 0) throw new ArgumentException("FalAIFunctionOptions.MaxCost must not be negative.");
        if (MaxCalls < 1) throw new ArgumentException("FalAIFunctionOptions.MaxCalls must be at least 1.");
    }
}
