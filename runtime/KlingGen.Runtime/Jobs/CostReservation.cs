namespace Fal;

/// <summary>The reservation of one call in the client's budget: released if nothing was charged, otherwise settled by the billed cost.</summary>
internal sealed class CostReservation
{
    private readonly JobServices _services;
    private readonly FalBudget _budget;
    private readonly decimal _amount;
    private readonly string _endpointId;
    private bool _sent;
    private int _ended;

    private CostReservation(JobServices services, FalBudget budget, decimal amount, string endpointId)
    {
        _services = services;
        _budget = budget;
        _amount = amount;
        _endpointId = endpointId;
    }

    /// <summary>Refuses a call that costs more than its limit or than the budget, and reserves its cost. Null without a budget.</summary>
    /// <exception cref="FalCostLimitException">The call is refused; nothing was sent.</exception>
    public static async Task<CostReservation?> ReserveAsync(
        JobServices services, string endpointId, Func<FalCostEstimate> estimate, decimal? maxCost, CancellationToken cancellationToken)
    {
        var budget = services.Budget;
        if (maxCost is null && budget is null) return null;
        var cost = estimate();
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

    /// <summary>Marks the call as sent: from now on it may be charged.</summary>
    public void MarkSent() => _sent = true;

    /// <summary>
    /// Settles a failed call: with the cost in the error if it has one, with zero if it was not charged; otherwise the
    /// reservation stays.
    /// </summary>
    public void Fail(Exception exception)
    {
        if (exception is FalException { BillableUnits: { } units })
        {
            Settle(units);
        }
        else if ((!_sent || IsUncharged(exception)) && Interlocked.Exchange(ref _ended, 1) == 0)
        {
            _budget.Release(_amount);
        }
    }

    /// <summary>Settles the cost of a job that has ended.</summary>
    public void Settle(JobOutcome outcome)
    {
        if (outcome is { Error: { } error, BillableUnits: null } && error.StatusCode >= 500)
        {
            Fail(error);
            return;
        }
        Settle(outcome.BillableUnits);
    }

    /// <summary>Settles a call with its billed units. The price is looked up in the background, so that no result waits for it.</summary>
    public void Settle(decimal? units)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0) _budget.Track(SettleAsync(units));
    }

    private async Task SettleAsync(decimal? units)
    {
        var call = new FalCallInfo { EndpointId = _endpointId, BillableUnits = units };
        var cost = await _services.Platform.GetCostAsync(call).ConfigureAwait(false);
        _budget.Settle(_amount, cost.Amount is { } amount && cost.Currency == _budget.Currency ? amount : _amount);
    }

    // An answer that rejects the request, and a host that was never reached. fal does not charge for its own failures.
    private static bool IsUncharged(Exception exception)
        => exception is FalUnavailableException || (exception is FalException { StatusCode: >= 400 } and not FalOutcomeUnknownException);
}
