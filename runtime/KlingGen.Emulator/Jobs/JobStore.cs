using System.Collections.Concurrent;

namespace Fal.Emulation;

/// <summary>The jobs that were taken, in the order in which they came.</summary>
internal sealed class JobStore
{
    private readonly ConcurrentDictionary<string, EmulatedJob> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<EmulatedJob> _inOrder = new();

    public IReadOnlyList<EmulatedJob> All => [.. _inOrder];

    public void Add(EmulatedJob job)
    {
        _byId[job.RequestId] = job;
        _inOrder.Enqueue(job);
    }

    /// <summary>The job of this id, if it is one of this app's.</summary>
    public EmulatedJob? Find(string app, string requestId) => _byId.GetValueOrDefault(requestId) is { } job && job.Endpoint.App == app ? job : null;

    /// <summary>How many jobs of an endpoint wait now.</summary>
    public int Waiting(FalEndpointId endpoint, DateTimeOffset now)
        => _inOrder.Count(job => job.Endpoint == endpoint && job.At(now).State == FalJobState.InQueue);
}
