using System.Text.Json;

namespace Fal.Emulation.Tests.Jobs;

public sealed class StatusStreamTests
{
    [Fact]
    public async Task Each_change_is_one_event_with_the_lines_that_are_new()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", new FalEmulatedRun
        {
            QueuePositions = [1, 0],
            PositionTime = TimeSpan.FromSeconds(1),
            Duration = TimeSpan.FromSeconds(2),
            Logs = ["a", "b"]
        });
        using var reader = await OpenAsync(fixture, await fixture.SubmitAsync());

        Assert.Equal(("IN_QUEUE", 1, ""), Read(await NextAsync(reader)));
        await MoveAsync(fixture);
        Assert.Equal(("IN_QUEUE", 0, ""), Read(await NextAsync(reader)));
        await MoveAsync(fixture);
        Assert.Equal(("IN_PROGRESS", null, ""), Read(await NextAsync(reader)));
        await MoveAsync(fixture);
        Assert.Equal(("IN_PROGRESS", null, "a"), Read(await NextAsync(reader)));
        await MoveAsync(fixture);
        Assert.Equal(("COMPLETED", null, "b"), Read(await NextAsync(reader)));
        Assert.Equal("", (await reader.ReadToEndAsync()).Trim());
    }

    [Fact]
    public async Task A_quiet_stream_is_kept_alive()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", new FalEmulatedRun { Duration = Timeout.InfiniteTimeSpan, QueuePositions = [], Logs = [] });
        using var reader = await OpenAsync(fixture, await fixture.SubmitAsync());
        await NextAsync(reader);
        await fixture.Time.TimersPendingAsync();
        fixture.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("", await reader.ReadLineAsync());
        Assert.StartsWith(":", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancellation_is_news()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", new FalEmulatedRun { Duration = Timeout.InfiniteTimeSpan, QueuePositions = [], Logs = [] });
        var id = await fixture.SubmitAsync();
        using var reader = await OpenAsync(fixture, id);
        await NextAsync(reader);
        await fixture.SendAsync(HttpMethod.Put, fixture.Fal.QueueAddress, $"fal-ai/kling-video/requests/{id}/cancel");
        Assert.Equal("COMPLETED", Read(await NextAsync(reader)).Status);
    }

    [Fact]
    public async Task Our_client_follows_it_without_polling()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant);
        var job = await fixture.SubmitJobAsync();
        await job.GetResultAsync(new FalWaitOptions { StatusStream = true });
        Assert.Equal((1, 0), (fixture.Fal.Received.CountOf(FalOperation.StatusStream), fixture.Fal.Received.CountOf(FalOperation.Status)));
    }

    private static async Task<StreamReader> OpenAsync(EmulatorFixture fixture, string id)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri(fixture.Fal.QueueAddress, $"fal-ai/kling-video/requests/{id}/status/stream?logs=1"));
        request.Headers.TryAddWithoutValidation("Authorization", $"Key {fixture.Fal.Key}");
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    private static async Task MoveAsync(EmulatorFixture fixture)
    {
        // The wait for the change, and the one for the quiet time.
        await fixture.Time.TimersPendingAsync(2);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
    }

    private static async Task<JsonElement> NextAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return JsonSerializer.Deserialize<JsonElement>(line["data: ".Length..]);
        throw new EndOfStreamException();
    }

    private static (string? Status, int? Position, string Lines) Read(JsonElement json) => (
        json.GetProperty("status").GetString(),
        json.TryGetProperty("queue_position", out var position) ? position.GetInt32() : null,
        string.Join(',', json.GetProperty("logs").EnumerateArray().Select(line => line.GetProperty("message").GetString())));
}
