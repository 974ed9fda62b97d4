using System.Collections.Concurrent;

namespace Fal.Emulation;

/// <summary>The jobs that were taken, in the order in which they came; beyond a number the oldest are forgotten.</summary>
/// <param name="mostKept">The number.</param>
internal sealed class JobStore(int mostKept)
{
    private readonly ConcurrentDictionary<string, EmulatedJob> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<EmulatedJob> _inOrder = new();

    public IReadOnlyList<EmulatedJob> All => [.. _inOrder];

    public void Add(EmulatedJob job)
    {
        _byId[job.RequestId] = job;
        _inOrder.Enqueue(job);
        while (_inOrder.Count > mostKept && _inOrder.TryDequeue(out var oldest)) _byId.TryRemove(oldest.RequestId, out _);
    }

    /// <summary>The job of this id, if it is one of this app's.</summary>
    public EmulatedJob? Find(string app, string requestId) => _byId.GetValueOrDefault(requestId) is { } job && job.Endpoint.App == app ? job : null;

    /// <summary>How many jobs of an endpoint wait now.</summary>
    public int Waiting(FalEndpointId endpoint, DateTimeOffset now)
        => _inOrder.Count(job => job.Endpoint == endpoint && job.At(now).State == FalJobState.InQueue);
}
