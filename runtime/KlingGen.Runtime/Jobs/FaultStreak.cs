namespace Fal;

/// <summary>Counts consecutive failed calls, and ends a wait if they last too long.</summary>
internal sealed class FaultStreak(FalPolling polling, TimeProvider time)
{
    private long _since;

    /// <summary>The number of failures since the last success.</summary>
    public int Count { get; private set; }

    /// <summary>Counts a failure; throws it if failures have lasted longer than <see cref="FalPolling.GiveUpAfter"/>.</summary>
    public void Add(FalException fault)
    {
        if (Count++ == 0) _since = time.GetTimestamp();
        if (time.GetElapsedTime(_since) > polling.GiveUpAfter) throw fault;
    }

    /// <summary>Resets the count after a success.</summary>
    public void End() => Count = 0;
}
