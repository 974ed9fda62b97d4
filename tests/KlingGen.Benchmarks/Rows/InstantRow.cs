using System.Diagnostics;
using Fal;

namespace KlingGen.Benchmarks;

/// <summary>From submit to result of an emulator's job that takes no time, as a test of a user waits for it.</summary>
internal static class InstantRow
{
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        await using var emulator = await EmulatedJobs.StartAsync();
        using var own = emulator.CreateClient();
        using var usual = emulator.CreateClient(options => options.Polling = new FalPolling());
        foreach (var client in new[] { own, usual }) await RunAsync(client);
        var sides = await sitting.AlternateAsync(21, () => RunAsync(own), () => RunAsync(usual));
        return
        [
            new Figure("an `Instant` job, `CreateClient`", "ms", sides[0][0]) { Target = "<= 20 ms" },
            new Figure("an `Instant` job, a client with the usual polling", "ms", sides[1][0]),
        ];
    }

    private static async Task<double[]> RunAsync(FalClient client)
    {
        var clock = Stopwatch.StartNew();
        await EmulatedJobs.EndpointOf(client).RunAsync(EmulatedJobs.Request);
        return [clock.Elapsed.TotalMilliseconds];
    }
}
