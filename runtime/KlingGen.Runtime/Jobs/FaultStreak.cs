namespace Fal;

/// <summary>Failed calls one after the other, and the moment at which a wait gives up because of them.</summary>
internal sealed class FaultStreak(FalPolling polling, TimeProvider time)
{
    private long _since;

    /// <summary>How many calls failed since the last that did not.</summary>
    public int Count { get; private set; }

    /// <summary>Counts a failure; throws it where failures have lasted longer than <see cref="FalPolling.GiveUpAfter"/>.</summary>
    public void Add(FalException fault)
    {
        if (Count++ == 0) _since = time.GetTimestamp();
        if (time.GetElapsedTime(_since) > polling.GiveUpAfter) throw fault;
    }

    /// <summary>A call succeeded.</summary>
    public void End() => Count = 0;
}
