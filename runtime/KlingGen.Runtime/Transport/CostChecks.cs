namespace Fal;

/// <summary>A call whose cost is estimated and reserved before anything is sent.</summary>
internal interface ICostedCall
{
    /// <summary>Estimates the cost with the client's price list.</summary>
    FalCostEstimate EstimateCost();

    /// <summary>Takes over an amount that was reserved in the budget.</summary>
    void Reserve(FalBudget budget, decimal amount);
}

/// <summary>
/// The cost checks before a call. An object, made where a limit or a budget is set, so that a native program that sets neither contains no prices:
/// its compiler leaves out the methods of types that are never constructed, except generic ones.
/// </summary>
internal sealed class CostChecks
{
    public static CostChecks Instance { get; } = new();

#pragma warning disable CA1822 // Static methods would be part of every native program.
    /// <summary>Creates the budget of a client; null without one.</summary>
    public FalBudget? NewBudget(FalClientOptions options)
        => options.Budget is { } budget ? new FalBudget(budget, options.Prices.Currency) : null;

    /// <summary>Refuses a call that costs more than its limit or than the budget, and reserves its cost.</summary>
    /// <exception cref="FalCostLimitException">The call is refused; nothing was sent.</exception>
    public async Task ReserveAsync(
        ICostedCall call, FalClientOptions options, FalBudget? budget, decimal? maxCost, CancellationToken cancellationToken)
    {
        if (maxCost is null && budget is null) return;
        var cost = call.EstimateCost();
        if (!cost.IsKnown && !options.AllowUnknownCost) throw FalCostLimitException.ForUnknownCost(cost, maxCost, budget);
        if (maxCost is { } limit && cost.Maximum > limit) throw FalCostLimitException.ForCall(cost, limit);
        if (budget is null) return;
        var amount = cost.Maximum ?? 0;
        if (!budget.TryReserve(amount))
        {
            // A finished call may have cost less than its reservation, and the lookup of its price may still be in progress.
            await budget.SettledAsync(cancellationToken).ConfigureAwait(false);
            if (!budget.TryReserve(amount)) throw FalCostLimitException.ForBudget(cost, budget);
        }
        call.Reserve(budget, amount);
    }
#pragma warning restore CA1822
}
