using System.Collections.Concurrent;

namespace Fal.Emulation;

/// <summary>
/// The accepted jobs in order of arrival. Beyond a maximum number, the oldest are removed; beyond a maximum size of their
/// requests, the oldest if they are over, because a client still waits for a job that runs.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="mostKept">The maximum number.</param>
/// <param name="mostBytes">The maximum total size of the requests.</param>
internal sealed class JobStore(TimeProvider time, int mostKept, long mostBytes)
{
    private long _bytes;
    private readonly ConcurrentDictionary<string, EmulatedJob> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<EmulatedJob> _inOrder = new();

    public IReadOnlyList<EmulatedJob> All => [.. _inOrder];

    public void Add(EmulatedJob job)
    {
        _byId[job.RequestId] = job;
        _inOrder.Enqueue(job);
        Interlocked.Add(ref _bytes, job.InputLength);
        while (IsOverfull() && _inOrder.TryDequeue(out var oldest))
        {
            _byId.TryRemove(oldest.RequestId, out _);
            Interlocked.Add(ref _bytes, -oldest.InputLength);
        }
    }

    /// <summary>Gets the job with this id, if it belongs to this app.</summary>
    public EmulatedJob? Find(string app, string requestId) => _byId.GetValueOrDefault(requestId) is { } job && job.Endpoint.App == app ? job : null;

    private bool IsOverfull() => _inOrder.Count > mostKept
        || (Interlocked.Read(ref _bytes) > mostBytes && _inOrder.TryPeek(out var oldest) && oldest.At(time.GetUtcNow()).IsOver);

    /// <summary>Counts the queued jobs of an endpoint.</summary>
    public int Waiting(FalEndpointId endpoint, DateTimeOffset now)
        => _inOrder.Count(job => job.Endpoint == endpoint && job.At(now).State == FalJobState.InQueue);
}
