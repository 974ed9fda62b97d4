namespace Fal;

/// <summary>Deduplication of webhooks by request id. Implement it over a shared store when several machines receive webhooks.</summary>
public interface IFalWebhookSeenSet
{
    /// <summary>Adds a request id; false when it is present already. Of two concurrent calls with one id, only one may return true.</summary>
    ValueTask<bool> TryAddAsync(string requestId, CancellationToken cancellationToken = default);

    /// <summary>Removes a request id, so that its next webhook is not a duplicate.</summary>
    ValueTask RemoveAsync(string requestId, CancellationToken cancellationToken = default);
}

/// <summary>Deduplication in memory, bounded by number and age.</summary>
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
    /// <param name="capacity">The number of request ids to keep; the oldest are removed first.</param>
    /// <param name="age">How long a request id is kept; default 24 hours, because fal retries a delivery for hours.</param>
    /// <param name="timeProvider">The clock; default <see cref="TimeProvider.System"/>.</param>
    public FalWebhookSeenSet(int capacity = 10_000, TimeSpan? age = null, TimeProvider? timeProvider = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _capacity = capacity;
        _age = age ?? TimeSpan.FromHours(24);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_age, TimeSpan.Zero, nameof(age));
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>The number of request ids that are kept.</summary>
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

    // An id that was removed and added again is in the queue twice; only its later entry may remove it.
    private void Drop((string RequestId, long Serial, long SeenAt) entry)
    {
        if (_seen.TryGetValue(entry.RequestId, out var serial) && serial == entry.Serial) _seen.Remove(entry.RequestId);
    }
}
