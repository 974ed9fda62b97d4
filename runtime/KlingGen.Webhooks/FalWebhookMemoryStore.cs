namespace Fal;

/// <summary>Deduplication of webhooks in the memory of one process, bounded by number and age. Thread-safe.</summary>
public sealed class FalWebhookMemoryStore : IFalWebhookStore
{
    private readonly int _capacity;
    private readonly TimeSpan _age;
    private readonly TimeProvider _time;
    private readonly object _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Queue<(string RequestId, Entry Entry)> _order = new();

    /// <summary>Creates an empty store.</summary>
    /// <param name="capacity">The number of request ids to keep; the oldest are removed first.</param>
    /// <param name="age">How long a request id is kept; default 24 hours, because fal retries a delivery for hours.</param>
    /// <param name="timeProvider">The clock; default <see cref="TimeProvider.System"/>.</param>
    public FalWebhookMemoryStore(int capacity = 10_000, TimeSpan? age = null, TimeProvider? timeProvider = null)
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
                RemoveOld();
                return _entries.Count;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<FalWebhookLease> TryBeginAsync(string requestId, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(requestId);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lease, TimeSpan.Zero);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            RemoveOld();
            if (_entries.TryGetValue(requestId, out var known))
            {
                if (known.IsCompleted) return new(FalWebhookLease.Completed);
                if (_time.GetElapsedTime(known.Since) < known.Lease) return new(FalWebhookLease.Held);
            }
            Add(requestId, new Entry(_time.GetTimestamp(), lease));
            return new(FalWebhookLease.Granted);
        }
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(string requestId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(requestId);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            // The id is added again if it was evicted as the oldest in the meantime.
            if (!_entries.TryGetValue(requestId, out var entry)) Add(requestId, entry = new Entry(_time.GetTimestamp(), TimeSpan.Zero));
            entry.IsCompleted = true;
        }
        return default;
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(string requestId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(requestId);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_entries.TryGetValue(requestId, out var entry) && !entry.IsCompleted) _entries.Remove(requestId);
        }
        return default;
    }

    private void Add(string requestId, Entry entry)
    {
        _entries[requestId] = entry;
        _order.Enqueue((requestId, entry));
        while (_order.Count > _capacity) Remove(_order.Dequeue());
    }

    private void RemoveOld()
    {
        while (_order.TryPeek(out var oldest) && _time.GetElapsedTime(oldest.Entry.Since) >= _age) Remove(_order.Dequeue());
    }

    // An id that was released and leased again is in the queue twice; only its later entry may remove it.
    private void Remove((string RequestId, Entry Entry) oldest)
    {
        if (_entries.TryGetValue(oldest.RequestId, out var entry) && ReferenceEquals(entry, oldest.Entry)) _entries.Remove(oldest.RequestId);
    }

    private sealed class Entry(long since, TimeSpan lease)
    {
        public long Since { get; } = since;

        public TimeSpan Lease { get; } = lease;

        public bool IsCompleted { get; set; }
    }
}
