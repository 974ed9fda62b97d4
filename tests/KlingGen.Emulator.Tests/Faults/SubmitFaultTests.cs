using Fal.Tests.Harness;

namespace Fal.Emulation.Tests.Faults;

/// <summary>What our client does when a submit goes wrong: it is sent again only when fal certainly never saw it.</summary>
public sealed class SubmitFaultTests
{
    [Fact]
    public void A_fault_that_cannot_strike_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FalFault.Answer(0, ""));
        Assert.Throws<ArgumentOutOfRangeException>(() => FalFault.Error(100));
        Assert.Throws<ArgumentOutOfRangeException>(() => FalFault.Redirect(new Uri("https://example.com"), 99_999));
        Assert.Throws<ArgumentOutOfRangeException>(() => FalFault.CutEvents(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => FalFault.Delay(TimeSpan.FromSeconds(-5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => FalFault.Delay(TimeSpan.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => FalFault.SlowBytes(TimeSpan.FromSeconds(-5)));
        Assert.Equal("delay", FalFault.Delay(Timeout.InfiniteTimeSpan).Name);
    }

    private static async Task<EmulatorFixture> StartAsync(Action<FalClientOptions>? client = null)
    {
        var fixture = await EmulatorFixture.StartAsync(client: client);
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant);
        return fixture;
    }

    [Fact]
    public async Task Refused_connections_are_tried_again_and_the_job_is_submitted_once()
    {
        var time = new FakeTime();
        await using var fixture = await StartAsync(client => client.TimeProvider = time);
        var refusing = await fixture.Fal.Faults.RefuseConnectionsAsync();
        var submitting = fixture.SubmitJobAsync();
        await time.DelaysPendingAsync();
        await refusing.DisposeAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((await submitting).RequestId, fixture.Fal.Received.One(FalOperation.Submit).RequestId);
    }

    [Fact]
    public async Task A_host_that_refuses_for_good_is_unavailable()
    {
        await using var fixture = await StartAsync();
        await using (await fixture.Fal.Faults.RefuseConnectionsAsync())
        {
            await Assert.ThrowsAsync<FalUnavailableException>(fixture.SubmitJobAsync);
        }
        Assert.Empty(fixture.Fal.Received.All);
        await fixture.SubmitJobAsync();
        Assert.Equal(1, fixture.Fal.Received.CountOf(FalOperation.Submit));
    }

    [Theory]
    [InlineData("reset, done")]
    [InlineData("reset, not done")]
    [InlineData("reset while reading")]
    [InlineData("reset after the headers")]
    [InlineData("cut within the body")]
    public async Task After_a_lost_answer_nothing_is_sent_again(string how)
    {
        await using var fixture = await StartAsync();
        var planned = fixture.Fal.Faults.Add(FalOperation.Submit, how switch
        {
            "reset, done" => FalFault.Reset(),
            "reset, not done" => FalFault.Reset(works: false),
            "reset while reading" => FalFault.ResetWhileReading(),
            "reset after the headers" => FalFault.ResetAfterHeaders(),
            _ => FalFault.CutBody(),
        });
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(fixture.SubmitJobAsync);
        Assert.Equal(1, planned.Struck);
        var received = fixture.Fal.Received.One(FalOperation.Submit);
        Assert.Same(planned.Fault, received.Fault);
        // What fal did is on record, whether or not the caller learned of it.
        Assert.Equal(how is "reset, not done" or "reset while reading", received.RequestId is null);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Submit_after_a_signed_server_error_is_unknown_and_not_repeated(int statusCode)
    {
        await using var fixture = await StartAsync();
        fixture.Fal.Faults.Add(FalOperation.Submit, FalFault.Error(statusCode));
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(fixture.SubmitJobAsync);
        Assert.Equal(statusCode, fixture.Fal.Received.One(FalOperation.Submit).StatusCode);
    }

    [Theory]
    [InlineData(409)]
    [InlineData(499)]
    public async Task A_refusal_is_final(int statusCode)
    {
        await using var fixture = await StartAsync();
        fixture.Fal.Faults.Add(FalOperation.Submit, FalFault.Error(statusCode));
        var refused = await Assert.ThrowsAsync<FalRequestRejectedException>(fixture.SubmitJobAsync);
        Assert.Equal(statusCode, refused.StatusCode);
        Assert.Equal(1, fixture.Fal.Received.CountOf(FalOperation.Submit));
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_page_of_the_proxy_before_fal_is_no_answer_and_the_submit_is_sent_again(int statusCode)
    {
        await using var fixture = await StartAsync();
        fixture.Fal.Faults.Add(FalOperation.Submit, FalFault.IngressPage(statusCode));
        var job = await fixture.SubmitJobAsync();
        Assert.Equal([null, job.RequestId], fixture.Fal.Received.ForOperation(FalOperation.Submit).Select(submit => submit.RequestId));
    }

    [Fact]
    public async Task A_limit_is_waited_for_as_long_as_it_says()
    {
        var time = new FakeTime { SkipDelays = true };
        await using var fixture = await StartAsync(client => client.TimeProvider = time);
        fixture.Fal.Faults.Add(FalOperation.Submit, FalFault.Error(429, retryAfter: TimeSpan.FromSeconds(7)));
        await fixture.SubmitJobAsync();
        Assert.Equal(2, fixture.Fal.Received.CountOf(FalOperation.Submit));
        Assert.InRange(time.Delays[0], TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_page_in_place_of_the_answer_leaves_it_open_what_happened()
    {
        await using var fixture = await StartAsync();
        fixture.Fal.Faults.Add(FalOperation.Submit, FalFault.Answer(200, "<html>welcome</html>", "text/html", works: true));
        fixture.Fal.Faults.Add(FalOperation.Submit, FalFault.Answer(200, "<html>welcome</html>", "text/html"));
        // Where fal's header came through, the job is known all the same.
        Assert.Equal((await fixture.SubmitJobAsync()).RequestId, fixture.Fal.Received.One(FalOperation.Submit).RequestId);
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(fixture.SubmitJobAsync);
        Assert.Equal(2, fixture.Fal.Received.CountOf(FalOperation.Submit));
    }

    [Theory]
    [InlineData("truncated JSON")]
    [InlineData("wrong JSON")]
    [InlineData("no request id")]
    public async Task An_answer_that_names_no_job_is_helped_by_its_header(string how)
    {
        await using var fixture = await StartAsync();
        fixture.Fal.Faults.Add(FalOperation.Submit, how switch
        {
            "truncated JSON" => FalFault.TruncatedJson(0.1),
            "wrong JSON" => FalFault.Body("[1,2]"),
            _ => FalFault.RemoveField("request_id"),
        });
        var job = await fixture.SubmitJobAsync();
        Assert.Equal(fixture.Fal.Received.One(FalOperation.Submit).RequestId, job.RequestId);
        await job.GetResultAsync();
    }

    [Theory]
    [InlineData("status_url", "/fal-ai/kling-video/requests/{0}/status")]
    [InlineData("response_url", "/fal-ai/kling-video/requests/{0}")]
    [InlineData("cancel_url", "/fal-ai/kling-video/requests/{0}/cancel")]
    public async Task An_address_on_a_foreign_host_is_never_called(string field, string path)
    {
        await using var evil = await FalEmulator.StartAsync();
        await using var fixture = await StartAsync();
        fixture.Fal.Faults.Add(FalOperation.Submit, FalFault.SetField(field, $"\"{new Uri(evil.QueueAddress, path)}\""));
        var job = await fixture.SubmitJobAsync();
        await job.CancelAsync();
        await job.GetResultAsync();
        Assert.Empty(evil.Received.All);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_never_followed(int statusCode)
    {
        await using var evil = await FalEmulator.StartAsync();
        await using var fixture = await StartAsync();
        fixture.Fal.Faults.Add(FalOperation.Submit, FalFault.Redirect(evil.QueueAddress, statusCode));
        await Assert.ThrowsAsync<FalProtocolException>(fixture.SubmitJobAsync);
        Assert.Equal(1, fixture.Fal.Received.CountOf(FalOperation.Submit));
        Assert.Empty(evil.Received.All);
    }
}
