using System.Diagnostics;

namespace Fal.Tests.Harness;

/// <summary>Tells a reader whose work grows with the text from one whose work explodes.</summary>
internal static class Patience
{
    // A megabyte read in linear time takes milliseconds, in quadratic time an hour: a busy machine is still far away from this.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static void Holds(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        Check(watch);
    }

    public static async Task HoldsAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        Check(watch);
    }

    private static void Check(Stopwatch watch) => Assert.True(watch.Elapsed < Limit, $"The work exploded: {watch.Elapsed}.");
}
