namespace Fal.Emulation;

/// <summary>
/// The log of webhook deliveries, in the order in which their jobs ended. Get it from <see cref="FalEmulator.Webhooks"/>.
/// </summary>
public sealed class FalWebhookLog
{
    private readonly object _lock = new();
    private readonly Queue<FalWebhookDelivery> _all = new();
    private readonly int _mostKept;
    private readonly List<(string RequestId, TaskCompletionSource<FalWebhookDelivery> Begun)> _waits = [];

    internal FalWebhookLog(int mostKept) => _mostKept = mostKept;

    /// <summary>All deliveries, except the oldest beyond <see cref="FalEmulatorOptions.MostKept"/>.</summary>
    public IReadOnlyList<FalWebhookDelivery> All { get { lock (_lock) return [.. _all]; } }

    /// <summary>Waits until the webhook delivery of a job is over: delivered, refused or given up.</summary>
    /// <param name="requestId">The request id of the job.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    public async Task<FalWebhookDelivery> WaitForAsync(string requestId, CancellationToken cancellationToken = default)
    {
        var delivery = await WaitForBeginAsync(requestId, cancellationToken).ConfigureAwait(false);
        await delivery.WaitForAttemptsAsync(int.MaxValue, cancellationToken).ConfigureAwait(false);
        return delivery;
    }

    /// <summary>Waits until the job has ended and the delivery of its webhook begins.</summary>
    /// <param name="requestId">The request id of the job.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    public Task<FalWebhookDelivery> WaitForBeginAsync(string requestId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requestId);
        lock (_lock)
        {
            if (_all.FirstOrDefault(delivery => delivery.RequestId == requestId) is { } known) return Task.FromResult(known);
            var begun = new TaskCompletionSource<FalWebhookDelivery>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((requestId, begun));
            return begun.Task.WaitAsync(cancellationToken);
        }
    }

    internal void Add(FalWebhookDelivery delivery)
    {
        lock (_lock)
        {
            _all.Enqueue(delivery);
            if (_all.Count > _mostKept) _all.Dequeue();
            foreach (var wait in _waits.Where(wait => wait.RequestId == delivery.RequestId)) wait.Begun.TrySetResult(delivery);
            _waits.RemoveAll(wait => wait.RequestId == delivery.RequestId);
        }
    }
}
