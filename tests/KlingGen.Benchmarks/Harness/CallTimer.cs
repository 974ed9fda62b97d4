using System.Diagnostics;

namespace KlingGen.Benchmarks;

/// <summary>A stopwatch for short calls, which are repeated until they fill a slice of time.</summary>
internal static class CallTimer
{
    // Long enough for tiered compilation to end.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    public static void Warm(Action call)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < WarmUp) call();
    }

    /// <summary>Microseconds and allocated bytes of one call, which runs on this thread alone.</summary>
    public static double[] Measure(Action call)
    {
        var calls = 0;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Slice)
        {
            call();
            calls++;
        }
        return [clock.Elapsed.TotalMicroseconds / calls, (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / calls];
    }
}
