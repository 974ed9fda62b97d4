namespace Fal.Emulation.Tests.Validation;

/// <summary>Where a request that breaks its document meets its 422.</summary>
public sealed class RefusalTests
{
    private const string Wrong = """{"prompt":"Snow falls.","cfg_scale":1.5}""";

    [Fact]
    public async Task The_queue_takes_anything_and_the_job_fails_as_it_starts()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script
            .For("**", new FalEmulatedRun { QueuePositions = [0], PositionTime = TimeSpan.FromSeconds(1), Duration = TimeSpan.FromHours(1) });
        var id = await fixture.SubmitAsync(Wrong);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        var status = await fixture.JobAsync(id, "/status");
        Assert.Equal("COMPLETED", status.Json.GetProperty("status").GetString());
        Assert.Contains("422", status.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
        var result = await fixture.JobAsync(id);
        Assert.Equal((422, "0"), (result.StatusCode, result.Headers["x-fal-billable-units"]));
        Assert.Equal(["cfg_scale less_than_equal", "image_url missing"], Details(result));
    }

    [Fact]
    public async Task Our_client_shows_all_problems()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant);
        var job = await fixture.Video.SubmitAsync(System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(Wrong));
        var refused = await Assert.ThrowsAsync<FalRequestRejectedException>(() => job.GetResultAsync());
        Assert.Equal(["cfg_scale", "image_url"], refused.Problems.Select(problem => problem.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_direct_run_is_refused_at_once()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var answer = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.RunAddress, EmulatorFixture.Endpoint, Wrong);
        Assert.Equal(422, answer.StatusCode);
        Assert.True(answer.Headers.ContainsKey("x-fal-request-id"));
        Assert.Equal(["cfg_scale less_than_equal", "image_url missing"], Details(answer));
    }

    [Fact]
    public async Task A_queue_that_is_told_to_refuses_on_submit()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options.RefuseOnSubmit = true);
        var answer = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.QueueAddress, EmulatorFixture.Endpoint, Wrong);
        Assert.Equal(422, answer.StatusCode);
        Assert.Equal(2, Details(answer).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"prompt\":")]
    [InlineData("not JSON")]
    public async Task What_is_no_JSON_is_said_to_be_none(string body)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var answer = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.RunAddress, EmulatorFixture.Endpoint, body);
        Assert.Equal((422, "json_invalid"), (answer.StatusCode, answer.Json.GetProperty("detail")[0].GetProperty("type").GetString()));
    }

    [Fact]
    public async Task An_integer_of_any_length_is_answered()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var answer = await fixture.SendAsync(
            HttpMethod.Post, fixture.Fal.RunAddress, EmulatorFixture.Endpoint, $$"""{"prompt":"x","cfg_scale":{{new string('9', 500)}}}""");
        Assert.Equal(422, answer.StatusCode);
    }

    [Fact]
    public async Task A_lifetime_with_a_duplicate_property_is_ignored()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var answer = await fixture.SendAsync(
            HttpMethod.Post, fixture.Fal.QueueAddress, EmulatorFixture.Endpoint, EmulatorFixture.Body,
            ("X-Fal-Object-Lifecycle-Preference", """{"expiration_duration_seconds":1,"expiration_duration_seconds":1}"""));
        Assert.Equal(200, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_not_taken()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options.LargestBody = 1000);
        var answer = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.QueueAddress, EmulatorFixture.Endpoint, new string(' ', 1001));
        Assert.Equal(413, answer.StatusCode);
    }

    private static string[] Details(HttpAnswer answer) =>
        [.. answer.Json.GetProperty("detail").EnumerateArray().Select(detail => $"{detail.GetProperty("loc")[1]} {detail.GetProperty("type")}")
            .Order(StringComparer.Ordinal)];
}
