using Fal.Tests.Harness;

namespace Fal.Emulation.Tests.Faults;

/// <summary>What our client does when something goes wrong after the submit: a job that was paid for is not lost.</summary>
public sealed class JobFaultTests
{
    private static readonly Dictionary<string, Func<FalFault>> Disturbances = new()
    {
        ["reset"] = () => FalFault.Reset(),
        ["reset after the headers"] = FalFault.ResetAfterHeaders,
        ["cut within the body"] = () => FalFault.CutBody(),
        ["408"] = () => FalFault.Error(408),
        ["429"] = () => FalFault.Error(429, retryAfter: TimeSpan.FromSeconds(1)),
        ["500"] = () => FalFault.Error(500),
        ["502"] = () => FalFault.Error(502),
        ["503"] = () => FalFault.Error(503),
        ["504"] = () => FalFault.Error(504),
        ["page of the proxy"] = () => FalFault.IngressPage(503),
        ["HTML"] = () => FalFault.Body("<html></html>", "text/html"),
        ["truncated JSON"] = () => FalFault.TruncatedJson(),
        ["wrong JSON"] = () => FalFault.Body("[]"),
        ["no status"] = () => FalFault.RemoveField("status"),
        ["unknown status"] = () => FalFault.SetField("status", "\"DREAMING\""),
        ["status twice"] = () => FalFault.DuplicateField("status", "\"IN_PROGRESS\""),
    };

    public static TheoryData<string> Kinds => [.. Disturbances.Keys];

