using Fal.Tests.Harness;

namespace Fal.Tests.Jobs;

/// <summary>
/// Answers that contradict the status are asked for again before they count, and a 404 right after a submit is not believed at once.
/// </summary>
public sealed class ResultRepeatTests : CanaryTest
{
    private const string Signed = "x-fal-request-id: " + JobFixture.RequestId;

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_signed_5xx_of_a_job_without_error_is_asked_for_again(int status)
    {
        var detail = Replies.Json("""{"detail":"timeout"}""", status, Signed);
        Answer[] failures = [detail, Replies.Json("{}", status, Signed), Replies.Empty(status, Signed)];
        using var fixture = new JobFixture(Canary).OnSubmit().OnStatus(JobFixture.Done()).OnResult([.. failures, Replies.Json(JobFixture.Result)]);
        Assert.Equal(7, (await fixture.Endpoint.RunAsync(JobFixture.Request)).Seed);
        Assert.Equal(4, fixture.Results);
    }

    [Fact]
    public async Task A_signed_5xx_that_stays_is_the_failure_after_three_repeats_within_30_seconds()
    {
        using var fixture = new JobFixture(Canary).OnStatus(JobFixture.Done())
            .OnResult(Replies.Json("""{"detail":"boom"}""", 500, Signed, "x-fal-billable-units: 0"));
        var job = fixture.Resume();
        await job.WaitAsync();
        var start = fixture.Time.GetUtcNow();
        var error = await Assert.ThrowsAsync<FalJobFailedException>(() => job.GetResultAsync());
        Assert.InRange((fixture.Time.GetUtcNow() - start).TotalSeconds, 10, 30);
        Assert.Equal((4, 500, 0m), (fixture.Results, error.StatusCode, error.BillableUnits));
        await Assert.ThrowsAsync<FalJobFailedException>(() => job.GetResultAsync());
        Assert.Equal(4, fixture.Results);
    }

    [Fact]
    public async Task A_5xx_that_the_status_announced_is_the_failure_at_once()
    {
        using var fixture = new JobFixture(Canary).OnStatus(Replies.Json("""{"status":"COMPLETED","error":"boom","error_type":"internal_error"}"""))
            .OnResult(Replies.Json("""{"detail":"boom"}""", 500, Signed));
        await Assert.ThrowsAsync<FalJobFailedException>(() => fixture.Resume().GetResultAsync());
        Assert.Equal(1, fixture.Results);
    }

    [Fact]
    public async Task A_404_right_after_a_submit_is_asked_for_again()
    {
        using var fixture = new JobFixture(Canary).OnSubmit().OnStatus(Replies.Json("{}", 404), JobFixture.Done()).OnResult();
        Assert.Equal(7, (await fixture.Endpoint.RunAsync(JobFixture.Request)).Seed);
        using var asked = new JobFixture(Canary).OnSubmit().OnStatus(Replies.Json("{}", 404), JobFixture.Running());
        Assert.Equal(FalJobState.InProgress, (await (await asked.SubmitAsync()).GetStatusAsync()).State);
    }

    [Fact]
    public async Task A_404_that_stays_ends_the_wait()
    {
        using var fixture = new JobFixture(Canary).OnSubmit().OnStatus(Replies.Json("{}", 404));
        var error = await Assert.ThrowsAsync<FalRequestRejectedException>(() => fixture.Endpoint.RunAsync(JobFixture.Request));
        Assert.Equal((404, JobFixture.RequestId), (error.StatusCode, error.RequestId));
        Assert.InRange(fixture.Polls, 2, 20);
    }

    [Fact]
    public async Task A_404_of_a_resumed_id_is_believed()
    {
        using var fixture = new JobFixture(Canary).OnStatus(Replies.Json("{}", 404));
        await Assert.ThrowsAsync<FalRequestRejectedException>(() => fixture.Resume().WaitAsync());
        Assert.Equal(1, fixture.Polls);
    }
}
