namespace Fal;

/// <summary>
/// Semaphore for the status calls of one client: over HTTP/1.1 each call under way has a connection of its own, and thousands of jobs that poll
/// at the same moment would open thousands. The time limit of an attempt begins after the wait for a slot.
/// </summary>
#pragma warning disable CA1001 // The semaphore has no wait handle, so there is nothing to dispose.
internal sealed class PollSlots
#pragma warning restore CA1001
{
    /// <summary>The number of slots; servers usually allow as many streams on one HTTP/2 connection.</summary>
    public const int Count = 100;

    private readonly SemaphoreSlim _free = new(Count, Count);

    /// <summary>
    /// Waits for a slot; without contention this allocates nothing. When the client is disposed, the calls under way end and free their slots, so
    /// the wait needs no token of the client: of 10,000 waiting jobs 7,000 can be here.
    /// </summary>
    public Task EnterAsync(CancellationToken ct) => _free.WaitAsync(ct);

    public void Leave() => _free.Release();
}
