using System.Text.Json;

namespace Fal.Emulation.Tests;

/// <summary>What a submit may ask for besides its input.</summary>
public sealed class SubmitOptionsTests
{
    private static readonly JsonElement Input = JsonSerializer.Deserialize<JsonElement>(EmulatorFixture.Body);

    [Fact]
    public async Task Every_wish_is_recorded()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        await fixture.Video.SubmitAsync(Input, new FalSubmitOptions
        {
            Priority = FalPriority.Low,
            NoServerRetries = true,
            StoreIo = false,
            RunnerHint = "warm",
            Tags = new Dictionary<string, string> { ["team"] = "film" },
            Webhook = new Uri("https://example.com/hook?x=1"),
        });
        var submit = fixture.Fal.Received.One(FalOperation.Submit);
        Assert.Equal(
            ("low", "1", "0", "warm", "team=film"),
            (submit.Headers["x-fal-queue-priority"], submit.Headers["X-Fal-No-Retry"], submit.Headers["X-Fal-Store-IO"], submit.Headers[
                "X-Fal-Runner-Hint"], submit.Headers["X-Fal-Tags"]));
        Assert.Contains("fal_webhook=https%3A%2F%2Fexample.com%2Fhook%3Fx%3D1", submit.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_is_too_long_is_refused()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", new FalEmulatedRun { QueuePositions = [0], PositionTime = Timeout.InfiniteTimeSpan });
        var atMostOne = new FalSubmitOptions { MaxQueueLength = 1 };
        await fixture.Video.SubmitAsync(Input, atMostOne);
        await fixture.Video.SubmitAsync(Input, atMostOne);
        await Assert.ThrowsAsync<FalRateLimitException>(() => fixture.Video.SubmitAsync(Input, atMostOne));
        fixture.Fal.Script.For("**", new FalEmulatedRun { QueuePositions = [7], PositionTime = Timeout.InfiniteTimeSpan });
        await Assert.ThrowsAsync<FalRateLimitException>(() => fixture.Video.SubmitAsync(Input, new FalSubmitOptions { MaxQueueLength = 6 }));
        await fixture.Video.SubmitAsync(Input, new FalSubmitOptions { MaxQueueLength = 7 });
    }

    [Fact]
    public async Task A_job_that_does_not_start_in_time_fails_and_says_whose_limit_it_was()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", new FalEmulatedRun { PositionTime = Timeout.InfiniteTimeSpan });
        var job = await fixture.Video.SubmitAsync(Input, new FalSubmitOptions { StartTimeout = TimeSpan.FromSeconds(30) });
        fixture.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(FalJobState.InQueue, (await job.GetStatusAsync()).State);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        var result = await fixture.JobAsync(job.RequestId);
        Assert.Equal(
            (504, "user", "request_timeout"),
            (result.StatusCode, result.Headers["x-fal-request-timeout-type"], result.Headers["X-Fal-Error-Type"]));
        await Assert.ThrowsAnyAsync<FalException>(() => job.GetResultAsync());
    }

    [Theory]
    [InlineData("X-Fal-Request-Timeout", "30.0", true)]
    [InlineData("X-Fal-Request-Start-Timeout", "30", true)]
    [InlineData("X-Fal-Request-Timeout", "soon", false)]
    [InlineData("X-Fal-Request-Timeout", "NaN", false)]
    public async Task Both_names_of_the_start_timeout_count_and_nonsense_does_not(string name, string value, bool counts)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", new FalEmulatedRun { PositionTime = Timeout.InfiniteTimeSpan });
        var submitted = await fixture.SendAsync(
            HttpMethod.Post,
            fixture.Fal.QueueAddress,
            EmulatorFixture.Endpoint,
            EmulatorFixture.Body,
            (name, value));
        fixture.Time.Advance(TimeSpan.FromSeconds(30));
        var status = await fixture.JobAsync(submitted.Json.GetProperty("request_id").GetString()!, "/status");
        Assert.Equal(counts ? "COMPLETED" : "IN_QUEUE", status.Json.GetProperty("status").GetString());
    }
}
