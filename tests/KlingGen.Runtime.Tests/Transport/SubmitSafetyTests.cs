using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

/// <summary>A submit is sent at most once unless it is certain that it never arrived.</summary>
public sealed class SubmitSafetyTests : CanaryTest
{
    [Fact]
    public async Task A_refused_connection_is_tried_again()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Refused()).Then(Replies.Refused()).Json("{}");
        using var response = await fal.SubmitAsync();
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(3, fal.Handler.Requests.Count);
        Assert.Equal(2, fal.Time.Delays.Count);
    }

    [Fact]
    public async Task A_connection_that_never_comes_up_ends_as_unavailable_with_no_job_started()
    {
        using var fal = new TestFal(Canary);
        for (var i = 0; i < 5; i++) fal.Handler.Then(Replies.Refused());
        var error = await Assert.ThrowsAsync<FalUnavailableException>(() => fal.SubmitAsync());
        Assert.Equal(5, fal.Handler.Requests.Count);
        Assert.Contains("No job was started", error.Message, StringComparison.Ordinal);
        Assert.Contains("5 attempts", error.Message, StringComparison.Ordinal);
        Assert.Equal("acme/lumen/v1/text-to-clip", error.EndpointId);
        Assert.True(error.IsTransient);
        Assert.IsType<HttpRequestException>(error.InnerException);
    }

    public static TheoryData<string, Answer> Breaks() => new()
    {
        { "reset", Replies.Reset() },
        { "cut inside the answer", Replies.Body("application/json", 200, 100, [], Replies.Send("{\"request"), Replies.Cut()) },
        { "answer shorter than announced", Replies.Body("application/json", 200, 100, [], Replies.Send("{}")) },
        { "502 signed by fal", Replies.NginxPage(502, "x-fal-request-id: r-1") },
        { "502 with an error type", Replies.Json("{}", 502, "X-Fal-Error-Type: runner_disconnected") },
        { "502 in JSON", Replies.Json("""{"detail":"nginx"}""", 502) },
        { "502 page of a proxy", Replies.Html("<h1>oops</h1>", 502) },
        { "500", Replies.NginxPage(500) },
        { "408", Replies.Empty(408) },
        { "520", Replies.Html("cloud", 520) },
        { "a handler's own failure", Replies.Fail(() => new InvalidOperationException("circuit")) },
        { "a stray cancellation", Replies.Fail(() => new TaskCanceledException("handler gave up")) },
    };

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task What_may_have_arrived_is_sent_once_and_said_to_be_unknown(string _, Answer answer)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(answer).Json("{}");
        var error = await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fal.SubmitAsync());
        Assert.Single(fal.Handler.Requests);
        Assert.Empty(fal.Time.Delays);
        Assert.Null(error.IsTransient);
        Assert.Equal("acme/lumen/v1/text-to-clip", error.EndpointId);
        Assert.Contains("not sent again", error.Message, StringComparison.Ordinal);
        Assert.Contains("acme/lumen/v1/text-to-clip", error.Message, StringComparison.Ordinal);
        fal.Handler.AssertAllDisposed();
        Assert.Equal(0, fal.Time.PendingTimers);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_still_tells_the_request_id()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Body("application/json", 200, 100, ["x-fal-request-id: job-77"], Replies.Send("{"), Replies.Cut()));
        var error = await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fal.SubmitAsync());
        Assert.Equal("job-77", error.RequestId);
        Assert.Equal(200, error.StatusCode);
        Assert.Contains("resume it by its request id", error.Message, StringComparison.Ordinal);
        Assert.Contains("request job-77", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_id_that_could_climb_is_not_taken_from_a_header()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.NginxPage(502, "x-fal-request-id: ../../evil"));
        Assert.Null((await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fal.SubmitAsync())).RequestId);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_page_from_in_front_of_fal_is_tried_again(int status)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.NginxPage(status)).Json("{}");
        using var response = await fal.SubmitAsync();
        Assert.Equal(2, fal.Handler.Requests.Count);
        response.Dispose();
        fal.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task Pages_from_in_front_of_fal_to_the_end_mean_unavailable()
    {
        using var fal = new TestFal(Canary, change: options => options.Retry = new FalRetryOptions { MaxRetries = 1 });
        fal.Handler.Then(Replies.NginxPage()).Then(Replies.NginxPage());
        var error = await Assert.ThrowsAsync<FalUnavailableException>(() => fal.SubmitAsync());
        Assert.Equal(502, error.StatusCode);
        Assert.Contains("No job was started", error.Message, StringComparison.Ordinal);
        fal.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task A_limit_is_waited_out_as_long_as_the_server_asks()
    {
        using var fal = new TestFal(Canary, new FakeTime());
        fal.Handler.Json("{}", 429, "Retry-After: 2").Json("{}");
        var submit = fal.SubmitAsync();
        await fal.Time.DelaysPendingAsync();
        fal.Time.Advance(TimeSpan.FromSeconds(1.999));
        Assert.Single(fal.Handler.Requests);
        fal.Time.Advance(TimeSpan.FromSeconds(0.001));
        (await submit).Dispose();
        Assert.Equal(2, fal.Handler.Requests.Count);
    }

    [Fact]
    public async Task A_limit_that_lasts_is_the_answer()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.On("POST", "/acme", Replies.Json("{}", 429));
        using var response = await fal.SubmitAsync();
        Assert.Equal(429, (int)response.StatusCode);
        Assert.Equal(5, fal.Handler.Requests.Count);
        response.Dispose();
        fal.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task A_queue_that_is_longer_than_allowed_is_the_answer_at_once()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("{}", 429);
        using var response = await fal.SubmitAsync("/acme/lumen?fal_max_queue_length=3");
        Assert.Equal(429, (int)response.StatusCode);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(302)]
    public async Task A_refusal_is_the_answer(int status)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("{}", status);
        using var response = await fal.SubmitAsync();
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_broken_refusal_is_unknown_too()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Body("application/json", 422, 50, [], Replies.Cut()));
        Assert.Equal(422, (await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fal.SubmitAsync())).StatusCode);
    }

    [Fact]
    public async Task The_body_is_written_for_each_attempt()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("{}", 429).Json("{}", 429).Json("{}");
        (await fal.SubmitAsync()).Dispose();
        Assert.All(fal.Handler.Requests, request => Assert.Equal("""{"prompt":"x"}""", request.Text));
    }

    [Theory]
    [InlineData(FalCallKind.RunDirect)]
    [InlineData(FalCallKind.RunStream)]
    internal async Task A_direct_run_is_repeated_as_little_as_a_submit(FalCallKind kind)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Refused()).Json("{}", 429).Then(Replies.Reset());
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => Run(fal, kind));
        Assert.Equal(3, fal.Handler.Requests.Count);
    }

    [Fact]
    public async Task A_direct_runs_own_error_is_its_answer()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("""{"detail":"model failed"}""", 500, "x-fal-request-id: r-9")
            .Json("""{"detail":"late"}""", 504, "X-Fal-Error-Type: request_timeout")
            .Json("{}", 504);
        using var first = await Run(fal, FalCallKind.RunDirect);
        Assert.Equal(500, (int)first.StatusCode);
        using var second = await Run(fal, FalCallKind.RunDirect);
        Assert.Equal(504, (int)second.StatusCode);
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => Run(fal, FalCallKind.RunDirect));
    }

    [Fact]
    public async Task A_handlers_mistake_before_a_byte_left_surfaces_as_it_is()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Fails(() => new InvalidOperationException("wired wrongly"), afterBody: false);
        Assert.Equal("wired wrongly", (await Assert.ThrowsAsync<InvalidOperationException>(() => fal.SubmitAsync())).Message);
    }

    private static Task<HttpResponseMessage> Run(TestFal fal, FalCallKind kind)
        => fal.Transport.SendToFalAsync(FalHost.Run, "/acme/lumen", HttpMethod.Post, TestFal.Content("{}"), kind, null, default);
}
