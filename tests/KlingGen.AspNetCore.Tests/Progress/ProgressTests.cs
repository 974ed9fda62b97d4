using System.Net;
using System.Text.Json;
using KlingGen.AspNetCore.Tests.Harness;

namespace KlingGen.AspNetCore.Tests.Progress;

public sealed class ProgressTests
{
    private static readonly FalEmulatedRun Run = new()
    {
        QueuePositions = [1],
        PositionTime = TimeSpan.FromSeconds(10),
        Duration = TimeSpan.FromSeconds(30),
        Logs = [new("one") { At = TimeSpan.FromSeconds(5) }, new("two") { At = TimeSpan.FromSeconds(15) }],
    };

    [Fact]
    public async Task A_page_sees_every_state_and_every_line_once()
    {
        await using var app = await StartAsync();
        var events = await ReadAsync(app, await SubmitAsync(app), null, (app, item) => Advance(app, item));
        Assert.All(events, item => Assert.Equal("update", item.Type));
        Assert.Equal(["IN_QUEUE:0", "IN_PROGRESS:0", "IN_PROGRESS:1", "IN_PROGRESS:2", "COMPLETED:2"], events.Select(item => item.Id));
        Assert.Equal(1, events[0].Data.GetProperty("queuePosition").GetInt32());
        Assert.Equal(["one", "two"], events.SelectMany(Lines));
        Assert.Equal(30, events[^1].Data.GetProperty("inferenceSeconds").GetDouble());
    }

    [Fact]
    public async Task Another_node_resumes_by_the_last_event_id()
    {
        await using var app = await StartAsync();
        var token = await SubmitAsync(app);
        app.Time.Advance(TimeSpan.FromSeconds(26));
        var events = await ReadAsync(app, token, "IN_PROGRESS:1", (app, item) => Advance(app, item));
        Assert.Equal(["IN_PROGRESS:2", "COMPLETED:2"], events.Select(item => item.Id));
        Assert.Equal(["two"], events.SelectMany(Lines));

        // What the page has seen already is not sent again.
        var rest = await ReadAsync(app, token, "IN_PROGRESS:2", null);
        Assert.Equal(["COMPLETED:2"], rest.Select(item => item.Id));
        Assert.Empty(rest.SelectMany(Lines));

        using var over = await SendAsync(app, token, "COMPLETED:2");
        Assert.Equal(HttpStatusCode.NoContent, over.StatusCode);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData(":3")]
    [InlineData("IN_PROGRESS:-1")]
    [InlineData("IN_PROGRESS:99999999999")]
    public async Task A_malformed_event_id_starts_from_the_beginning(string id)
    {
        await using var app = await StartAsync();
        var token = await SubmitAsync(app);
        app.Time.Advance(TimeSpan.FromMinutes(2));
        var events = await ReadAsync(app, token, id, null);
        Assert.Equal(["one", "two"], events.SelectMany(Lines));
    }

    [Fact]
    public async Task A_quiet_job_sends_pings_and_an_unknown_one_fails()
    {
        await using var app = await StartAsync();
        app.Fal.Script.For("**", Run with { PositionTime = Timeout.InfiniteTimeSpan });
        var token = await SubmitAsync(app);
        using var response = await SendAsync(app, token, null);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("IN_QUEUE:0", (await NextAsync(reader))!.Id);
        await app.Time.DelaysPendingAsync(2);
        app.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("ping", (await NextAsync(reader))!.Type);

        using var client = app.Fal.CreateClient();
        var events = await ReadAsync(app, client.Endpoint(WebhookApp.Endpoint).Resume("unknown").ToToken(), null, null);
        Assert.Equal(("failed", 422), (events[^1].Type, events[^1].Data.GetProperty("status").GetInt32()));
    }

    private static Task<WebhookApp> StartAsync() => WebhookApp.StartAsync(routes => routes.MapGet(
        "/jobs/{token}/events",
        (FalJobToken token, HttpRequest request, FalClient fal) => fal.Endpoint(WebhookApp.Endpoint).Resume(token).ToServerSentEvents(request)));

    private static async Task<FalJobToken> SubmitAsync(WebhookApp app)
    {
        app.Fal.Script.For("**", Run);
        using var client = app.Fal.CreateClient();
        var input = JsonDocument.Parse("""{"prompt": "x", "image_url": "https://a.example/b.png"}""").RootElement;
        return (await client.Endpoint(WebhookApp.Endpoint).SubmitAsync(input)).ToToken();
    }

    private static Task<HttpResponseMessage> SendAsync(WebhookApp app, FalJobToken token, string? lastEventId)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/jobs/{token}/events");
        if (lastEventId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        return app.App.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<List<Event>> ReadAsync(WebhookApp app, FalJobToken token, string? lastEventId, Func<WebhookApp, Event, Task>? onEvent)
    {
        using var response = await SendAsync(app, token, lastEventId);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var events = new List<Event>();
        while (await NextAsync(app, reader) is { } item)
        {
            events.Add(item);
            if (onEvent is not null) await onEvent(app, item);
        }
        return events;
    }

    // To the next moment of the script at which something happens.
    private static async Task Advance(WebhookApp app, Event item)
    {
        if (item.Id!.StartsWith("COMPLETED", StringComparison.Ordinal)) return;
        await app.Time.DelaysPendingAsync(2);
        app.Time.Advance(TimeSpan.FromSeconds(item.Id switch { "IN_QUEUE:0" => 10, "IN_PROGRESS:0" => 6, "IN_PROGRESS:1" => 10, _ => 14 }));
    }

    // A poll that read the clock before it had moved waits for one more poll interval.
    private static async Task<Event?> NextAsync(WebhookApp app, StreamReader reader)
    {
        var next = NextAsync(reader);
        while (await Task.WhenAny(next, Task.Delay(20)) != next)
            if (app.Time.PendingDelays > 0) app.Time.Advance(TimeSpan.FromMilliseconds(25));
        return await next;
    }

    private static async Task<Event?> NextAsync(StreamReader reader)
    {
        string? type = null, id = null, data = null;
        while (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) type = line[7..];
            else if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line.Length == 0 && data is not null) return new Event(type!, id, JsonDocument.Parse(data).RootElement);
        }
        return null;
    }

    private static IEnumerable<string?> Lines(Event item)
        => item.Data.GetProperty("logs").EnumerateArray().Select(line => line.GetProperty("message").GetString());

    private sealed record Event(string Type, string? Id, JsonElement Data);
}
