namespace Fal;

/// <summary>
/// A call was refused because it may cost more than <see cref="FalSubmitOptions.MaxCost"/> or than the rest of
/// <see cref="FalClientOptions.Budget"/>, or because its cost is unknown. Nothing was sent and nothing was uploaded.
/// </summary>
/// <param name="message">What happened and what to do next.</param>
/// <param name="estimate">The estimate that exceeds the limit.</param>
/// <param name="limit">The limit.</param>
/// <param name="innerException">What caused it, if anything.</param>
public sealed class FalCostLimitException(string message, FalCostEstimate estimate, decimal limit, Exception? innerException = null)
    : FalException(message, innerException, isTransient: false)
{
    /// <summary>The estimated cost of the call. Its upper end is compared with the limit.</summary>
    public FalCostEstimate Estimate { get; } = estimate ?? throw new ArgumentNullException(nameof(estimate));

    /// <summary>The limit: that of the call, or the whole budget.</summary>
    public decimal Limit { get; } = limit;

    /// <summary>The rest of the budget; null if the call's own limit refused it.</summary>
    public decimal? Remaining { get; init; }

    internal static FalCostLimitException ForCall(FalCostEstimate cost, decimal limit) => new(
        Invariant($"The call may cost {cost}; FalSubmitOptions.MaxCost is {limit}. Nothing was sent. ")
            + "Raise MaxCost, or ask for less, such as fewer seconds.",
        cost,
        limit);

    internal static FalCostLimitException ForBudget(FalCostEstimate cost, FalBudget budget)
    {
        var remaining = budget.Remaining;
        return new FalCostLimitException(
            Invariant($"The call may cost {cost}; {remaining:0.####} {budget.Currency} of the client's budget is left ({budget}). Nothing was sent. ")
                + "Raise FalClientOptions.Budget, or fetch the results of running jobs, which replaces their reservations by the billed cost.",
            cost,
            budget.Limit)
        {
            Remaining = remaining,
        };
    }

    internal static FalCostLimitException ForUnknownCost(FalCostEstimate cost, decimal? maxCost, FalBudget? budget)
    {
        var limit = maxCost ?? budget!.Limit;
        var name = maxCost is null ? "FalClientOptions.Budget" : "FalSubmitOptions.MaxCost";
        return new FalCostLimitException(
            Invariant($"The cost of the call is {cost} {name} is {limit}, so nothing was sent. Add the price to FalClientOptions.Prices, or set ")
                + "FalClientOptions.AllowUnknownCost.",
            cost,
            limit)
        {
            Remaining = maxCost is null ? budget!.Remaining : null,
        };
    }
}
