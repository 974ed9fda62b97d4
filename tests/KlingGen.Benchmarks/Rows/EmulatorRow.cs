using System.Diagnostics;
using Fal;

namespace KlingGen.Benchmarks;

/// <summary>An emulator and its client in one process, busy on all cores: jobs per second, and the memory that a kept job takes.</summary>
internal static class EmulatorRow
{
    private const int Kept = 2_000;
    private const int SideBySide = 32;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        var side = (await sitting.AlternateAsync(5, () => Child.RunAsync("emulator")))[0];
        return
        [
            new Figure("jobs with submit, status and result", "jobs/s", side[0]) { Target = ">= 1,000 jobs/s" },
            new Figure("memory of a kept job", "KiB", side[1]),
            new Figure($"memory after {Kept * 4:#,0} jobs against {Kept * 2:#,0}, with `MostKept` {Kept:#,0}", "x", side[2])
            {
                Target = "bounded: 1x",
            },
        ];
    }

    /// <summary>The child process: jobs per second, KiB per kept job, and by how much the memory grows once the limit is reached.</summary>
    public static async Task<double[]> RunAsync(string[] args)
    {
        await using var emulator = await EmulatedJobs.StartAsync(Kept);
        using var client = emulator.CreateClient();
        await RunJobsAsync(client, 200);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await RunJobsAsync(client, Kept - 200);
        var full = GC.GetTotalMemory(forceFullCollection: true);
        await RunJobsAsync(client, Kept);
        var twice = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        await RunJobsAsync(client, Kept * 2);
        var seconds = clock.Elapsed.TotalSeconds;
        var later = GC.GetTotalMemory(forceFullCollection: true);
        return [Kept * 2 / seconds, (full - before) / 1024.0 / (Kept - 200), (double)later / twice];
    }

    private static Task RunJobsAsync(FalClient client, int jobs)
        => Parallel.ForAsync(0, jobs, new ParallelOptions { MaxDegreeOfParallelism = SideBySide }, async (_, stop) =>
        {
            var job = await EmulatedJobs.EndpointOf(client).SubmitAsync(EmulatedJobs.Request, cancellationToken: stop);
            await job.GetStatusAsync(cancellationToken: stop);
            await job.GetResultAsync(cancellationToken: stop);
        });
}
