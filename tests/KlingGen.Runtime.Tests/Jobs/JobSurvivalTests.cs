using System.Globalization;
using Fal.Tests.Harness;

namespace Fal.Tests.Jobs;

/// <summary>Polling survives whatever passes, and ends at what does not.</summary>
public sealed class JobSurvivalTests : CanaryTest
{
    private static readonly (string Name, Func<Answer> Make)[] Faults =
    [
        ("reset", Replies.Reset),
        ("refused", Replies.Refused),
        ("timeout", () => Replies.Fail(() => new TaskCanceledException("timed out"))),
        ("408", () => Replies.Empty(408)),
        ("429", () => Replies.Json("{}", 429)),
        ("429 with a wish", () => Replies.Json("{}", 429, "Retry-After: 2")),
        ("500", () => Replies.Json("""{"detail":"x"}""", 500, "x-fal-request-id: r")),
        ("502", () => Replies.NginxPage(502)),
        ("503", () => Replies.Html("down", 503)),
        ("504", () => Replies.Empty(504)),
        ("truncated JSON", () => Replies.Json("""{"status":"COMPL""")),
        ("cut body", () => Replies.Body("application/json", 200, 100, [], Replies.Send("{\"sta"), Replies.Cut())),
        ("empty body", () => Replies.Json("")),
        ("HTML with 200", () => Replies.Html("<html>welcome</html>", 200)),
        ("unknown status", () => Replies.Json("""{"status":"WARMING_UP"}""", 202)),
        ("status of an odd shape", () => Replies.Json("""{"status":{"a":1}}""", 202)),
        ("running", () => JobFixture.Running("l")),
    ];

