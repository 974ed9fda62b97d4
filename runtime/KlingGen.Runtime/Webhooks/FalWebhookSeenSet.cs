namespace Fal;

/// <summary>Remembers which requests' webhooks have been seen. Implement it over a shared store when several machines receive webhooks.</summary>
public interface IFalWebhookSeenSet
{
    /// <summary>Remembers a request; false when it was remembered already. Two calls at once with one id must not both give true.</summary>
    ValueTask<bool> TryAddAsync(string requestId, CancellationToken cancellationToken = default);

    /// <summary>Forgets a request, so that its next webhook counts as new.</summary>
    ValueTask RemoveAsync(string requestId, CancellationToken cancellationToken = default);
}

/// <summary>Remembers the latest webhooks in memory, up to a number and an age.</summary>
public sealed class FalWebhookSeenSet : IFalWebhookSeenSet
{
    private readonly int _capacity;
    private readonly TimeSpan _age;
    private readonly TimeProvider _time;
    private readonly object _gate = new();
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string RequestId, long Serial, long SeenAt)> _order = new();
    private long _serial;

    /// <summary>Creates an empty set.</summary>
    /// <param name="capacity">How many requests to remember; the oldest are forgotten first.</param>
    /// <param name="age">How long to remember a request; 24 hours unless given, since fal repeats a delivery for hours.</param>
    /// <param name="timeProvider">The clock; the system's unless given.</param>
    public FalWebhookSeenSet(int capacity = 10_000, TimeSpan? age = null, TimeProvider? timeProvider = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _capacity = capacity;
        _age = age ?? TimeSpan.FromHours(24);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_age, TimeSpan.Zero, nameof(age));
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>How many requests are remembered now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                DropOld();
                return _seen.Count;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryAddAsync(string requestId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(requestId);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            DropOld();
            if (!_seen.TryAdd(requestId, ++_serial)) return new(false);
            _order.Enqueue((requestId, _serial, _time.GetTimestamp()));
            while (_order.Count > _capacity) Drop(_order.Dequeue());
            return new(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask RemoveAsync(string requestId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(requestId);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) _seen.Remove(requestId);
        return default;
    }

    private void DropOld()
    {
        while (_order.TryPeek(out var oldest) && _time.GetElapsedTime(oldest.SeenAt) >= _age) Drop(_order.Dequeue());
    }

    // A request that was removed and added again stands in the queue twice; only its later entry may drop it.
    private void Drop((string RequestId, long Serial, long SeenAt) entry)
    {
        if (_seen.TryGetValue(entry.RequestId, out var serial) && serial == entry.Serial) _seen.Remove(entry.RequestId);
    }
}