    private static async Task<EmulatorFixture> StartAsync(Action<FalClientOptions>? client = null)
    {
        var fixture = await EmulatorFixture.StartAsync(client: client);
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant);
        return fixture;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_disturbed_status_is_asked_again(string kind)
    {
        await using var fixture = await StartAsync();
        var planned = fixture.Fal.Faults.Add(FalOperation.Status, Disturbances[kind]());
        var job = await fixture.SubmitJobAsync();
        Assert.True((await job.GetResultAsync()).Json.TryGetProperty("video", out _));
        Assert.Equal(1, planned.Struck);
        Assert.Equal(1, fixture.Fal.Received.CountOf(FalOperation.Submit));
        Assert.Equal(2, fixture.Fal.Received.CountOf(FalOperation.Status));
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("reset after the headers")]
    [InlineData("cut within the body")]
    [InlineData("page of the proxy")]
    [InlineData("429")]
    public async Task A_disturbed_result_is_asked_again(string kind)
    {
        await using var fixture = await StartAsync();
        fixture.Fal.Faults.Add(FalOperation.Result, Disturbances[kind]());
        var job = await fixture.SubmitJobAsync();
        Assert.True((await job.GetResultAsync()).Json.TryGetProperty("video", out _));
        Assert.Equal(2, fixture.Fal.Received.CountOf(FalOperation.Result));
        Assert.Equal(1, fixture.Fal.Received.CountOf(FalOperation.Submit));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_signed_error_that_contradicts_the_status_is_asked_for_again(int times)
    {
        await using var fixture = await StartAsync();
        for (var i = 0; i < times; i++) fixture.Fal.Faults.Add(FalOperation.Result, FalFault.Error(504, errorType: "runner_server_error"));
        var job = await fixture.SubmitJobAsync();
        await job.GetResultAsync();
        Assert.Equal(times + 1, fixture.Fal.Received.CountOf(FalOperation.Result));
    }

    [Fact]
    public async Task A_signed_error_that_stays_is_the_end_of_the_job()
    {
        await using var fixture = await StartAsync();
        for (var i = 0; i < 4; i++) fixture.Fal.Faults.Add(FalOperation.Result, FalFault.Error(500, errorType: "runner_server_error"));
        var job = await fixture.SubmitJobAsync();
        var failed = await Assert.ThrowsAsync<FalJobFailedException>(() => job.GetResultAsync());
        Assert.Equal("runner_server_error", failed.ErrorType);
        Assert.Equal(4, fixture.Fal.Received.CountOf(FalOperation.Result));
    }

    [Fact]
    public async Task A_cancellation_whose_answer_was_lost_is_asked_for_again()
    {
        await using var fixture = await StartAsync();
        fixture.Fal.Script.For("**", new FalEmulatedRun { PositionTime = Timeout.InfiniteTimeSpan });
        fixture.Fal.Faults.Add(FalOperation.Cancel, FalFault.Reset());
        var job = await fixture.SubmitJobAsync();
        Assert.Equal(FalCancelOutcome.AlreadyCompleted, await job.CancelAsync());
        Assert.Equal(2, fixture.Fal.Received.CountOf(FalOperation.Cancel));
    }

    [Fact]
    public async Task A_stream_that_is_cut_is_opened_again()
    {
        await using var fixture = await StartAsync();
        fixture.Fal.Script.For("**", new FalEmulatedRun { QueuePositions = [0], PositionTime = TimeSpan.FromHours(1), Duration = TimeSpan.Zero });
        fixture.Fal.Faults.Add(FalOperation.StatusStream, FalFault.CutEvents(1), times: 3);
        var job = await fixture.SubmitJobAsync();
        var result = job.GetResultAsync(new FalWaitOptions { StatusStream = true });
        await fixture.ReceivedAsync(FalOperation.StatusStream, 4);
        fixture.Time.Advance(TimeSpan.FromHours(1));
        Assert.True((await result).Json.TryGetProperty("video", out _));
        Assert.Equal((1, 0), (fixture.Fal.Received.CountOf(FalOperation.Submit), fixture.Fal.Received.CountOf(FalOperation.Status)));
    }

    [Fact]
    public async Task A_stream_that_never_says_anything_gives_way_to_polling()
    {
        await using var fixture = await StartAsync();
        fixture.Fal.Faults.Add(FalOperation.StatusStream, FalFault.CutEvents(0), times: 100);
        var job = await fixture.SubmitJobAsync();
        Assert.True((await job.GetResultAsync(new FalWaitOptions { StatusStream = true })).Json.TryGetProperty("video", out _));
        Assert.Equal((1, 1), (fixture.Fal.Received.CountOf(FalOperation.Submit), fixture.Fal.Received.CountOf(FalOperation.Status)));
    }

    [Fact]
    public async Task Slow_bytes_make_a_result_late_not_wrong()
    {
        await using var fixture = await StartAsync();
        fixture.Fal.Faults.Add(FalOperation.Result, FalFault.SlowBytes(TimeSpan.FromSeconds(1), pieceSize: 20));
        var job = await fixture.SubmitJobAsync();
        var result = job.GetResultAsync();
        for (var pieces = 0; !result.IsCompleted; pieces++)
        {
            Assert.InRange(pieces, 0, 1000);
            await Task.WhenAny(result, fixture.Time.DelaysPendingAsync());
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.True((await result).Json.TryGetProperty("video", out _));
        Assert.Equal(1, fixture.Fal.Received.CountOf(FalOperation.Result));
    }

    [Fact]
    public async Task A_status_that_never_comes_is_given_up_and_asked_again()
    {
        var time = new FakeTime();
        await using var fixture = await StartAsync(client => client.TimeProvider = time);
        fixture.Fal.Faults.Add(FalOperation.Status, FalFault.Delay(Timeout.InfiniteTimeSpan));
        var job = await fixture.SubmitJobAsync();
        var status = job.GetStatusAsync();
        await fixture.ReceivedAsync(FalOperation.Status);
        time.Advance(TimeSpan.FromSeconds(100));
        await time.DelaysPendingAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(FalJobState.Completed, (await status).State);
        Assert.Equal([null, 200], fixture.Fal.Received.ForOperation(FalOperation.Status).Select(request => request.StatusCode));
    }

    [Fact]
    public async Task A_delay_passes_on_the_emulators_clock()
    {
        await using var fixture = await StartAsync();
        fixture.Fal.Faults.Add(FalOperation.Status, FalFault.Delay(TimeSpan.FromMinutes(5)));
        var job = await fixture.SubmitJobAsync();
        var status = job.GetStatusAsync();
        await fixture.Time.DelaysPendingAsync();
        Assert.False(status.IsCompleted);
        fixture.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(FalJobState.Completed, (await status).State);
    }

    [Fact]
    public async Task Faults_wait_for_their_turn_their_endpoint_and_their_kind_of_call()
    {
        await using var fixture = await StartAsync();
        var third = fixture.Fal.Faults.Add(FalOperation.Status, FalFault.Error(500), skip: 2);
        var other = fixture.Fal.Faults.Add(FalOperation.Any, FalFault.Error(500), endpoints: "fal-ai/other/**");
        var exact = fixture.Fal.Faults.Add(FalOperation.Result, FalFault.Error(503), times: 2, endpoints: EmulatorFixture.Endpoint);
        var id = await fixture.SubmitAsync();
        Assert.Equal("200 200 500 200", $"{await StatusAsync()} {await StatusAsync()} {await StatusAsync()} {await StatusAsync()}");
        Assert.Equal("503 503 200", $"{await ResultAsync()} {await ResultAsync()} {await ResultAsync()}");
        Assert.Equal((1, 0, 2), (third.Struck, other.Struck, exact.Struck));
        fixture.Fal.Faults.Add(FalOperation.Any, FalFault.Error(500));
        fixture.Fal.Faults.Clear();
        Assert.Equal(200, await StatusAsync());

        async Task<int> StatusAsync() => (await fixture.JobAsync(id, "/status")).StatusCode;
        async Task<int> ResultAsync() => (await fixture.JobAsync(id)).StatusCode;
    }
}
