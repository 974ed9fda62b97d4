using System.Globalization;
using Fal.Tests.Harness;

namespace Fal.Tests.Jobs;

/// <summary>Many jobs at the same time cost memory, not threads.</summary>
public sealed class ManyJobsTests
{
    [Fact]
    public async Task Ten_thousand_jobs_wait_in_one_process_without_a_thread_each()
    {
        const int jobs = 10_000;
        using var running = new ManyJobs();
        using var fal = new FalClient(new FalClientOptions { Key = CanaryGuard.Key, HttpHandler = running }, _ => null);
        var endpoint = fal.Endpoint(JobFixture.Id);
        var threads = System.Diagnostics.Process.GetCurrentProcess().Threads.Count;
        var waits = Enumerable.Range(0, jobs).Select(i => endpoint.Resume("r" + i.ToString(CultureInfo.InvariantCulture)).WaitAsync()).ToArray();
        await running.AllAskedAsync(jobs);
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        Assert.InRange(process.Threads.Count, 1, threads + 60);
        Assert.DoesNotContain(waits, wait => wait.IsCompleted);
        running.Done = true;
        Assert.All(await Task.WhenAll(waits), status => Assert.True(status.IsFinal));
    }

    /// <summary>Answers every status alike, without keeping anything.</summary>
    private sealed class ManyJobs : HttpMessageHandler
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _asked;
        private int _expected = int.MaxValue;

        public volatile bool Done;

        public Task AllAskedAsync(int count)
        {
            _expected = count;
            if (Volatile.Read(ref _asked) >= count) _all.TrySetResult();
            return _all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _asked) >= _expected) _all.TrySetResult();
            return Task.FromResult(
                new HttpResponseMessage { Content = new StringContent(Done ? """{"status":"COMPLETED"}""" : """{"status":"IN_PROGRESS"}""") });
        }
    }
}
