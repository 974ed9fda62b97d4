using System.Net.Security;
using Fal;

namespace KlingGen.Benchmarks;

/// <summary>10,000 jobs of one client that wait for their end, with the usual polling: connections, and memory of a job.</summary>
internal static class WaitingRow
{
    private const int Jobs = 10_000;
    private const int WarmUpJobs = 2_000;
    private const int Submits = 64;

    // All jobs have polled several times by then.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        var sides = await sitting.AlternateAsync(3, () => RunAsync(server => server.Https), () => RunAsync(server => server.Http));
        return
        [
            new Figure($"{Jobs:#,0} waiting jobs over TLS and HTTP/2: connections", "", sides[0][1]) { Target = "<= 10" },
            new Figure("the same: memory of a job", "KiB", sides[0][0]) { Target = "<= 2 KiB" },
            new Figure($"{Jobs:#,0} waiting jobs over HTTP/1.1: connections", "", sides[1][1]) { Target = "bounded" },
            new Figure("the same: memory of a job", "KiB", sides[1][0]),
        ];
    }

    /// <summary>The child process: KiB of managed memory per job.</summary>
    public static async Task<double[]> RunJobsAsync(string[] args)
    {
        using var handler = (SocketsHttpHandler)FalClientOptions.CreateHttpHandler();
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost",
        };
        using var fal = new FalClient(new FalClientOptions
        {
            Key = "benchmark-id:benchmark-secret",
            QueueAddress = new Uri(args[0]),
            AllowHttpOnLoopback = true,
            HttpHandler = handler,
        });
        using var stop = new CancellationTokenSource();
        var endpoint = EmulatedJobs.EndpointOf(fal);
        // As many calls at a time as later: the connections and their pooled buffers are no memory of the jobs.
        await Parallel.ForAsync(0, WarmUpJobs, new ParallelOptions { MaxDegreeOfParallelism = Submits + FalTransport.MaxPolls }, async (_, ct) =>
        {
            var job = await endpoint.SubmitAsync(EmulatedJobs.Request, cancellationToken: ct);
            await job.GetStatusAsync(cancellationToken: ct);
        });
        var waits = new Task[Jobs];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Parallel.ForAsync(0, Jobs, new ParallelOptions { MaxDegreeOfParallelism = Submits }, async (i, ct) =>
        {
            var job = await endpoint.SubmitAsync(EmulatedJobs.Request, cancellationToken: ct);
            waits[i] = job.GetResultAsync(cancellationToken: stop.Token);
        });
        await Task.Delay(Settling);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        if (waits.FirstOrDefault(wait => wait.IsCompleted) is { } ended) await ended;
        await stop.CancelAsync();
        return [(after - before) / 1024.0 / Jobs];
    }

    private static async Task<double[]> RunAsync(Func<LoopbackServer, string> address)
    {
        await using var server = await LoopbackServer.StartAsync(StubServer.Waiting);
        var memory = await Child.RunAsync("waiting", address(server));
        return [.. memory, await server.PeakConnectionsAsync()];
    }
}
