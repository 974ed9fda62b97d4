using System.Text.Json;

namespace Fal.Emulation.Tests;

public sealed class RunTests
{
    private static readonly JsonElement Input = JsonSerializer.Deserialize<JsonElement>(EmulatorFixture.Body);

    [Fact]
    public async Task A_direct_run_answers_with_the_result_once_the_work_is_done()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        // The queue is passed by.
        fixture.Fal.Script.For(
            "**",
            new FalEmulatedRun { QueuePositions = [9], PositionTime = TimeSpan.FromDays(1), Duration = TimeSpan.FromSeconds(30), Logs = [] });
        var running = fixture.SendAsync(HttpMethod.Post, fixture.Fal.RunAddress, EmulatorFixture.Endpoint, EmulatorFixture.Body);
        await fixture.Time.DelaysPendingAsync();
        Assert.False(running.IsCompleted);
        fixture.Time.Advance(TimeSpan.FromSeconds(30));
        var answer = await running;
        Assert.Equal((200, "1.0"), (answer.StatusCode, answer.Headers["x-fal-billable-units"]));
        Assert.True(answer.Json.TryGetProperty("video", out _));
        Assert.Equal(answer.Headers["x-fal-request-id"], fixture.Fal.Received.One(FalOperation.Run).RequestId);
    }

    [Fact]
    public async Task A_stream_shows_what_comes_before_the_result()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant with { Partials = ["{\"step\":1}", "{\"step\":2}"], Result = """{"text":"done"}""" });
        var stream = fixture.Video.StreamAsync(Input);
        var events = new List<string>();
        await foreach (var partial in stream) events.Add(partial.GetRawText());
        Assert.Equal(["{\"step\":1}", "{\"step\":2}", """{"text":"done"}"""], events);
        Assert.Equal(1, fixture.Fal.Received.CountOf(FalOperation.RunStream));
    }

    [Fact]
    public async Task Json_with_line_breaks_is_one_event_of_a_stream()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var run = FalEmulatedRun.Instant with { Partials = ["{\r\n\"step\":1\n}"], Result = "{\n  \"text\": \"do\u2028ne\"\n}\n" };
        fixture.Fal.Script.For("**", run);
        var events = new List<string>();
        await foreach (var part in fixture.Video.StreamAsync(Input)) events.Add(JsonSerializer.Serialize(part));
        Assert.Equal(["{\"step\":1}", "{\"text\":\"do\\u2028ne\"}"], events);
    }

    [Fact]
    public async Task A_workflow_whose_result_is_not_JSON_ends_with_its_text()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options.Documents.Add(Made.Document("workflows/acme/lumen/v1")));
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant with { Result = "plain" });
        var answer = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.RunAddress, "workflows/acme/lumen/v1/stream", """{"prompt":"x"}""");
        Assert.Equal((200, "data: {\"type\":\"output\",\"output\":\"plain\"}\n\n"), (answer.StatusCode, answer.Body));
    }

    [Fact]
    public async Task A_failure_before_any_event_is_an_ordinary_answer()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script
            .For("**", FalEmulatedRun.Instant with { Failure = FalEmulatedFailure.ByModel("content_policy_violation", "No.", property: "prompt") });
        foreach (var path in new[] { EmulatorFixture.Endpoint, EmulatorFixture.Endpoint + "/stream" })
        {
            var answer = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.RunAddress, path, EmulatorFixture.Body);
            Assert.Equal(422, answer.StatusCode);
            var detail = answer.Json.GetProperty("detail")[0];
            Assert.Equal(("content_policy_violation", "prompt"), (detail.GetProperty("type").GetString(), detail.GetProperty("loc")[1].GetString()));
        }
    }

    [Fact]
    public async Task The_run_host_needs_the_key_and_knows_its_endpoints()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        Assert.Equal(401, (await fixture.SendAsync(
            HttpMethod.Post,
            fixture.Fal.RunAddress,
            EmulatorFixture.Endpoint,
            "{}",
            ("Authorization", "Key a:b"))).StatusCode);
        Assert.Equal(404, (await fixture.SendAsync(HttpMethod.Post, fixture.Fal.RunAddress, "fal-ai/none", "{}")).StatusCode);
        Assert.Equal(404, (await fixture.SendAsync(HttpMethod.Get, fixture.Fal.RunAddress, EmulatorFixture.Endpoint)).StatusCode);
    }
}
