using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

/// <summary>What only asks, stops or sends bytes again is repeated freely, within bounds.</summary>
public sealed class ReadRetryTests : CanaryTest
{
    private static readonly Func<Answer>[] Disturbances =
    [
        () => Replies.Reset(), () => Replies.Refused(), () => Replies.Empty(408), () => Replies.Json("{}", 429), () => Replies.Json(
            "{}",
            429,
            "Retry-After: 3"), () => Replies.Json("{}", 500),
        () => Replies.NginxPage(502), () => Replies.Json("{}", 503), () => Replies.Empty(504), () => Replies.Empty(425), () => Replies.Html("x", 522),
        () => Replies.Body("application/json", 200, 50, [], Replies.Send("{\"sta"), Replies.Cut()), () => Replies.Body(
            "application/json",
            200,
            50,
            [],
            Replies.Send("{")),
        () => Replies.Fail(() => new TaskCanceledException("a handler's own limit")), () => Replies.Fail(() => new IOException("torn")),
    ];

    [Fact]
    public async Task Any_script_of_disturbances_within_bounds_ends_with_the_answer()
    {
        var random = new Random(20300102);
        for (var round = 0; round < 300; round++)
        {
            var length = random.Next(0, 9);
            using var fal = new TestFal(Canary, change: options => options.Retry = new FalRetryOptions { MaxRetries = 8 });
            for (var i = 0; i < length; i++) fal.Handler.Then(Disturbances[random.Next(Disturbances.Length)]());
            fal.Handler.Json("""{"status":"COMPLETED"}""");
            using (var response = await fal.StatusAsync()) Assert.Equal("""{"status":"COMPLETED"}""", await response.Content.ReadAsStringAsync());
            Assert.Equal(length + 1, fal.Handler.Requests.Count);
            Assert.Equal(length, fal.Time.Delays.Count);
            Assert.Equal(0, fal.Handler.Count("POST"));
            Assert.Equal(0, fal.Time.PendingTimers);
            fal.Handler.AssertAllDisposed();
        }
    }

    [Fact]
    public async Task After_the_last_try_the_last_answer_is_the_answer()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.On("GET", "/status", Replies.Json("""{"detail":"down"}""", 503));
        using var response = await fal.StatusAsync();
        Assert.Equal(503, (int)response.StatusCode);
        Assert.Equal(5, fal.Handler.Requests.Count);
    }

    [Fact]
    public async Task After_the_last_try_a_failure_names_endpoint_and_request()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.On("GET", "/status", Replies.Reset());
        var error = await Assert.ThrowsAsync<FalUnavailableException>(() => fal.StatusAsync());
        Assert.Equal(("acme/lumen", "abc-1"), (error.EndpointId, error.RequestId));
        Assert.Contains("the connection broke", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("No job", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_no_retries_nothing_is_repeated()
    {
        using var fal = new TestFal(Canary, change: options => options.Retry = FalRetryOptions.None);
        fal.Handler.Then(Replies.Refused());
        Assert.Contains("1 attempt", (await Assert.ThrowsAsync<FalUnavailableException>(() => fal.StatusAsync())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FalCallKind.Cancel)]
    [InlineData(FalCallKind.UploadInitiate)]
    [InlineData(FalCallKind.UploadPart)]
    [InlineData(FalCallKind.Download)]
    [InlineData(FalCallKind.Events)]
    [InlineData(FalCallKind.Jwks)]
    internal async Task Every_harmless_call_is_repeated(FalCallKind kind)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Reset()).Json("{}", 500).Json("{}", 429).Json("{}");
        using var response = await fal.Transport.SendToFalAsync(FalHost.Rest, "/x", HttpMethod.Put, TestFal.Content("{}"), kind, null, default);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(4, fal.Handler.Requests.Count);
        Assert.Equal("rest.fal.ai", fal.Handler.Requests[0].Host);
    }

    [Fact]
    public async Task An_error_that_fal_signed_is_a_results_answer_and_any_other_is_a_disturbance()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("{}", 503).Json("""{"detail":"model failed"}""", 500, "x-fal-request-id: abc-1")
            .Json("{}", 504, "X-Fal-Error-Type: startup_timeout");
        using var first = await fal.ResultAsync();
        Assert.Equal(500, (int)first.StatusCode);
        using var second = await fal.ResultAsync();
        Assert.Equal(504, (int)second.StatusCode);
        Assert.Equal(3, fal.Handler.Requests.Count);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task An_ordinary_answer_is_returned_at_once(int status)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("{}", status);
        using var response = await fal.StatusAsync();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(fal.Time.Delays);
    }

    [Fact]
    public async Task A_pause_asked_for_is_kept_and_cut_to_the_cap()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("{}", 503, "Retry-After: 7").Json("{}", 503, "Retry-After: 86400").Json("{}", 503, "Retry-After: 1e40").Json("{}");
        (await fal.StatusAsync()).Dispose();
        Assert.Equal(TimeSpan.FromSeconds(7), fal.Time.Delays[0]);
        Assert.Equal(TimeSpan.FromMinutes(1), fal.Time.Delays[1]);
        Assert.InRange(fal.Time.Delays[2].TotalSeconds, 1.5, 2.5);
    }

    [Fact]
    public async Task A_set_up_mistake_is_not_waited_out()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Fails(() => new NotSupportedException("scheme"));
        await Assert.ThrowsAsync<NotSupportedException>(() => fal.StatusAsync());
        Assert.Single(fal.Handler.Requests);
    }

    [Fact]
    public async Task A_thousand_failing_polls_leave_nothing_open()
    {
        using var fal = new TestFal(Canary, change: options => options.Retry = FalRetryOptions.None);
        var random = new Random(3);
        for (var i = 0; i < 1000; i++) fal.Handler.Then(Disturbances[random.Next(Disturbances.Length)]());
        for (var i = 0; i < 1000; i++)
        {
            try
            {
                (await fal.StatusAsync()).Dispose();
            }
            catch (FalUnavailableException)
            {
            }
        }
        Assert.Equal(1000, fal.Handler.Requests.Count);
        fal.Handler.AssertAllDisposed();
        Assert.Equal(0, fal.Time.PendingTimers);
    }
}
