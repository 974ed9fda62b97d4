using Fal.Tests.Harness;

namespace Fal.Tests.Jobs;

/// <summary>The event stream of a status, what it repeats after a cut, and polling where it does not work.</summary>
public sealed class StatusStreamTests : CanaryTest
{
    private static readonly FalWaitOptions ByStream = new() { StatusStream = true };

    [Fact]
    public async Task A_stream_tells_everything_over_one_connection()
    {
        using var fixture = new JobFixture(Canary).OnStream(Replies.Events(
            Replies.Send(Event("""{"status":"IN_QUEUE","queue_position":1}""") + ": ping\n\n"),
            Replies.Send(Event("""{"status":"IN_PROGRESS","logs":[{"message":"é🎬","timestamp":"1"}]}""")),
            Replies.Send("event: odd\ndata: not json\n\n"),
            Replies.Send(Event("""{"status":"IN_PROGRESS","logs":[{"message":"two","timestamp":"2"}]}""")),
            Replies.Send(Event("""{"status":"COMPLETED","logs":[],"metrics":{"inference_time":2.5}}""")))).OnResult();
        var job = fixture.Resume();
        var told = await ToldAsync(job);
        Assert.Equal(["IN_QUEUE (position 1)", "IN_PROGRESS\n  é🎬", "IN_PROGRESS\n  two", "COMPLETED"], told);
        Assert.Equal(TimeSpan.FromSeconds(2.5), job.InferenceTime);
        var request = fixture.Handler.Request;
        Assert.Equal($"/acme/lumen/requests/{JobFixture.RequestId}/status/stream?logs=1", request.Path);
        Assert.Equal("text/event-stream", request["Accept"]);
        Assert.Equal(7, (await job.GetResultAsync()).Seed);
        fixture.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task After_a_cut_the_stream_goes_on_and_no_line_is_told_twice()
    {
        const string line1 = """{"message":"one","timestamp":"1"}""", line2 = """{"message":"two","timestamp":"2"}""", line3
            = """{"message":"three","timestamp":"3"}""";
        using var fixture = new JobFixture(Canary).OnStream(
            Replies.Events(Replies.Send(Event($$"""{"status":"IN_PROGRESS","logs":[{{line1}}]}""")), Replies.Cut()),
            // This one begins with the whole log, that one goes on where the last one was cut, the third stops inside an event.
            Replies.Events(Replies.Send(Event($$"""{"status":"IN_PROGRESS","logs":[{{line1}},{{line2}}]}""")), Replies.Cut()),
            Replies.Events(Replies.Send(Event($$"""{"status":"IN_PROGRESS","logs":[{{line3}}]}""") + "data: {\"status\":\"COMPL")),
            Replies.Events(Replies.Send(Event($$"""{"status":"COMPLETED","logs":[{{line1}},{{line2}},{{line3}}]}"""))));
        Assert.Equal(["IN_PROGRESS\n  one", "IN_PROGRESS\n  two", "IN_PROGRESS\n  three", "COMPLETED"], await ToldAsync(fixture.Resume()));
        Assert.Equal(4, fixture.Handler.Requests.Count);
        fixture.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task Silence_counts_as_a_cut()
    {
        var time = new FakeTime { SkipDelays = true };
        var gate = new Gate();
        using var fixture = new JobFixture(Canary, time).OnStream(
            Replies.Events(Replies.Send(Event("""{"status":"IN_PROGRESS"}""")), gate.Step, Replies.Stall()),
            Replies.Events(Replies.Send(Event("""{"status":"COMPLETED"}"""))))
            .OnStatus(JobFixture.Running());
        var waiting = fixture.Resume().WaitAsync(ByStream);
        await gate.ReachedAsync();
        time.Advance(TimeSpan.FromSeconds(46));
        Assert.True((await waiting).IsFinal);
        Assert.Equal(2, fixture.Handler.Requests.Count(request => request.Path.Contains("/stream", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Comments_alone_do_not_keep_a_wait_whose_job_is_over()
    {
        var time = new FakeTime();
        Gate[] gates = [new(), new(), new()];
        var pings = gates.SelectMany(gate => new[] { gate.Step, Replies.Send(": ping\n\n") });
        using var fixture = new JobFixture(Canary, time)
            .OnStream(Replies.Events([Replies.Send(Event("""{"status":"IN_PROGRESS"}""")), .. pings, Replies.Stall()]))
            .OnStatus(JobFixture.Running(), JobFixture.Done()).OnResult();
        var waiting = fixture.Resume().GetResultAsync(ByStream);
        foreach (var gate in gates[..2])
        {
            await gate.ReachedAsync();
            time.Advance(TimeSpan.FromSeconds(10));
            gate.Open();
        }
        // In real time slow enough that no limit of the fake clock passes while an answer is under way.
        while (await Task.WhenAny(waiting, Task.Delay(5)) != waiting) time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(7, (await waiting).Seed);
        Assert.Equal(2, fixture.Polls);
        fixture.Handler.AssertAllDisposed();
        Assert.Equal(0, time.PendingTimers);
    }

    public static TheoryData<string, Answer[], int> Unusable() => new()
    {
        { "not found", [Replies.Json("{}", 404)], 1 },
        { "no stream", [Replies.Json("""{"status":"IN_PROGRESS"}""")], 1 },
        { "ends at once, twice", [Replies.Events()], 2 },
        { "breaks at once, twice", [Replies.Events(Replies.Cut())], 2 },
        { "an endless event", [Replies.Events([.. Enumerable.Repeat(Replies.Send("data: " + new string('x', 1024 * 1024) + "\n"), 20)])], 2 },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task Where_the_stream_does_not_work_polling_takes_over(string what, Answer[] stream, int streams)
    {
        Assert.NotNull(what);
        using var fixture = new JobFixture(Canary).OnStream(stream).OnStatus(JobFixture.Running("l1"), JobFixture.Done("l1")).OnResult();
        var result = await fixture.Resume().GetResultAsync(ByStream);
        Assert.Equal(7, result.Seed);
        Assert.Equal(streams, fixture.Handler.Requests.Count(request => request.Path.Contains("/stream", StringComparison.Ordinal)));
        Assert.Equal(2, fixture.Polls);
        fixture.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_by_stream_is_polled()
    {
        using var fixture = new JobFixture(Canary, change: options => options.Retry = FalRetryOptions.None)
            .OnStream(Replies.Refused()).OnStatus(JobFixture.Done());
        Assert.True((await fixture.Resume().WaitAsync(ByStream)).IsFinal);
        Assert.Equal(3, fixture.Handler.Requests.Count);
    }

    [Fact]
    public async Task Addresses_in_events_and_statuses_lead_nowhere()
    {
        const string evil
            = "\"status_url\":\"https://evil.example/status\",\"response_url\":\"https://evil.example/r\",\"cancel_url\":\"https://evil.example/c\"";
        using var fixture = new JobFixture(Canary).OnStream(
            Replies.Events(Replies.Send(Event($$"""{"status":"IN_PROGRESS",{{evil}}}""")), Replies.Cut()), Replies.Json("{}", 404))
            .OnStatus(
                Replies.Json($$"""{"status":"IN_PROGRESS",{{evil}}}"""),
                Replies.Json($$"""{"status":"COMPLETED",{{evil}}}""")).OnResult().OnCancel();
        var job = fixture.Resume();
        await job.GetResultAsync(ByStream);
        await job.CancelAsync();
        Assert.All(fixture.Handler.Requests, request => Assert.Equal("queue.fal.run", request.Host));
    }

    private static string Event(string json) => "data: " + json + "\n\n";

    private static async Task<List<string>> ToldAsync(FalJob<TextToClipResult> job)
    {
        var told = new List<string>();
        await foreach (var update in job.WatchAsync(ByStream)) told.Add(update.ToString());
        return told;
    }
}
