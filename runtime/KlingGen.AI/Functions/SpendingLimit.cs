namespace Fal;

/// <summary>
/// Thread-safe limits and reservations of one function. A reservation is the upper end of the cost estimate. It is kept
/// unless no job was created, so the sum is never below what fal charges by the price list. Chat clients may call functions concurrently.
/// </summary>
internal sealed class SpendingLimit(string endpointId, decimal? maxCost, int? maxCalls)
{
    private readonly object _gate = new();
    private decimal _cost;
    private int _calls;

    /// <summary>Reserves a call before it is sent, and returns what remains after it.</summary>
    /// <exception cref="FalCallLimitException">The maximum number of calls is reached.</exception>
    /// <exception cref="FalCostLimitException">The call may cost more than the remaining amount, or its cost is
    /// unknown.</exception>
    public (decimal? Cost, int? Calls) Reserve(FalCostEstimate cost)
    {
        lock (_gate)
        {
            if (_calls >= maxCalls) throw new FalCallLimitException(endpointId, maxCalls.Value);
            if (maxCost is { } limit)
            {
                if (cost.Maximum is not { } amount) throw UnknownCost(cost, limit);
                if (_cost + amount > limit) throw TooExpensive(cost, limit);
                _cost += amount;
            }
            _calls++;
            return (maxCost - _cost, maxCalls - _calls);
        }
    }

    /// <summary>Releases a reservation of a call that was not charged.</summary>
    public void Release(FalCostEstimate cost)
    {
        lock (_gate)
        {
            if (maxCost is not null) _cost -= cost.Maximum ?? 0;
            _calls--;
        }
    }

    private FalCostLimitException UnknownCost(FalCostEstimate cost, decimal limit) => new(
        FormattableString.Invariant($"The cost of the call is {cost} FalAIFunctionOptions.MaxCost is {limit}, so nothing was sent. ")
            + "Add the price to FalClientOptions.Prices, or limit the function by MaxCalls.",
        cost,
        limit)
    {
        EndpointId = endpointId,
        Remaining = limit - _cost,
    };

    private FalCostLimitException TooExpensive(FalCostEstimate cost, decimal limit) => new(
        FormattableString.Invariant($"The call may cost {cost}; {limit - _cost:0.####} is left of FalAIFunctionOptions.MaxCost, which is {limit}. ")
            + "Nothing was sent. Create a function with a higher limit, or ask for less, such as fewer seconds.",
        cost,
        limit)
    {
        EndpointId = endpointId,
        Remaining = limit - _cost,
    };
}
