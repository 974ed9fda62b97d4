namespace Fal.Emulation;

/// <summary>Everything that the emulator received, in the order in which it came. Get it from <see cref="FalEmulator.Received"/>.</summary>
public sealed class FalRequestLog
{
    private readonly object _lock = new();
    private readonly Queue<FalReceivedRequest> _all = new();
    private readonly Dictionary<FalOperation, int> _counts = [];
    private readonly int _mostKept;
    private readonly List<(FalOperation Operation, int Count, TaskCompletionSource Done)> _waits = [];

    internal FalRequestLog(int mostKept) => _mostKept = mostKept;

    /// <summary>Told about each request once it has been answered, or its connection broken. For a log of requests; it should return soon.</summary>
    public event Action<FalReceivedRequest>? Finished;

    /// <summary>All of them, except the oldest beyond <see cref="FalEmulatorOptions.MostKept"/>.</summary>
    public IReadOnlyList<FalReceivedRequest> All { get { lock (_lock) return [.. _all]; } }

    /// <summary>The requests of these kinds.</summary>
    /// <param name="operation">One kind, or several with <c>|</c>.</param>
    public IReadOnlyList<FalReceivedRequest> Of(FalOperation operation)
    {
        lock (_lock) return [.. _all.Where(request => (request.Operation & operation) != 0)];
    }

    /// <summary>How many requests of these kinds there were, those that are not kept any more included.</summary>
    /// <param name="operation">One kind, or several with <c>|</c>.</param>
    public int CountOf(FalOperation operation)
    {
        lock (_lock) return Seen(operation);
    }

    /// <summary>The one request of this kind.</summary>
    /// <param name="operation">The kind.</param>
    /// <exception cref="InvalidOperationException">There was none, or more than one.</exception>
    public FalReceivedRequest One(FalOperation operation)
    {
        var found = Of(operation);
        return found.Count == 1
            ? found[0]
            : throw new InvalidOperationException($"The emulator received {found.Count} requests of the kind {operation}, not one.");
    }

    /// <summary>Completes once this many requests of these kinds have come.</summary>
    /// <param name="operation">One kind, or several with <c>|</c>.</param>
    /// <param name="count">How many there must have been since the start.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
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

    /// <summary>Forgets what has come so far.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _all.Clear();
            _counts.Clear();
        }
    }

    internal void Add(FalReceivedRequest request)
    {
        lock (_lock)
        {
            _all.Enqueue(request);
            if (_all.Count > _mostKept) _all.Dequeue();
            _counts[request.Operation] = _counts.GetValueOrDefault(request.Operation) + 1;
            for (var i = _waits.Count - 1; i >= 0; i--)
            {
                if (Seen(_waits[i].Operation) < _waits[i].Count) continue;
                _waits[i].Done.TrySetResult();
                _waits.RemoveAt(i);
            }
        }
    }

    internal void Finish(FalReceivedRequest request) => Finished?.Invoke(request);

    private int Seen(FalOperation operation) => _counts.Sum(count => (count.Key & operation) != 0 ? count.Value : 0);
}
