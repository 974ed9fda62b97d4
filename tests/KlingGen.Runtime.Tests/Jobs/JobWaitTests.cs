using Fal.Tests.Harness;
using Fal.Tests.Wire;

namespace Fal.Tests.Jobs;

/// <summary>From a job to its result, alone or together with others.</summary>
public sealed class JobWaitTests : CanaryTest
{
    [Fact]
    public async Task A_run_submits_once_polls_until_the_end_and_reads_the_result()
    {
        using var fixture = new JobFixture(Canary).OnSubmit().OnStatus(JobFixture.Queued(1), JobFixture.Running(), JobFixture.Done()).OnResult();
        var result = await fixture.Endpoint.RunAsync(JobFixture.Request);
        Assert.Equal("https://v3.fal.media/files/clip.mp4", result.Clip.Url);
        Assert.Equal(7, result.Seed);
        Assert.Equal(
            [$"POST /{JobFixture.Id}", .. Enumerable.Repeat(
                $"GET /acme/lumen/requests/{JobFixture.RequestId}/status",
                3), $"GET /acme/lumen/requests/{JobFixture.RequestId}"],
            fixture.Handler.Requests.Select(request => $"{request.Method} {request.Path}"));
        Assert.Equal(3, fixture.Time.Delays.Count);
        fixture.Handler.AssertAllDisposed();
        Assert.Equal(0, fixture.Time.PendingTimers);
    }

