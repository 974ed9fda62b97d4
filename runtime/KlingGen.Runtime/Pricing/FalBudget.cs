using System.Diagnostics;
using System.Globalization;

namespace Fal;

/// <summary>
/// The budget for the calls of one client. The upper end of a call's estimate is reserved before anything is sent, and
/// replaced by the billed cost once the result was fetched. If the cost stays unknown, the reservation counts.
/// </summary>
/// <remarks>Thread-safe. It counts the calls that this client starts in this process; resumed jobs and other processes are not included.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalBudget
{
    private readonly object _gate = new();
    private readonly HashSet<Task> _settlements = [];
    private decimal _reserved;
    private decimal _spent;

    internal FalBudget(decimal limit, string currency)
    {
        Limit = limit;
        Currency = currency;
    }

    /// <summary>The whole budget: <see cref="FalClientOptions.Budget"/>.</summary>
    public decimal Limit { get; }

    /// <summary>The ISO 4217 code of the currency, which is that of the price list.</summary>
    public string Currency { get; }

    /// <summary>The reservations of calls in progress, of jobs whose result was not fetched, and of submits whose outcome is unknown.</summary>
    public decimal Reserved
    {
        get
        {
            lock (_gate) return _reserved;
        }
    }

    /// <summary>The cost of finished calls.</summary>
    public decimal Spent
    {
        get
        {
            lock (_gate) return _spent;
        }
    }

    /// <summary>The rest for further calls; negative if calls cost more than their estimates.</summary>
    public decimal Remaining
    {
        get
        {
            lock (_gate) return Limit - _spent - _reserved;
        }
    }

    /// <summary>Limit, spent and reserved amounts.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{_spent:0.####} spent and {_reserved:0.####} reserved of {Limit:0.####} {Currency}");
        }
    }

    internal bool TryReserve(decimal amount)
    {
        lock (_gate)
        {
            if (_spent + _reserved + amount > Limit) return false;
            _reserved += amount;
            return true;
        }
    }

    internal void Release(decimal reserved)
    {
        lock (_gate) _reserved -= reserved;
    }

    internal void Settle(decimal reserved, decimal spent)
    {
        lock (_gate)
        {
            _reserved -= reserved;
            _spent += spent;
        }
    }

    /// <summary>Adds a lookup that corrects a reservation; a call waits for it before it is refused.</summary>
    internal void Track(Task settlement)
    {
        lock (_gate) _settlements.Add(settlement);
        settlement.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        void Forget(Task ended)
        {
            lock (_gate) _settlements.Remove(ended);
        }
    }

    /// <summary>Completes when all lookups that are now in progress have completed.</summary>
    internal Task SettledAsync(CancellationToken cancellationToken)
    {
        lock (_gate) return Task.WhenAll(_settlements).WaitAsync(cancellationToken);
    }
}
