using System.Text.Json;

namespace Fal.Emulation.Tests.Script;

public sealed class ScriptTests
{
    private static readonly JsonElement Input = JsonSerializer.Deserialize<JsonElement>("""{"prompt":"loud"}""");

    [Fact]
    public void The_pattern_given_last_holds()
    {
        var (wide, narrow) = (new FalEmulatedRun(), new FalEmulatedRun());
        var script = new FalEmulatorScript();
        Assert.Same(FalEmulatedRun.Default, script.Choose("fal-ai/a/b", Input));
        script.For("**", wide);
        script.For("fal-ai/*/b", narrow);
        Assert.Same(narrow, script.Choose("fal-ai/a/b", Input));
        Assert.Same(wide, script.Choose("fal-ai/a/c", Input));
    }

    [Fact]
    public void What_comes_next_goes_before_and_once()
    {
        var (usual, first, second) = (new FalEmulatedRun(), new FalEmulatedRun(), new FalEmulatedRun());
        var script = new FalEmulatorScript();
        script.For("**", usual);
        script.Next(first);
        script.Next(second, "fal-ai/b");
        Assert.Same(first, script.Choose("fal-ai/a", Input));
        Assert.Same(usual, script.Choose("fal-ai/a", Input));
        Assert.Same(second, script.Choose("fal-ai/b", Input));
    }

    [Fact]
    public void A_function_sees_the_request()
    {
        var (loud, quiet) = (new FalEmulatedRun(), new FalEmulatedRun());
        var script = new FalEmulatorScript();
        script.For("**", request => request.GetProperty("prompt").GetString() == "loud" ? loud : quiet);
        Assert.Same(loud, script.Choose("fal-ai/a", Input));
    }

    [Fact]
    public void A_time_that_cannot_pass_is_refused()
    {
        var script = new FalEmulatorScript();
        Assert.Throws<ArgumentException>(() => script.For("**", new FalEmulatedRun { Duration = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentException>(() => script.Next(new FalEmulatedRun { PositionTime = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentException>(() => script.Next(new FalEmulatedRun { StopTime = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentException>(() => script.Next(new FalEmulatedRun { Logs = [new("x") { At = TimeSpan.FromSeconds(-1) }] }));
        Assert.Throws<ArgumentException>(() => script.Next(new FalEmulatedRun { Duration = TimeSpan.MaxValue }));
        Assert.Throws<ArgumentException>(() => script.Next(new FalEmulatedRun { InferenceSeconds = double.NaN }));
        script.Next(new FalEmulatedRun { Duration = Timeout.InfiniteTimeSpan, StopTime = null });
    }

    [Fact]
    public async Task A_function_that_throws_is_told_to_the_caller()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", _ => throw new KeyNotFoundException("the test's own fault"));
        var answer = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.QueueAddress, EmulatorFixture.Endpoint, EmulatorFixture.Body);
        Assert.Equal(500, answer.StatusCode);
        Assert.Contains("KeyNotFoundException: the test's own fault", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("request_timeout", 504)]
    [InlineData("startup_timeout", 504)]
    [InlineData("runner_scheduling_failure", 503)]
    [InlineData("runner_connection_timeout", 503)]
    [InlineData("runner_disconnected", 503)]
    [InlineData("runner_connection_refused", 503)]
    [InlineData("runner_connection_error", 503)]
    [InlineData("runner_incomplete_response", 502)]
    [InlineData("runner_server_error", 500)]
    [InlineData("client_disconnected", 499)]
    [InlineData("bad_request", 400)]
    [InlineData("internal_error", 500)]
    public async Task A_failure_of_fals_machinery_is_in_the_status_the_body_and_a_header(string errorType, int statusCode)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant with { Failure = FalEmulatedFailure.ByFal(errorType, "It broke.") });
        var id = await fixture.SubmitAsync();
        var status = (await fixture.JobAsync(id, "/status")).Json;
        Assert.Equal(
            ("COMPLETED", "It broke.", errorType),
            (status.GetProperty("status").GetString(), status.GetProperty("error").GetString(), status.GetProperty("error_type").GetString()));
        var result = await fixture.JobAsync(id);
        Assert.Equal((statusCode, errorType), (result.StatusCode, result.Headers["X-Fal-Error-Type"]));
        Assert.Equal(("It broke.", errorType), (result.Json.GetProperty("detail").GetString(), result.Json.GetProperty("error_type").GetString()));
    }

    [Fact]
    public async Task A_failure_of_the_model_is_a_list_of_details()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant with
        {
            Failure = FalEmulatedFailure.ByModel(
                "image_load_error",
                "No image.",
                property: "image_url") with
            { Headers = new Dictionary<string, string> { ["X-Fal-Needs-Retry"] = "0" } },
        });
        var job = await fixture.SubmitJobAsync();
        var refused = await Assert.ThrowsAsync<FalRequestRejectedException>(() => job.GetResultAsync());
        Assert.Equal(("image_url", "image_load_error"), (Assert.Single(refused.Problems).Path, refused.Problems[0].Type));
        Assert.Equal("0", (await fixture.JobAsync(job.RequestId)).Headers["X-Fal-Needs-Retry"]);
    }
}