    [Fact]
    public async Task Any_script_of_passing_faults_ends_with_the_result_and_costs_one_call_each()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var script = ScriptOf(seed);
            if (await ProblemAsync(script) is not { } problem) continue;
            // Halve the script as long as it still fails, so that the message shows what matters.
            while (script.Length > 1)
            {
                var (front, back) = (script[..(script.Length / 2)], script[(script.Length / 2)..]);
                if (await ProblemAsync(front) is { } frontProblem) (script, problem) = (front, frontProblem);
                else if (await ProblemAsync(back) is { } backProblem) (script, problem) = (back, backProblem);
                else break;
            }
            Assert.Fail($"Seed {seed}, script [{string.Join(", ", script.Select(i => Faults[i].Name))}]: {problem}");
        }
    }

    [Fact]
    public async Task Faults_that_go_on_for_too_long_end_the_waiting_but_not_the_job()
    {
        using var fixture = new JobFixture(
            Canary,
            change: options => options.Polling = options.Polling with { GiveUpAfter = TimeSpan.FromMinutes(2) })
            .OnStatus([.. Enumerable.Repeat(Replies.Html("<html>", 200), 40), JobFixture.Done()]).OnResult();
        var job = fixture.Resume();
        var start = fixture.Time.GetUtcNow();
        var error = await Assert.ThrowsAsync<FalProtocolException>(() => job.GetResultAsync());
        Assert.Equal(JobFixture.RequestId, error.RequestId);
        Assert.InRange((fixture.Time.GetUtcNow() - start).TotalMinutes, 2, 2.6);
        while (job.LastStatus is null)
        {
            try
            {
                await job.WaitAsync();
            }
            catch (FalProtocolException)
            {
                // Comes back as long as the script has it.
            }
        }
        Assert.Equal(7, (await job.GetResultAsync()).Seed);
    }

    [Fact]
    public async Task A_host_that_is_gone_for_longer_than_allowed_ends_the_waiting_with_the_request_named()
    {
        using var fixture = new JobFixture(
            Canary,
            change: options => options.Polling = options.Polling with { GiveUpAfter = TimeSpan.FromMinutes(1) });
        fixture.OnStatus(Replies.Reset());
        var error = await Assert.ThrowsAsync<FalUnavailableException>(() => fixture.Resume().WaitAsync());
        Assert.Equal(JobFixture.RequestId, error.RequestId);
        Assert.Equal(JobFixture.Id, error.EndpointId);
    }

    [Fact]
    public async Task A_result_that_cannot_be_fetched_for_too_long_is_an_error_that_names_the_request()
    {
        using var fixture = new JobFixture(
            Canary,
            change: options => options.Polling = options.Polling with { GiveUpAfter = TimeSpan.FromMinutes(1) });
        fixture.OnStatus(JobFixture.Done()).OnResult([.. Enumerable.Repeat(Replies.Reset(), 60), Replies.Json(JobFixture.Result)]);
        var job = fixture.Resume();
        Assert.Equal(JobFixture.RequestId, (await Assert.ThrowsAsync<FalUnavailableException>(() => job.GetResultAsync())).RequestId);
    }

    [Fact]
    public async Task The_servers_wish_to_be_left_alone_is_heeded_up_to_the_cap()
    {
        using var fixture = new JobFixture(
            Canary,
            change: options => options.Retry = options.Retry with { MaxRetries = 0, MaxRetryAfter = TimeSpan.FromSeconds(30) })
            .OnStatus(
                Replies.Json("{}", 429, "Retry-After: 20"),
                Replies.Json("{}", 429, "Retry-After: 1e40"),
                Replies.Json("{}", 429, "Retry-After: 5000"),
                JobFixture.Done());
        await fixture.Resume().WaitAsync();
        var delays = fixture.Time.Delays.Select(delay => delay.TotalSeconds).ToArray();
        Assert.Equal(20, delays[0], 3);
        Assert.InRange(delays[1], 1, 3);
        Assert.Equal(30, delays[2], 3);
    }

    [Fact]
    public async Task After_a_fault_the_count_restarts()
    {
        using var fixture = new JobFixture(Canary, change: options => options.Retry = FalRetryOptions.None)
            .OnStatus(Replies.Empty(503), JobFixture.Running(), Replies.Empty(503), Replies.Empty(503), JobFixture.Done());
        await fixture.Resume().WaitAsync();
        var delays = fixture.Time.Delays.Select(delay => delay.TotalSeconds).ToArray();
        Assert.InRange(delays[0], 0.9, 1.1);
        Assert.InRange(delays[2], 0.9, 1.1);
        Assert.InRange(delays[3], 1.8, 2.2);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task What_does_not_pass_ends_the_waiting_at_once(int status)
    {
        using var fixture = new JobFixture(Canary).OnStatus(Replies.Empty(status, "Location: https://evil.example/"));
        var error = await Assert.ThrowsAnyAsync<FalException>(() => fixture.Resume().WaitAsync());
        Assert.Equal(status, error.StatusCode);
        Assert.Equal(JobFixture.RequestId, error.RequestId);
        Assert.Single(fixture.Handler.Requests);
    }

    [Fact]
    public async Task Statuses_that_come_late_do_not_bring_a_finished_job_back()
    {
        var gate = new Gate();
        using var fixture = new JobFixture(Canary).OnStatus(gate.Answer, JobFixture.Done());
        var job = fixture.Resume();
        var late = job.GetStatusAsync();
        await gate.ReachedAsync();
        Assert.True((await job.WaitAsync()).IsFinal);
        gate.Open(JobFixture.Running());
        Assert.True((await late).IsFinal);
        Assert.True(job.LastStatus!.IsFinal);
    }

    [Fact]
    public async Task Over_real_sockets_a_job_survives_broken_connections()
    {
        await using var server = new ScriptedServer(
            ServerSteps.Json("""{"request_id":"r-1","status":"IN_QUEUE"}"""), ServerSteps.ResetAfterReadingAll(), ServerSteps.CloseAfterReadingAll(),
            ServerSteps.Truncated("""{"status":"COMPLETED"}"""), ServerSteps.Reply(503, "text/html", "nginx"), ServerSteps.ByteByByte(
                """{"status":"IN_PROGRESS"}"""),
            ServerSteps.Json("""{"status":"COMPLETED"}"""), ServerSteps.Truncated(JobFixture.Result), ServerSteps.Json(JobFixture.Result));
        using var fal = new FalClient(
            new FalClientOptions
            {
                Key = CanaryGuard.Key,
                QueueAddress = server.Address,
                AllowHttpOnLoopback = true,
                TimeProvider = new FakeTime { SkipDelays = true }
            }, _ => null);
        var result = await new FalEndpoint<TextToClipRequest, TextToClipResult>(fal, JobFixture.Id).RunAsync(JobFixture.Request);
        Assert.Equal(7, result.Seed);
        Assert.Equal(1, server.Requests.Count(request => request.Method == "POST"));
        Assert.Equal(9, server.Requests.Count);
    }

    [Theory]
    [InlineData(82)]
    [InlineData(150)]
    [InlineData(234)]
    public async Task The_loop_keeps_to_the_schedule_over_a_whole_job(double seconds)
    {
        using var fixture = new JobFixture(Canary).OnSubmit().OnResult();
        DateTimeOffset? end = null;
        Answer status = (request, token) =>
        {
            end ??= fixture.Time.GetUtcNow() + TimeSpan.FromSeconds(seconds);
            return (fixture.Time.GetUtcNow() >= end ? JobFixture.Done() : JobFixture.Running())(request, token);
        };
        fixture.OnStatus(status);
        await fixture.Endpoint.RunAsync(JobFixture.Request);
        Assert.InRange(fixture.Polls, 30, 63);
        Assert.InRange((fixture.Time.GetUtcNow() - end!.Value).TotalSeconds, 0, 0.55 * Math.Sqrt(seconds + 10) + 0.1);
    }

    [Fact]
    public async Task A_thousand_failing_polls_leave_no_connection_and_no_timer_behind()
    {
        ServerStep[] faults = [ServerSteps.ResetAfterReadingAll(), ServerSteps.CloseAfterReadingAll(), ServerSteps.Truncated(
            """{"status":"COMPLETED"}"""), ServerSteps.Reply(503, "text/html", "nginx")];
        await using var server = new ScriptedServer(
            [.. Enumerable.Range(0, 1000).Select(i => faults[i % faults.Length]), ServerSteps.Json("""{"status":"COMPLETED"}""")]);
        var time = new FakeTime { SkipDelays = true };
        using var fal = new FalClient(
            new FalClientOptions
            {
                Key = CanaryGuard.Key,
                QueueAddress = server.Address,
                AllowHttpOnLoopback = true,
                TimeProvider = time,
                Polling = new FalPolling { GiveUpAfter = TimeSpan.FromDays(9) },
            }, _ => null);
        Assert.True((await fal.Endpoint(JobFixture.Id).Resume("r-1").WaitAsync()).IsFinal);
        Assert.Equal(1001, server.Requests.Count);
        Assert.InRange(server.OpenConnections, 0, 4);
        Assert.Equal(0, time.PendingTimers);
    }

    private static int[] ScriptOf(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(Faults.Length))];
    }

    private async Task<string?> ProblemAsync(int[] script)
    {
        using var fixture = new JobFixture(Canary).OnSubmit().OnStatus([.. script.Select(i => Faults[i].Make()), JobFixture.Done()]).OnResult();
        try
        {
            var result = await fixture.Endpoint.RunAsync(JobFixture.Request).WaitAsync(TimeSpan.FromSeconds(30));
            if (result.Seed != 7) return "another result";
            if (fixture.Handler.Count("POST") != 1) return $"{fixture.Handler.Count("POST")} submits";
            if (fixture.Polls != script.Length + 1) return $"{fixture.Polls} polls";
            fixture.Handler.AssertAllDisposed();
            return fixture.Time.PendingTimers == 0 ? null : "a timer is left";
        }
        catch (Exception ex) when (ex is not Xunit.Sdk.XunitException)
        {
            return ex.GetType().Name + ": " + ex.Message;
        }
    }
}
