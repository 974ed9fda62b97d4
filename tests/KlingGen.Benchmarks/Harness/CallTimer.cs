using System.Diagnostics;

namespace KlingGen.Benchmarks;

/// <summary>A stopwatch for short calls, which are repeated until they fill a slice of time.</summary>
internal static class CallTimer
{
    // Long enough for tiered compilation to end.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    // A reading of the clock takes about 30 ns. After each call, it would be a tenth of a short one and bring every ratio closer to 1.
    private static readonly TimeSpan BetweenReadings = TimeSpan.FromMicroseconds(10);

    /// <summary>The usual length of a slice.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    public static void Warm(Action call)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < WarmUp) call();
    }

    /// <summary>Microseconds and allocated bytes of one call, which runs on this thread alone, in a slice of this length.</summary>
    public static double[] Measure(Action call, TimeSpan slice)
    {
        var (calls, batch) = (0, 1);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed is var start && start < slice)
        {
            for (var i = 0; i < batch; i++) call();
            calls += batch;
            if (clock.Elapsed - start < BetweenReadings) batch *= 2;
        }
        return [clock.Elapsed.TotalMicroseconds / calls, (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / calls];
    }
}
