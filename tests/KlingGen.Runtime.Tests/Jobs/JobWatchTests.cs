using Fal.Tests.Harness;

namespace Fal.Tests.Jobs;

/// <summary>News of a job, each piece once.</summary>
public sealed class JobWatchTests : CanaryTest
{
    [Fact]
    public async Task Each_change_and_each_line_is_told_once()
    {
        using var fixture = new JobFixture(Canary).OnSubmit().OnStatus(
            JobFixture.Queued(2), JobFixture.Queued(2), JobFixture.Queued(1), JobFixture.Queued(0), JobFixture.Running(), JobFixture.Running(),
            JobFixture.Running("l1"), JobFixture.Running("l1"), JobFixture.Running("l1", "l2", "l3"), Replies.Empty(503), JobFixture.Running(
                "l1",
                "l2",
                "l3"), JobFixture.Done("l1", "l2", "l3", "l4"));
        var job = await fixture.SubmitAsync();
        var told = new List<string>();
        await foreach (var update in job.WatchAsync())
        {
            Assert.Equal(JobFixture.RequestId, update.RequestId);
            told.Add(update.ToString());
            Canary.Watch("update", update.ToString());
        }
        Assert.Equal(
            ["IN_QUEUE (position 2)", "IN_QUEUE (position 1)", "IN_QUEUE (position 0)", "IN_PROGRESS", "IN_PROGRESS\n  l1", "IN_PROGRESS\n  l2\n  l3",
                "COMPLETED\n  l4"],
            told);
        Assert.All(fixture.Handler.Requests.Skip(1), request => Assert.Equal("?logs=1", request.Url.Query));
        Assert.Equal(["l1", "l2", "l3", "l4"], job.LastStatus!.Logs.Select(line => line.Message));
    }

    [Fact]
    public async Task Two_watchers_and_a_waiter_share_the_polls_and_each_watcher_hears_everything()
    {
        var (first, second) = (new Gate(), new Gate());
        using var fixture = new JobFixture(Canary).OnStatus(first.Answer, second.Answer).OnResult();
        var job = fixture.Resume();
        var watchers = new[] { ListenAsync(), ListenAsync() };
        var waiter = job.GetResultAsync();
        await first.ReachedAsync();
        first.Open(JobFixture.Running("l1"));
        await second.ReachedAsync();
        second.Open(JobFixture.Done("l1", "l2"));
        foreach (var told in await Task.WhenAll(watchers)) Assert.Equal("l1|l2", string.Join('|', told));
        await waiter;
        Assert.Equal(2, fixture.Polls);

        async Task<List<string>> ListenAsync()
        {
            var lines = new List<string>();
            await foreach (var update in job.WatchAsync()) lines.AddRange(update.NewLogs.Select(line => line.Message));
            return lines;
        }
    }

    [Fact]
    public async Task A_watcher_who_joins_a_poll_without_logs_still_gets_the_last_lines()
    {
        var gate = new Gate();
        using var fixture = new JobFixture(Canary).OnStatus(gate.Answer, JobFixture.Done("l1"));
        var job = fixture.Resume();
        var waiter = job.WaitAsync();
        await gate.ReachedAsync();
        var lines = new List<string>();
        var watcher = Task.Run(async () =>
        {
            await foreach (var update in job.WatchAsync()) lines.AddRange(update.NewLogs.Select(line => line.Message));
        });
        // The watcher has joined once its wish for logs is known; only then may the poll without logs come back.
        while (!WantsLogs(job)) await Task.Yield();
        gate.Open(JobFixture.Done());
        await watcher;
        await waiter;
        Assert.Equal(["l1"], lines);
        Assert.Equal(["", "?logs=1"], fixture.Handler.Requests.Select(request => request.Url.Query));

        static bool WantsLogs(FalJob<TextToClipResult> job) => job.Tracker.WantsLogs;
    }

    [Fact]
    public async Task Watch_stops_polling_when_enumeration_ends()
    {
        using var fixture = new JobFixture(Canary).OnStatus(JobFixture.Queued(1), JobFixture.Running());
        await foreach (var update in fixture.Resume().WatchAsync())
            if (update.Status.State == FalJobState.InProgress) break;
        var sent = fixture.Handler.Requests.Count;
        await fixture.Time.NoTimersAsync();
        Assert.InRange(fixture.Handler.Requests.Count, sent, sent + 1);
    }

    [Fact]
    public async Task A_cancelled_watcher_gets_its_own_token_back()
    {
        using var source = new CancellationTokenSource();
        using var fixture = new JobFixture(Canary, new FakeTime()).OnStatus(JobFixture.Running());
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in fixture.Resume().WatchAsync(cancellationToken: source.Token)) await source.CancelAsync();
        });
        Assert.Equal(source.Token, error.CancellationToken);
    }

    [Fact]
    public async Task A_watcher_learns_of_what_does_not_pass()
    {
        using var fixture = new JobFixture(Canary).OnStatus(JobFixture.Running(), Replies.Json("{}", 404));
        var told = 0;
        var error = await Assert.ThrowsAsync<FalRequestRejectedException>(async () =>
        {
            await foreach (var _ in fixture.Resume().WatchAsync()) told++;
        });
        Assert.Equal(1, told);
        Assert.Equal(JobFixture.RequestId, error.RequestId);
    }

    [Fact]
    public async Task A_run_reports_its_progress_from_the_submit_on()
    {
        using var fixture = new JobFixture(Canary).OnSubmit().OnStatus(JobFixture.Running("l1"), JobFixture.Done("l1")).OnResult();
        var progress = new Recorder();
        Assert.Equal(7, (await fixture.Endpoint.RunAsync(JobFixture.Request, null, progress)).Seed);
        Assert.Equal(["IN_QUEUE (position 2)", "IN_PROGRESS\n  l1", "COMPLETED"], progress.Told);
        await Assert.ThrowsAsync<ArgumentNullException>(() => fixture.Endpoint.RunAsync(JobFixture.Request, null, progress: null!));
    }

    [Fact]
    public async Task A_run_with_progress_keeps_its_deadline()
    {
        using var fixture = new JobFixture(Canary).OnSubmit().OnStatus(JobFixture.Running()).OnCancel();
        var error = await Assert.ThrowsAsync<FalTimeoutException>(
            () => fixture.Endpoint.RunAsync(
                JobFixture.Request,
                new FalSubmitOptions { Deadline = TimeSpan.FromMinutes(1), CancelJobOnDeadline = true },
                new Recorder()));
        Assert.Equal(JobFixture.RequestId, error.RequestId);
        Assert.Equal(1, fixture.Handler.Count("PUT"));
    }

    private sealed class Recorder : IProgress<FalJobUpdate>
    {
        public List<string> Told { get; } = [];

        public void Report(FalJobUpdate value) => Told.Add(value.ToString());
    }
}
