namespace Fal.Emulation.Tests.Jobs;

public sealed class CancelTests
{
    private static readonly FalEmulatedRun Run = new()
    {
        QueuePositions = [0],
        PositionTime = TimeSpan.FromSeconds(10),
        Duration = TimeSpan.FromSeconds(60),
        StopTime = TimeSpan.FromSeconds(5)
    };

    [Fact]
    public async Task A_waiting_job_is_taken_out_of_the_queue()
    {
        await using var fixture = await StartAsync(Run);
        var job = await fixture.SubmitJobAsync();
        Assert.Equal(FalCancelOutcome.Cancelled, await job.CancelAsync());
        await Assert.ThrowsAsync<FalJobCancelledException>(() => job.GetResultAsync());
        var result = await fixture.JobAsync(job.RequestId);
        Assert.Equal((499, "client_cancelled"), (result.StatusCode, result.Headers["X-Fal-Error-Type"]));
        Assert.Equal("client_cancelled", result.Json.GetProperty("error_type").GetString());
    }

    [Fact]
    public async Task A_running_job_is_asked_to_stop()
    {
        await using var fixture = await StartAsync(Run);
        var job = await fixture.SubmitJobAsync();
        fixture.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(FalCancelOutcome.Requested, await job.CancelAsync());
        Assert.Equal(FalJobState.InProgress, (await job.GetStatusAsync()).State);
        fixture.Time.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<FalJobCancelledException>(() => job.GetResultAsync());
    }

    [Fact]
    public async Task A_job_that_does_not_listen_has_its_result()
    {
        await using var fixture = await StartAsync(Run with { StopTime = null });
        var job = await fixture.SubmitJobAsync();
        fixture.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(FalCancelOutcome.Requested, await job.CancelAsync());
        fixture.Time.Advance(TimeSpan.FromSeconds(50));
        Assert.True((await job.GetResultAsync()).Json.TryGetProperty("video", out _));
    }

    [Fact]
    public async Task A_job_that_is_over_cannot_be_cancelled()
    {
        await using var fixture = await StartAsync(FalEmulatedRun.Instant);
        var job = await fixture.SubmitJobAsync();
        Assert.Equal(FalCancelOutcome.AlreadyCompleted, await job.CancelAsync());
        Assert.True((await job.GetResultAsync()).Json.TryGetProperty("video", out _));
    }

    [Fact]
    public async Task Cancel_of_an_unknown_job_is_not_found()
    {
        await using var fixture = await StartAsync(Run);
        var answer = await fixture.SendAsync(HttpMethod.Put, fixture.Fal.QueueAddress, "fal-ai/kling-video/requests/none/cancel");
        Assert.Equal((404, "NOT_FOUND"), (answer.StatusCode, answer.Json.GetProperty("status").GetString()));
    }

    private static async Task<EmulatorFixture> StartAsync(FalEmulatedRun run)
    {
        var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", run);
        return fixture;
    }
}
