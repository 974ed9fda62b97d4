namespace Fal;

/// <summary>The reservation of one call in the client's budget: released if nothing was charged, otherwise settled by the billed cost.</summary>
internal sealed class CostReservation(JobServices services, FalBudget budget, decimal amount, string endpointId)
{
    private bool _sent;
    private int _ended;

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
            budget.Release(amount);
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
        if (Interlocked.Exchange(ref _ended, 1) == 0) budget.Track(SettleAsync(units));
    }

    private async Task SettleAsync(decimal? units)
    {
        var call = new FalCallInfo { EndpointId = endpointId, BillableUnits = units };
        var cost = await services.Platform.GetCostAsync(call).ConfigureAwait(false);
        budget.Settle(amount, cost.Amount is { } spent && cost.Currency == budget.Currency ? spent : amount);
    }

    // An answer that rejects the request, and a host that was never reached. fal does not charge for its own failures.
    private static bool IsUncharged(Exception exception)
        => exception is FalUnavailableException || (exception is FalException { StatusCode: >= 400 } and not FalOutcomeUnknownException);
}
