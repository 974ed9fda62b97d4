namespace Fal;

/// <summary>
/// Semaphore for the status calls of one client: over HTTP/1.1 each call under way has a connection of its own, and thousands of jobs that poll
/// at the same moment would open thousands. The time limit of an attempt begins after the wait for a slot.
/// </summary>
#pragma warning disable CA1001 // The semaphore has no wait handle, so there is nothing to dispose.
internal sealed class PollSlots(CancellationToken closing)
#pragma warning restore CA1001
{
    /// <summary>The number of slots; servers usually allow as many streams on one HTTP/2 connection.</summary>
    public const int Count = 100;

    private readonly SemaphoreSlim _free = new(Count, Count);

    /// <summary>Waits for a slot; without contention this allocates nothing.</summary>
    public async Task EnterAsync(CancellationToken ct)
    {
        if (await _free.WaitAsync(0, CancellationToken.None).ConfigureAwait(false)) return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, closing);
        try
        {
            await _free.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            ct.ThrowIfCancellationRequested();
            throw FalTransport.Disposed();
        }
    }

    public void Leave() => _free.Release();
}
