using System.Text.Json;

namespace Fal.Emulation.Tests;

public sealed class QueueTests
{
    private const string Endpoint = EmulatorFixture.Endpoint;

    [Fact]
    public async Task A_submit_is_answered_as_fal_answers_it()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var answer = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.QueueAddress, Endpoint, EmulatorFixture.Body);
        var id = answer.Json.GetProperty("request_id").GetString()!;
        var job = $"{fixture.Fal.QueueAddress}fal-ai/kling-video/requests/{id}";
        Assert.Equal(200, answer.StatusCode);
        Assert.Equal(id, answer.Headers["x-fal-request-id"]);
        Assert.Equal('7', id[14]);
        Assert.Equal("IN_QUEUE", answer.Json.GetProperty("status").GetString());
        Assert.Equal(1, answer.Json.GetProperty("queue_position").GetInt32());
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("logs").ValueKind);
        Assert.Equal("{}", answer.Json.GetProperty("metrics").GetRawText());
        Assert.Equal(job, answer.Json.GetProperty("response_url").GetString());
        Assert.Equal(job + "/status", answer.Json.GetProperty("status_url").GetString());
        Assert.Equal(job + "/cancel", answer.Json.GetProperty("cancel_url").GetString());
    }

    [Fact]
    public async Task A_namespace_stays_in_the_addresses_of_a_job()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options.Documents.Add(Made.Document("workflows/acme/lumen/v1")));
        var answer = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.QueueAddress, "workflows/acme/lumen/v1", """{"prompt":"x"}""");
        Assert.Contains("/workflows/acme/lumen/requests/", answer.Json.GetProperty("status_url").GetString(), StringComparison.Ordinal);
        var status = await fixture.SendAsync(HttpMethod.Get, new Uri(answer.Json.GetProperty("status_url").GetString()!), "");
        Assert.Equal(202, status.StatusCode);
    }

    [Fact]
    public async Task A_job_waits_runs_and_completes_as_the_script_says()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("fal-ai/**", new FalEmulatedRun
        {
            QueuePositions = [3, 0],
            PositionTime = TimeSpan.FromSeconds(10),
            Duration = TimeSpan.FromSeconds(30),
            Logs = ["one", new FalEmulatedLog("two") { At = TimeSpan.FromSeconds(20), Level = "WARN" }],
            BillableUnits = 9.6m,
        });
        var id = await fixture.SubmitAsync();

        var status = await fixture.JobAsync(id, "/status");
        Assert.Equal(
            (202, "IN_QUEUE", 3),
            (status.StatusCode, status.Json.GetProperty("status").GetString(), status.Json.GetProperty("queue_position").GetInt32()));
        fixture.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, (await fixture.JobAsync(id, "/status")).Json.GetProperty("queue_position").GetInt32());
        Assert.Equal(400, (await fixture.JobAsync(id)).StatusCode);

        fixture.Time.Advance(TimeSpan.FromSeconds(30));
        status = await fixture.JobAsync(id, "/status?logs=1");
        Assert.Equal((202, "IN_PROGRESS"), (status.StatusCode, status.Json.GetProperty("status").GetString()));
        Assert.False(status.Json.TryGetProperty("queue_position", out _));
        var line = Assert.Single(status.Json.GetProperty("logs").EnumerateArray());
        Assert.Equal(
            ("two", "WARN", "USER"),
            (line.GetProperty("message").GetString(), line.GetProperty("level").GetString(), line.GetProperty("source").GetString()));
        Assert.Equal(0, (await fixture.JobAsync(id, "/status")).Json.GetProperty("logs").GetArrayLength());

        fixture.Time.Advance(TimeSpan.FromSeconds(10));
        status = await fixture.JobAsync(id, "/status?logs=1");
        Assert.Equal((200, "COMPLETED"), (status.StatusCode, status.Json.GetProperty("status").GetString()));
        Assert.Equal(2, status.Json.GetProperty("logs").GetArrayLength());
        Assert.Equal(30, status.Json.GetProperty("metrics").GetProperty("inference_time").GetDouble());
        var result = await fixture.JobAsync(id);
        Assert.Equal(200, result.StatusCode);
        Assert.Equal(id, result.Headers["x-fal-request-id"]);
        Assert.Equal("9.6", result.Headers["x-fal-billable-units"]);
        Assert.True(result.Json.GetProperty("video").TryGetProperty("url", out _));
    }

    [Fact]
    public async Task Our_client_submits_waits_and_reads_the_result()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant with { Result = """{"video":{"url":"https://example.com/v.mp4"}}""" });
        var job = await fixture.Video.SubmitAsync(JsonSerializer.Deserialize<JsonElement>(EmulatorFixture.Body));
        var result = await job.GetResultAsync();
        Assert.Equal("https://example.com/v.mp4", result.Json.GetProperty("video").GetProperty("url").GetString());
        Assert.Equal(Endpoint, fixture.Fal.Received.One(FalOperation.Submit).EndpointId);
        Assert.Equal(EmulatorFixture.Body, fixture.Fal.Received.One(FalOperation.Submit).BodyText);
    }

    [Fact]
    public async Task The_result_of_an_unknown_job_is_not_found()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var answer = await fixture.JobAsync("019a0000-0000-7000-8000-000000000000", "/status");
        Assert.Equal((404, "NOT_FOUND"), (answer.StatusCode, answer.Json.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task An_unknown_endpoint_is_not_found()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var answer = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.QueueAddress, "fal-ai/nothing-here", "{}");
        Assert.Equal(404, answer.StatusCode);
        Assert.Contains("fal-ai/nothing-here", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Key wrong:key")]
    [InlineData("Bearer x")]
    public async Task Without_the_key_nothing_is_taken(string? authorization)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var answer = await fixture.SendAsync(
            HttpMethod.Post,
            fixture.Fal.QueueAddress,
            Endpoint,
            EmulatorFixture.Body,
            ("Authorization", authorization ?? ""));
        Assert.Equal(401, answer.StatusCode);
        Assert.DoesNotContain(fixture.Fal.Key, answer.Body, StringComparison.Ordinal);
    }
}
