using System.Collections.Concurrent;
using System.Security.Claims;
using Fal;
using Fal.AspNetCore;

namespace Samples.Web;

/// <summary>The orders of a shop; a table in a real app.</summary>
internal sealed class Orders
{
    private readonly ConcurrentDictionary<string, string> _states = new();

    public Task CompleteAsync(string order, string result, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _states[order] = result;
        return Task.CompletedTask;
    }

    public Task FailAsync(string order, string reason, CancellationToken cancellationToken) => CompleteAsync(order, reason, cancellationToken);
}

/// <summary>What each user may still spend.</summary>
internal sealed class Budgets
{
    private readonly ConcurrentDictionary<string, decimal> _spent = new();

    public ValueTask<FalProxyRefusal?> TrySpendAsync(ClaimsPrincipal user, FalCostEstimate cost, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var spent = _spent.AddOrUpdate(user.Identity?.Name ?? "", _ => cost.Amount ?? 1, (_, before) => before + (cost.Amount ?? 1));
        return new(spent > 10 ? new FalProxyRefusal(StatusCodes.Status402PaymentRequired, "Your budget for this month is used up.") : null);
    }
}
