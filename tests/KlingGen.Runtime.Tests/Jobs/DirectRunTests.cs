using System.Text.Json;
using Fal.Tests.Harness;
using Fal.Tests.Wire;

namespace Fal.Tests.Jobs;

/// <summary>Calls that pass the queue by.</summary>
public sealed class DirectRunTests : CanaryTest
{
    [Fact]
    public async Task A_direct_run_is_one_call_to_the_run_host()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Json(JobFixture.Result);
        var result = await fixture.Endpoint.RunDirectAsync(JobFixture.Request, new FalSubmitOptions { RunnerHint = "h" });
        Assert.Equal(7, result.Seed);
        Assert.Equal("POST https://fal.run/acme/lumen/v1/text-to-clip", fixture.Handler.Request.ToString());
        Assert.Equal("""{"prompt":"a heron at dawn"}""", fixture.Handler.Request.Text);
        Assert.Equal("h", fixture.Handler.Request["X-Fal-Runner-Hint"]);
        fixture.Handler.AssertAllDisposed();
    }

    [Theory]
    [InlineData(500, typeof(FalJobFailedException))]
    [InlineData(422, typeof(FalRequestRejectedException))]
    [InlineData(401, typeof(FalAuthenticationException))]
    public async Task A_failure_is_typed_and_names_endpoint_and_request(int status, Type expected)
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Json("""{"detail":"no"}""", status, "x-fal-request-id: r-9");
        var error = await Assert.ThrowsAnyAsync<FalException>(() => fixture.Endpoint.RunDirectAsync(JobFixture.Request));
        Assert.IsType(expected, error);
        Assert.Equal((JobFixture.Id, "r-9"), (error.EndpointId, error.RequestId));
        Assert.Single(fixture.Handler.Requests);
    }

    [Fact]
    public async Task A_result_of_another_shape_keeps_the_paid_answer()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Json("{\"x\":1}", 200, "x-fal-request-id: r-9");
        var error = await Assert.ThrowsAsync<FalProtocolException>(() => fixture.Endpoint.RunDirectAsync(JobFixture.Request));
        Assert.Equal("{\"x\":1}", error.RawJson.ToString());
        Assert.Equal(JobFixture.Id, error.EndpointId);
    }

    [Fact]
    public async Task A_direct_run_whose_connection_breaks_is_not_repeated()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Then(Replies.Reset());
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fixture.Endpoint.RunDirectAsync(JobFixture.Request));
        Assert.Single(fixture.Handler.Requests);
    }

    [Fact]
    public async Task A_deadline_closes_the_call()
    {
        var time = new FakeTime();
        var gate = new Gate();
        using var fixture = new JobFixture(Canary, time);
        fixture.Handler.Then(gate.Answer);
        var run = fixture.Endpoint
            .RunDirectAsync(JobFixture.Request, new FalSubmitOptions { Deadline = TimeSpan.FromSeconds(20), CancelJobOnDeadline = true });
        await gate.ReachedAsync();
        time.Advance(TimeSpan.FromSeconds(20));
        var error = await Assert.ThrowsAsync<FalTimeoutException>(() => run);
        Assert.Contains("call was closed", error.Message, StringComparison.Ordinal);
        Assert.Single(fixture.Handler.Requests);
        Assert.Equal(0, time.PendingTimers);
    }

    [Fact]
    public async Task Options_that_need_the_queue_are_refused()
    {
        using var fixture = new JobFixture(Canary);
        foreach (var options in new[] {
            new FalSubmitOptions { Webhook = new Uri("https://example.com") },
            new FalSubmitOptions { MaxQueueLength = 1 } })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => fixture.Endpoint.RunDirectAsync(JobFixture.Request, options));
            Assert.Throws<ArgumentException>(() => fixture.Endpoint.StreamAsync(JobFixture.Request, options));
        }
        await Assert.ThrowsAsync<ArgumentNullException>(() => fixture.Endpoint.RunDirectAsync(null!));
        Assert.Throws<ArgumentNullException>(() => fixture.Endpoint.StreamAsync(null!));
        Assert.Throws<ArgumentNullException>(() => fixture.Endpoint.Check(null!));
        Assert.Empty(fixture.Handler.Requests);
    }
}
