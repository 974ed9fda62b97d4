using Fal.Tests.Harness;
using Fal.Tests.Wire;

namespace Fal.Tests.Jobs;

/// <summary>Deadlines and tokens at every point where something is waited for.</summary>
public sealed class JobDeadlineTests : CanaryTest
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Where a run may hang once the job exists; each script ends in something that never ends.</summary>
    public static TheoryData<string> Points() => ["status", "status headers only", "status mid-body", "pause", "result", "result mid-body",
        "stream connect", "stream silence", "stream mid-event"];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task A_deadline_ends_the_waiting_with_the_request_named_and_the_job_is_left_alone(string point)
    {
        var (fixture, run, time) = await HangAsync(point, new FalSubmitOptions { Deadline = Deadline });
        using var _ = fixture;
        time.Advance(Deadline);
        var error = await Assert.ThrowsAsync<FalTimeoutException>(() => run);
        Assert.Equal(JobFixture.RequestId, error.RequestId);
        Assert.Equal(JobFixture.Id, error.EndpointId);
        Assert.Equal(Deadline, error.Deadline);
        Assert.Contains("30 seconds", error.Message, StringComparison.Ordinal);
        Assert.Contains("may go on", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, fixture.Handler.Count("PUT"));
        await EndAsync(fixture, time);
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task A_deadline_cancels_the_job_once_if_asked_to(string point)
    {
        var (fixture, run, time) = await HangAsync(point, new FalSubmitOptions { Deadline = Deadline, CancelJobOnDeadline = true });
        using var _ = fixture;
        time.Advance(Deadline);
        var error = await Assert.ThrowsAsync<FalTimeoutException>(() => run);
        Assert.Contains("A cancel request was sent", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, fixture.Handler.Count("PUT"));
        await EndAsync(fixture, time);
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task The_callers_token_ends_the_waiting_and_leaves_the_job_alone(string point)
    {
        using var source = new CancellationTokenSource();
        var (fixture, run, time) = await HangAsync(
            point,
            new FalSubmitOptions { Deadline = Deadline, CancelJobOnDeadline = true },
            token: source.Token);
        using var _ = fixture;
        await source.CancelAsync();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(source.Token, cancelled.CancellationToken);
        Assert.Equal(0, fixture.Handler.Count("PUT"));
        await EndAsync(fixture, time);
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task The_callers_token_cancels_the_job_once_if_asked_to(string point)
    {
        using var source = new CancellationTokenSource();
        var (fixture, run, time) = await HangAsync(point, new FalSubmitOptions { CancelJobOnCancellation = true }, token: source.Token);
        using var _ = fixture;
        await source.CancelAsync();
        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run)).CancellationToken);
        Assert.Equal(1, fixture.Handler.Count("PUT"));
        await EndAsync(fixture, time);
    }

    [Fact]
    public async Task A_cancel_call_that_fails_or_hangs_does_not_hide_the_deadline()
    {
        var (fixture, run, time) = await HangAsync(
            "pause",
            new FalSubmitOptions { Deadline = Deadline, CancelJobOnDeadline = true },
            cancel: Replies.Never());
        using var _ = fixture;
        time.Advance(Deadline);
        await fixture.Handler.RequestsSeenAsync(3);
        Assert.False(run.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<FalTimeoutException>(() => run);

        using var failing = new JobFixture(Canary, change: options => options.Retry = FalRetryOptions.None);
        failing.OnStatus(JobFixture.Running()).OnCancel(Replies.Reset());
        await Assert.ThrowsAsync<FalTimeoutException>(
            () => failing.Resume().WaitAsync(new FalWaitOptions { Deadline = Deadline, CancelJobOnDeadline = true }));
        Assert.Equal(1, failing.Handler.Count("PUT"));
    }

    [Fact]
    public async Task A_deadline_during_a_submit_under_way_says_that_the_outcome_is_unknown()
    {
        var time = new FakeTime();
        var gate = new Gate();
        using var fixture = new JobFixture(Canary, time);
        fixture.Handler.Then(gate.Answer);
        var run = fixture.Endpoint.RunAsync(JobFixture.Request, new FalSubmitOptions { Deadline = Deadline, CancelJobOnDeadline = true });
        await gate.ReachedAsync();
        time.Advance(Deadline);
        var error = await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => run);
        Assert.Equal(JobFixture.Id, error.EndpointId);
        Assert.IsType<FalTimeoutException>(error.InnerException);
        Assert.Single(fixture.Handler.Requests);
    }

    [Fact]
    public async Task A_deadline_while_no_connection_comes_up_says_that_nothing_was_submitted()
    {
        var time = new FakeTime();
        using var fixture = new JobFixture(Canary, time);
        fixture.Handler.Then(Replies.NeverConnects());
        var run = fixture.SubmitAsync(new FalSubmitOptions { Deadline = Deadline });
        await fixture.Handler.RequestsSeenAsync(1);
        time.Advance(Deadline);
        var error = await Assert.ThrowsAsync<FalTimeoutException>(() => run);
        Assert.Contains("Nothing was submitted", error.Message, StringComparison.Ordinal);
        Assert.Null(error.RequestId);
    }

    [Fact]
    public async Task A_token_cancelled_during_a_submit_is_the_callers_own()
    {
        using var source = new CancellationTokenSource();
        var gate = new Gate();
        using var fixture = new JobFixture(Canary, new FakeTime());
        fixture.Handler.Then(gate.Answer);
        var run = fixture.Endpoint
            .RunAsync(JobFixture.Request, new FalSubmitOptions { Deadline = Deadline, CancelJobOnCancellation = true }, source.Token);
        await gate.ReachedAsync();
        await source.CancelAsync();
        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run)).CancellationToken);
        Assert.Single(fixture.Handler.Requests);
    }

    [Fact]
    public async Task A_submit_whose_id_came_before_the_token_is_cancelled_too_if_asked_to()
    {
        using var source = new CancellationTokenSource();
        var gate = new Gate();
        using var fixture = new JobFixture(Canary, new FakeTime()).OnCancel();
        fixture.Handler.Then(
            Replies.Body("application/json", 200, 500, ["x-fal-request-id: " + JobFixture.RequestId], Replies.Send("{"), gate.Step, Replies.Stall()));
        var run = fixture.Endpoint.SubmitAsync(JobFixture.Request, new FalSubmitOptions { CancelJobOnCancellation = true }, source.Token);
        await gate.ReachedAsync();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal($"/acme/lumen/requests/{JobFixture.RequestId}/cancel", fixture.Handler.Requests[^1].Path);
    }

    [Fact]
    public async Task The_clients_deadline_holds_where_a_call_says_nothing_and_each_call_counts_for_itself()
    {
        using var fixture = new JobFixture(Canary, change: options => options.Deadline = TimeSpan.FromMinutes(5)).OnStatus(JobFixture.Running());
        var job = fixture.Resume();
        for (var i = 0; i < 2; i++)
        {
            var start = fixture.Time.GetUtcNow();
            Assert.Equal(TimeSpan.FromMinutes(5), (await Assert.ThrowsAsync<FalTimeoutException>(() => job.WaitAsync())).Deadline);
            // The clock goes on jumping over pauses until the loop ends, because no caller waits any more.
            Assert.InRange((fixture.Time.GetUtcNow() - start).TotalSeconds, 300, 1_000_000);
        }
        Assert.Equal(
            TimeSpan.FromMinutes(1),
            (await Assert.ThrowsAsync<FalTimeoutException>(() => job.WaitAsync(new FalWaitOptions { Deadline = TimeSpan.FromMinutes(1) }))).Deadline);
    }

    [Fact]
    public async Task The_options_of_the_submit_hold_for_the_handle()
    {
        using var fixture = new JobFixture(Canary).OnSubmit().OnStatus(JobFixture.Running()).OnCancel();
        var job = await fixture.SubmitAsync(new FalSubmitOptions { Deadline = Deadline, CancelJobOnDeadline = true });
        await Assert.ThrowsAsync<FalTimeoutException>(() => job.GetResultAsync());
        Assert.Equal(1, fixture.Handler.Count("PUT"));
        await Assert.ThrowsAsync<FalTimeoutException>(() => job.WaitAsync(new FalWaitOptions { CancelJobOnDeadline = false }));
        Assert.Equal(1, fixture.Handler.Count("PUT"));
        await Assert.ThrowsAsync<FalTimeoutException>(async () => { await foreach (var _ in job.WatchAsync()) { } });
        Assert.Equal(2, fixture.Handler.Count("PUT"));
        await EndAsync(fixture, fixture.Time);
    }

    [Fact]
    public async Task A_deadline_of_one_waiter_is_not_anothers()
    {
        var time = new FakeTime();
        var gate = new Gate();
        using var fixture = new JobFixture(Canary, time).OnStatus(gate.Answer).OnResult();
        var job = fixture.Resume();
        var patient = job.GetResultAsync();
        var hasty = job.GetResultAsync(new FalWaitOptions { Deadline = Deadline });
        await gate.ReachedAsync();
        time.Advance(Deadline);
        await Assert.ThrowsAsync<FalTimeoutException>(() => hasty);
        Assert.False(patient.IsCompleted);
        gate.Open(JobFixture.Done());
        Assert.Equal(7, (await patient).Seed);
    }

    private async Task<(JobFixture Fixture, Task Run, FakeTime Time)> HangAsync(
        string point, FalSubmitOptions options, Answer? cancel = null, CancellationToken token = default)
    {
        var time = new FakeTime();
        var gate = new Gate();
        var fixture = new JobFixture(Canary, time).OnSubmit();
        var stream = point.StartsWith("stream", StringComparison.Ordinal);
        Answer[] statuses = point switch
        {
            "status" => [Replies.Never()],
            "status headers only" => [Replies.Body("application/json", 200, null, [], gate.Step, Replies.Stall())],
            "status mid-body" => [Replies.Body("application/json", 200, null, [], Replies.Send("{\"status\":"), gate.Step, Replies.Stall())],
            "pause" => [JobFixture.Running()],
            _ => [JobFixture.Done()],
        };
        if (stream)
        {
            fixture.OnStream(point switch
            {
                "stream connect" => Replies.Never(),
                "stream silence" => Replies.Events(gate.Step, Replies.Stall()),
                _ => Replies.Events(Replies.Send("data: {\"sta"), gate.Step, Replies.Stall()),
            });
        }
        fixture.OnStatus(statuses).OnResult(point == "result mid-body"
            ? Replies.Body("application/json", 200, null, [], Replies.Send("{"), gate.Step, Replies.Stall())
            : Replies.Never()).OnCancel(cancel is null ? [] : [cancel]);
        var run = fixture.Endpoint.RunAsync(JobFixture.Request, options with { StatusStream = stream }, token);
        // The pause between a submit and the first look at the job.
        await time.DelaysSeenAsync(1);
        time.Advance(TimeSpan.FromSeconds(0.5));
        if (point == "pause") await time.DelaysSeenAsync(2);
        else if (point is "status" or "stream connect") await fixture.Handler.RequestsSeenAsync(2);
        else if (point == "result") await fixture.Handler.RequestsSeenAsync(3);
        else await gate.ReachedAsync();
        return (fixture, run, time);
    }

    private static async Task EndAsync(JobFixture fixture, FakeTime time)
    {
        // The shared loop ends a moment after its last waiter has left.
        await time.NoTimersAsync();
        await fixture.Handler.AllClosedAsync();
        fixture.Handler.AssertAllDisposed();
    }
}
