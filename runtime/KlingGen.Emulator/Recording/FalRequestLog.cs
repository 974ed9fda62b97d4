namespace Fal.Emulation;

/// <summary>The log of all received requests, in order of arrival. Get it from <see cref="FalEmulator.Received"/>.</summary>
public sealed class FalRequestLog
{
    private readonly object _lock = new();
    private readonly Queue<FalReceivedRequest> _all = new();
    private readonly Dictionary<FalOperation, int> _counts = [];
    private readonly int _mostKept;
    private readonly long _mostBytes;
    private readonly List<(FalOperation Operation, int Count, TaskCompletionSource Done)> _waits = [];

    private long _bytes;

    internal FalRequestLog(int mostKept, long mostBytes) => (_mostKept, _mostBytes) = (mostKept, mostBytes);

    /// <summary>
    /// Called for each request after its response was sent or its connection aborted, for instance for logging. The callback
    /// should return quickly.
    /// </summary>
    public event Action<FalReceivedRequest>? Finished;

    /// <summary>All requests, except the oldest beyond <see cref="FalEmulatorOptions.MostKept"/>.</summary>
    public IReadOnlyList<FalReceivedRequest> All { get { lock (_lock) return [.. _all]; } }

    /// <summary>Gets the requests of these operations.</summary>
    /// <param name="operation">One operation, or several combined with <c>|</c>.</param>
    public IReadOnlyList<FalReceivedRequest> ForOperation(FalOperation operation)
    {
        lock (_lock) return [.. _all.Where(request => (request.Operation & operation) != 0)];
    }

    /// <summary>
    /// Counts the requests of these operations, including those beyond <see cref="FalEmulatorOptions.MostKept"/>, since the
    /// start or the last <see cref="Clear"/>.
    /// </summary>
    /// <param name="operation">One operation, or several combined with <c>|</c>.</param>
    public int CountOf(FalOperation operation)
    {
        lock (_lock) return Seen(operation);
    }

    /// <summary>Gets the only request of this operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <exception cref="InvalidOperationException">There was no such request, or more than one.</exception>
    public FalReceivedRequest One(FalOperation operation)
    {
        var found = ForOperation(operation);
        return found.Count == 1
            ? found[0]
            : throw new InvalidOperationException($"The emulator received {found.Count} requests of the kind {operation}, not one.");
    }

    /// <summary>Completes after this number of requests of these operations has arrived.</summary>
    /// <param name="operation">One operation, or several combined with <c>|</c>.</param>
    /// <param name="count">The number of requests since the start or the last <see cref="Clear"/>.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    public Task WaitForAsync(FalOperation operation, int count = 1, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (Seen(operation) >= count) return Task.CompletedTask;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((operation, count, done));
            return done.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Removes all requests from the log and resets the counts.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            while (_all.Count > 0) RemoveOldest();
            _counts.Clear();
        }
    }

    internal void Add(FalReceivedRequest request)
    {
        lock (_lock)
        {
            _all.Enqueue(request);
            if (_all.Count > _mostKept) RemoveOldest();
            _counts[request.Operation] = _counts.GetValueOrDefault(request.Operation) + 1;
            for (var i = _waits.Count - 1; i >= 0; i--)
            {
                if (Seen(_waits[i].Operation) < _waits[i].Count) continue;
                _waits[i].Done.TrySetResult();
                _waits.RemoveAt(i);
            }
        }
    }

    internal void Finish(FalReceivedRequest request)
    {
        lock (_lock)
        {
            // Its body is complete. It may have been removed meanwhile.
            if (request.LoggedLength is not null) _bytes += (request.LoggedLength = request.KeptLength).Value;
            while (_bytes > _mostBytes && _all.Count > 1) RemoveOldest();
        }
        Finished?.Invoke(request);
    }

    private void RemoveOldest()
    {
        var oldest = _all.Dequeue();
        _bytes -= oldest.LoggedLength ?? 0;
        oldest.LoggedLength = null;
    }

    private int Seen(FalOperation operation) => _counts.Sum(count => (count.Key & operation) != 0 ? count.Value : 0);
}
