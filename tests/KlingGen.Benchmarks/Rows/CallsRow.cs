using System.Diagnostics;
using System.Globalization;
using Fal;

namespace KlingGen.Benchmarks;

/// <summary>Submit, status and result over loopback, beside 120 lines of HttpClient (<see cref="BaselineClient"/>).</summary>
internal static class CallsRow
{
    /// <summary>The side of KlingGen.</summary>
    public const string Ours = "ours";

    /// <summary>The side beside it.</summary>
    public const string Baseline = "120 lines of HttpClient";

    /// <summary>
    /// Jobs before the measurement. The runtime goes on compiling hot methods: after 10,000 jobs, a job of KlingGen takes twice the processor time
    /// of one after 25,000, and one of the baseline 1.7 times.
    /// </summary>
    public const int WarmUpJobs = 40_000;

    private const string Key = "benchmark-id:benchmark-secret";
    private const int Jobs = 40_000;
    private const int SideBySide = 8;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        await using var server = await LoopbackServer.StartAsync();
        var sides = await sitting.AlternateAsync(
            7,
            () => RunChildAsync(Ours, server.Http, WarmUpJobs, Jobs, SideBySide),
            () => RunChildAsync(Baseline, server.Http, WarmUpJobs, Jobs, SideBySide));
        return
        [
            Beside("processor time of a job", "µs", 1, "<= 1.2x"),
            Beside("allocated by a job", "bytes", 2, "<= 1.5x"),
            Beside("jobs with submit, status and result", "jobs/s", 0),
        ];

        Figure Beside(string what, string unit, int quantity, string target = "")
            => Figure.Beside(what, unit, (sides[0][quantity], sides[1][quantity]), Baseline, target);
    }

    /// <summary>Runs jobs of one side in a process of its own: jobs per second, µs of processor time and bytes of a job, peak MiB.</summary>
    /// <param name="side">The side.</param>
    /// <param name="url">The URL of the server.</param>
    /// <param name="numbers">Jobs before the measurement, jobs in it, jobs side by side.</param>
    public static Task<double[]> RunChildAsync(string side, string url, params int[] numbers)
        => Child.RunAsync("calls", [side, url, .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>The child process.</summary>
    public static async Task<double[]> RunAsync(string[] args)
    {
        var (side, url) = (args[0], new Uri(args[1]));
        var numbers = args[2..].Select(arg => int.Parse(arg, CultureInfo.InvariantCulture)).ToArray();
        var (warmUpJobs, jobs, parallel) = (numbers[0], numbers[1], numbers[2]);
        using var fal = new FalClient(new FalClientOptions { Key = Key, QueueAddress = url, AllowHttpOnLoopback = true });
        using var handler = (SocketsHttpHandler)FalClientOptions.CreateHttpHandler();
        using var http = new HttpClient(handler);
        var baseline = new BaselineClient(http, url, "Key " + Key);
        var endpoint = EmulatedJobs.EndpointOf(fal);
        var request = EmulatedJobs.Request;
        Func<CancellationToken, Task> run = side == Ours
            ? async ct =>
            {
                var job = await endpoint.SubmitAsync(request, cancellationToken: ct);
                await job.GetStatusAsync(cancellationToken: ct);
                await job.GetResultAsync(cancellationToken: ct);
            }
        : async ct =>
        {
            var job = await baseline.SubmitAsync(
                endpoint.EndpointId, new VideoRequest(request.Prompt, request.ImageUrl.Url!, "5", null, request.CfgScale), ct);
            await baseline.GetStatusAsync(job, ct);
            await baseline.GetResultAsync(job, ct);
        };
        await RepeatAsync(run, warmUpJobs, parallel);
        var processor = Child.ProcessorMilliseconds();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        await RepeatAsync(run, jobs, parallel);
        return
        [
            jobs / clock.Elapsed.TotalSeconds,
            (Child.ProcessorMilliseconds() - processor) * 1000 / jobs,
            (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / jobs,
            Child.PeakMiB(),
        ];
    }

    private static Task RepeatAsync(Func<CancellationToken, Task> run, int times, int parallel)
        => Parallel.ForAsync(0, times, new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (_, ct) => await run(ct));
}