    [Fact]
    public async Task What_a_job_cost_and_how_long_it_worked_can_be_read_from_the_handle()
    {
        using var fixture = new JobFixture(Canary).OnStatus(JobFixture.Done()).OnResult();
        var job = fixture.Resume();
        Assert.Null(job.LastStatus);
        Assert.Null(job.SubmittedAt);
        await job.GetResultAsync();
        Assert.Equal(14.399999999999999m, job.BillableUnits);
        Assert.Equal(TimeSpan.FromSeconds(93.5), job.InferenceTime);
        Assert.True(job.LastStatus!.IsFinal);
        Assert.Contains("COMPLETED", job.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12.0", "12.0")]
    [InlineData("9.6", "9.6")]
    [InlineData("0", "0")]
    [InlineData("1e-3", "0.001")]
    [InlineData("-1", null)]
    [InlineData("NaN", null)]
    [InlineData("1,5", null)]
    [InlineData("many", null)]
    [InlineData("99999999999999999999999999999999999999", null)]
    public async Task Billable_units_are_read_exactly_or_not_at_all(string header, string? expected)
    {
        using var fixture = new JobFixture(Canary).OnStatus(JobFixture.Done())
            .OnResult(Replies.Json(JobFixture.Result, 200, "X-Fal-Billable-Units: " + header));
        var job = fixture.Resume();
        await job.GetResultAsync();
        Assert.Equal(expected is null ? null : decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), job.BillableUnits);
    }

    [Fact]
    public async Task A_hundred_waiters_share_one_loop_and_get_the_same_object_and_nothing_is_asked_afterwards()
    {
        var gate = new Gate();
        using var fixture = new JobFixture(Canary).OnStatus(JobFixture.Running(), gate.Answer).OnResult();
        var job = fixture.Resume();
        var waiters = Enumerable.Range(0, 100).Select(i => i % 3 == 0 ? WaitAndGetAsync(job) : job.GetResultAsync()).ToArray();
        await gate.ReachedAsync();
        gate.Open(JobFixture.Done());
        var results = await Task.WhenAll(waiters);
        Assert.All(results, result => Assert.Same(results[0], result));
        Assert.Equal(2, fixture.Polls);
        Assert.Equal(1, fixture.Results);

        var sent = fixture.Handler.Requests.Count;
        Assert.Same(results[0], await job.GetResultAsync());
        Assert.True((await job.WaitAsync()).IsFinal);
        Assert.True((await job.GetStatusAsync()).IsFinal);
        Assert.Equal(JobFixture.Result, (await job.GetRawResultAsync()).ToString());
        await foreach (var update in job.WatchAsync()) Assert.True(update.Status.IsFinal);
        Assert.Equal(sent, fixture.Handler.Requests.Count);

        static async Task<TextToClipResult> WaitAndGetAsync(FalJob<TextToClipResult> job)
        {
            await job.WaitAsync();
            return await job.GetResultAsync();
        }
    }

    [Fact]
    public async Task Cancelled_waiter_leaves_others_and_the_last_stops_polling()
    {
        var (first, second) = (new Gate(), new Gate());
        using var fixture = new JobFixture(Canary).OnStatus(first.Answer, second.Answer, JobFixture.Done()).OnResult();
        var job = fixture.Resume();
        using var leaving = new CancellationTokenSource();
        using var last = new CancellationTokenSource();
        var one = job.WaitAsync(leaving.Token);
        var two = job.GetResultAsync(last.Token);
        await first.ReachedAsync();
        await leaving.CancelAsync();
        var left = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.Equal(leaving.Token, left.CancellationToken);
        first.Open(JobFixture.Running());
        await second.ReachedAsync();
        Assert.False(two.IsCompleted);
        await last.CancelAsync();
        left = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        Assert.Equal(last.Token, left.CancellationToken);
        Assert.Equal(0, fixture.Handler.Count("PUT"));

        // The job can still be waited for.
        Assert.Equal(7, (await job.GetResultAsync()).Seed);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_sends_nothing()
    {
        using var fixture = new JobFixture(Canary);
        var job = fixture.Resume();
        var cancelled = new CancellationToken(true);
        foreach (var call in new Func<Task>[] {
            () => job.WaitAsync(cancelled),
            () => job.GetResultAsync(cancelled),
            () => job.GetRawResultAsync(cancelled),
            () => job.GetStatusAsync(cancellationToken: cancelled),
            () => job.CancelAsync(cancelled),
            () => fixture.Endpoint.RunAsync(JobFixture.Request, cancellationToken: cancelled) })
            Assert.Equal(cancelled, (await Assert.ThrowsAnyAsync<OperationCanceledException>(call)).CancellationToken);
        Assert.Empty(fixture.Handler.Requests);
    }

    public static TheoryData<string, Type, string> Failures() => new()
    {
        { "500", typeof(FalJobFailedException), """{"detail":[{"loc":["body"],"msg":"boom","type":"internal_server_error"}]}""" },
        { "504", typeof(FalJobFailedException), """{"detail":"too slow","error_type":"request_timeout"}""" },
        { "503", typeof(FalJobFailedException), """{"detail":"gone","error_type":"runner_disconnected"}""" },
        { "418", typeof(FalJobFailedException), "{}" },
        { "400", typeof(FalJobFailedException), """{"detail":"no","error_type":"bad_request"}""" },
        { "499", typeof(FalJobCancelledException), "" },
        { "422", typeof(FalRequestRejectedException), """{"detail":[{"loc":["body","prompt"],"msg":"no","type":"content_policy_violation"}]}""" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_job_that_failed_says_so_in_the_same_way_to_everybody_for_ever(string status, Type expected, string body)
    {
        using var fixture = new JobFixture(Canary).OnStatus(JobFixture.Running("l1"), JobFixture.Done("l1", "l2"))
            .OnResult(
                Replies.Json(body, int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), "x-fal-request-id: "
                    + JobFixture.RequestId));
        var job = fixture.Resume();
        await foreach (var _ in job.WatchAsync()) { }
        var waiters = Enumerable.Range(0, 5).Select(_ => Assert.ThrowsAnyAsync<FalException>(() => job.GetResultAsync())).ToArray();
        foreach (var error in await Task.WhenAll(waiters))
        {
            Assert.IsType(expected, error);
            Assert.Equal(JobFixture.Id, error.EndpointId);
            Assert.Equal(JobFixture.RequestId, error.RequestId);
            Assert.Equal(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), error.StatusCode);
            if (error is FalJobFailedException failed) Assert.Equal(["l1", "l2"], failed.Logs.Select(line => line.Message));
        }
        Assert.IsType(expected, await Assert.ThrowsAnyAsync<FalException>(() => job.GetRawResultAsync()));
        Assert.True((await job.WaitAsync()).IsFinal);
        // A 5xx that the status did not announce is asked for again before it counts.
        Assert.Equal(status[0] == '5' ? 4 : 1, fixture.Results);
    }

    [Fact]
    public async Task A_failure_told_by_the_status_makes_an_unsigned_5xx_final()
    {
        using var fixture = new JobFixture(Canary)
            .OnStatus(Replies.Json("""{"status":"COMPLETED","error":"Startup took too long","error_type":"startup_timeout"}"""))
            .OnResult(Replies.Html("oops", 500));
        var job = fixture.Resume();
        var status = await job.WaitAsync();
        Assert.True(status.IsFailed);
        Assert.Equal("startup_timeout", status.ErrorType);
        Assert.Equal("Startup took too long", status.Error);
        Assert.Equal("COMPLETED (startup_timeout)", status.ToString());
        await Assert.ThrowsAsync<FalJobFailedException>(() => job.GetResultAsync());
    }

    [Fact]
    public async Task A_result_call_that_is_disturbed_is_repeated_until_the_result_is_there()
    {
        using var fixture = new JobFixture(Canary).OnStatus(JobFixture.Done()).OnResult(
            Replies.Empty(202), Replies.Json("""{"detail":"Request is still in progress"}""", 400), Replies.NginxPage(502), Replies.Reset(),
            Replies.Json("{}", 429, "Retry-After: 3"), Replies.Empty(408), Replies.Html("<h1>x</h1>", 503), Replies.Empty(500), Replies.Json(
                JobFixture.Result));
        Assert.Equal(7, (await fixture.Resume().GetResultAsync()).Seed);
        Assert.Equal(9, fixture.Results);
        fixture.Handler.AssertAllDisposed();
    }

    [Theory]
    [InlineData(401, typeof(FalAuthenticationException))]
    [InlineData(404, typeof(FalRequestRejectedException))]
    [InlineData(302, typeof(FalProtocolException))]
    public async Task What_can_be_put_right_is_an_error_of_the_call_and_not_the_end_of_the_job(int status, Type expected)
    {
        using var fixture = new JobFixture(Canary).OnStatus(JobFixture.Done()).OnResult(Replies.Json("{}", status), Replies.Json(JobFixture.Result));
        var job = fixture.Resume();
        var error = await Assert.ThrowsAnyAsync<FalException>(() => job.GetResultAsync());
        Assert.IsType(expected, error);
        Assert.Equal(JobFixture.RequestId, error.RequestId);
        Assert.Equal(7, (await job.GetResultAsync()).Seed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"clip\":{\"url\":3}}")]
    [InlineData("{\"clip\":{\"url\":\"x\"}")]
    public async Task A_result_of_another_shape_is_a_protocol_error_and_the_paid_answer_stays_in_reach(string body)
    {
        using var fixture = new JobFixture(Canary).OnStatus(JobFixture.Done()).OnResult(Replies.Json(body));
        var job = fixture.Resume();
        var error = await Assert.ThrowsAsync<FalProtocolException>(() => job.GetResultAsync());
        Assert.Equal(JobFixture.Id, error.EndpointId);
        Assert.Equal(JobFixture.RequestId, error.RequestId);
        Assert.Equal(body, error.RawJson.ToString());
        Assert.Equal(body, (await job.GetRawResultAsync()).ToString());
        Assert.Equal(1, fixture.Results);
    }

    [Fact]
    public async Task One_status_is_one_call_with_logs_only_when_asked()
    {
        using var fixture = new JobFixture(Canary).OnStatus(
            JobFixture.Queued(4),
            JobFixture.Running("l1"),
            JobFixture.Done(),
            JobFixture.Done("l1", "l2"));
        var job = fixture.Resume();
        Assert.Equal(4, (await job.GetStatusAsync()).QueuePosition);
        Assert.Equal("l1", Assert.Single((await job.GetStatusAsync(logs: true)).Logs).Message);
        Assert.Equal(FalJobState.Completed, (await job.GetStatusAsync()).State);
        Assert.Equal(["", "?logs=1", ""], fixture.Handler.Requests.Select(request => request.Url.Query));
        Assert.Empty(fixture.Time.Delays);
    }

    [Fact]
    public async Task A_finished_job_is_asked_once_more_for_its_log()
    {
        using var fixture = new JobFixture(Canary).OnStatus(JobFixture.Done(), JobFixture.Done("l1", "l2"));
        var job = fixture.Resume();
        await job.WaitAsync();
        Assert.Equal(2, (await job.GetStatusAsync(logs: true)).Logs.Count);
        Assert.Equal(2, (await job.GetStatusAsync(logs: true)).Logs.Count);
        Assert.Equal(2, fixture.Polls);
    }

    [Fact]
    public async Task A_status_that_is_none_is_a_protocol_error_and_a_refusal_is_typed()
    {
        using var fixture = new JobFixture(Canary).OnStatus(
            Replies.Html("<html>", 200),
            Replies.Json("""{"status":"NOT_FOUND"}""", 404),
            Replies.Json("{}", 401));
        var job = fixture.Resume();
        var surprise = await Assert.ThrowsAsync<FalProtocolException>(() => job.GetStatusAsync());
        Assert.Equal("<html>", surprise.RawJson.ToString());
        Assert.Equal(JobFixture.RequestId, surprise.RequestId);
        Assert.Equal(404, (await Assert.ThrowsAsync<FalRequestRejectedException>(() => job.GetStatusAsync())).StatusCode);
        await Assert.ThrowsAsync<FalAuthenticationException>(() => job.WaitAsync());
        fixture.Handler.AssertAllDisposed();
    }

    [Theory]
    [InlineData(200, "{\"status\":\"OK\"}", FalCancelOutcome.Cancelled)]
    [InlineData(200, "{\"success\":true}", FalCancelOutcome.Cancelled)]
    [InlineData(202, "{\"status\":\"CANCELLATION_REQUESTED\"}", FalCancelOutcome.Requested)]
    [InlineData(204, "", FalCancelOutcome.Requested)]
    [InlineData(400, "{\"status\":\"ALREADY_COMPLETED\"}", FalCancelOutcome.AlreadyCompleted)]
    [InlineData(404, "<html>", FalCancelOutcome.NotFound)]
    public async Task Cancelling_is_an_outcome(int status, string body, FalCancelOutcome expected)
    {
        using var fixture = new JobFixture(Canary).OnCancel(Replies.Json(body, status));
        Assert.Equal(expected, await fixture.Resume().CancelAsync());
        Assert.Equal($"PUT https://queue.fal.run/acme/lumen/requests/{JobFixture.RequestId}/cancel", fixture.Handler.Request.ToString());
        Assert.Empty(fixture.Handler.Request.Body);
        fixture.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task Cancelling_without_a_valid_key_is_an_error()
    {
        using var fixture = new JobFixture(Canary).OnCancel(Replies.Json("{}", 403));
        Assert.Equal(JobFixture.RequestId, (await Assert.ThrowsAsync<FalAuthenticationException>(() => fixture.Resume().CancelAsync())).RequestId);
    }

    [Fact]
    public async Task A_fresh_job_is_not_polled_at_once_and_a_resumed_one_is()
    {
        var time = new FakeTime();
        using var fixture = new JobFixture(Canary, time).OnSubmit().OnStatus(JobFixture.Done());
        var job = await fixture.SubmitAsync();
        var waiting = job.WaitAsync();
        await time.DelaysPendingAsync();
        Assert.Equal(0, fixture.Polls);
        Assert.InRange(time.Delays[0].TotalSeconds, 0.36, 0.44);
        time.Advance(TimeSpan.FromSeconds(1));
        await waiting;
        await fixture.Resume().WaitAsync();
        Assert.Single(time.Delays);
    }

    [Fact]
    public async Task The_pauses_of_a_resumed_job_go_by_its_age()
    {
        using var fixture = new JobFixture(Canary).OnStatus(JobFixture.Running(), JobFixture.Done());
        var token = new FalJobToken(
            JobFixture.Id,
            JobFixture.RequestId,
            new Uri("https://queue.fal.run"),
            fixture.Time.GetUtcNow() - TimeSpan.FromSeconds(100),
            null,
            null,
            null);
        await fixture.Endpoint.Resume(token).WaitAsync();
        Assert.InRange(Assert.Single(fixture.Time.Delays).TotalSeconds, 4.5, 5.5);
    }

    [Fact]
    public async Task A_polling_of_ones_own_is_kept_to()
    {
        using var fixture = new JobFixture(Canary, change: options => options.Polling = FalPolling.Every(TimeSpan.FromSeconds(7)))
            .OnStatus(JobFixture.Running(), JobFixture.Running(), JobFixture.Done());
        await fixture.Resume().WaitAsync();
        await fixture.Resume().WaitAsync(new FalWaitOptions { Polling = FalPolling.Every(TimeSpan.FromSeconds(2)) });
        Assert.Equal([7.0, 7.0], fixture.Time.Delays.Select(delay => delay.TotalSeconds));
        Assert.Throws<ArgumentNullException>(() => { _ = fixture.Resume().WaitAsync(null!).GetAwaiter().GetResult(); });
    }
}
