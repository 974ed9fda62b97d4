using Microsoft.Extensions.AI;

namespace Fal;

/// <summary>
/// Limits for a language model that runs an endpoint. <see cref="MaxCost"/> or <see cref="MaxCalls"/> is required, because a
/// model decides by itself how often it calls a function.
/// </summary>
public sealed record FalAIFunctionOptions
{
    /// <summary>
    /// The maximum total cost of all calls of the function, in the currency of <see cref="FalClientOptions.Prices"/>. The
    /// upper end of a call's estimate is reserved before it is sent; a call whose cost is unknown is refused. Null means no cost limit.
    /// </summary>
    public decimal? MaxCost { get; init; }

    /// <summary>The maximum number of requests that the function may submit in total. Null means no limit.</summary>
    public int? MaxCalls { get; init; }

    /// <summary>
    /// Approves each call before it is submitted, after the request was validated and its cost reserved. If it returns
    /// false, nothing is sent and the model receives the answer that the call was declined. Null approves every call within the limits.
    /// </summary>
    public Func<FalAIFunctionCall, CancellationToken, ValueTask<bool>>? Approve { get; init; }

    /// <summary>The function's name; null derives it from the endpoint's id, such as <c>kling-video_v2_6_pro_text-to-video</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The function's description for the model; null uses the document's description.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Options for submitting and waiting. By default a cancelled chat stops waiting but does not cancel the job; see
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
