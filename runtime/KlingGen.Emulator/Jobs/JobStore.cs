using System.Collections.Concurrent;

namespace Fal.Emulation;

/// <summary>The accepted jobs in order of arrival. Beyond a maximum number, the oldest are removed.</summary>
/// <param name="mostKept">The maximum number.</param>
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

    /// <summary>Gets the job with this id, if it belongs to this app.</summary>
    public EmulatedJob? Find(string app, string requestId) => _byId.GetValueOrDefault(requestId) is { } job && job.Endpoint.App == app ? job : null;

    /// <summary>Counts the queued jobs of an endpoint.</summary>
    public int Waiting(FalEndpointId endpoint, DateTimeOffset now)
        => _inOrder.Count(job => job.Endpoint == endpoint && job.At(now).State == FalJobState.InQueue);
}
