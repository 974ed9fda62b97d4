namespace Fal;

/// <summary>Estimates what a request costs.</summary>
internal interface ICostEstimator<TRequest>
{
    /// <summary>Estimates the cost with the client's price list.</summary>
    FalCostEstimate EstimateCost(TRequest request);
}

/// <summary>
/// The cost checks before a call. An object, made where a limit or a budget is set, so that a native program that sets neither contains no prices:
/// its compiler leaves out the methods of types that are never constructed.
/// </summary>
internal sealed class CostChecks
{
    public static CostChecks Instance { get; } = new();

    /// <summary>Creates the budget of a client; null without one.</summary>
#pragma warning disable CA1822 // Static methods would be part of every native program.
    public FalBudget? NewBudget(FalClientOptions options)
        => options.Budget is { } budget ? new FalBudget(budget, options.Prices.Currency) : null;

    /// <summary>Refuses a call that costs more than its limit or than the budget, and reserves its cost. Null without a budget.</summary>
    /// <exception cref="FalCostLimitException">The call is refused; nothing was sent.</exception>
    public async Task<CostReservation?> ReserveAsync<TRequest>(
        JobServices services,
        string endpointId,
        ICostEstimator<TRequest> estimator,
        TRequest request,
        decimal? maxCost,
        CancellationToken cancellationToken)
    {
        var budget = services.Budget;
        if (maxCost is null && budget is null) return null;
        var cost = estimator.EstimateCost(request);
        if (!cost.IsKnown && !services.Options.AllowUnknownCost) throw FalCostLimitException.ForUnknownCost(cost, maxCost, budget);
        if (maxCost is { } limit && cost.Maximum > limit) throw FalCostLimitException.ForCall(cost, limit);
        if (budget is null) return null;
        var amount = cost.Maximum ?? 0;
        if (!budget.TryReserve(amount))
        {
            // A finished call may have cost less than its reservation, and the lookup of its price may still be in progress.
            await budget.SettledAsync(cancellationToken).ConfigureAwait(false);
            if (!budget.TryReserve(amount)) throw FalCostLimitException.ForBudget(cost, budget);
        }
        return new CostReservation(services, budget, amount, endpointId);
    }
#pragma warning restore CA1822
}
