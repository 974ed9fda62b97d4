using System.Collections.Concurrent;
using System.Net;
using KlingGen.AspNetCore.Tests.Harness;
using KlingGen.WebhookCrashSample;

namespace KlingGen.AspNetCore.Tests.Webhooks;

public sealed class WebhookInboxTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"klinggen-inbox-{Guid.NewGuid():N}.jsonl");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task The_background_mode_answers_at_once_and_handles_later()
    {
        var goOn = new TaskCompletionSource();
        var handled = new ConcurrentQueue<string>();
        await using var app = await StartAsync(async (call, _) =>
        {
            await goOn.Task;
            handled.Enqueue($"{call.RequestId} {call.LedgerId} {call.Token!.EndpointId}");
        });
        var url = app.Webhooks.UrlFor("fal", WebhookApp.Endpoint, "row-7");
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(url));
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(url));
        Assert.Empty(handled);
        goOn.SetResult();
        await UntilAsync(() => Done() == 1);
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(url));
        Assert.Equal([$"r1 row-7 {WebhookApp.Endpoint}"], handled);
    }

    [Fact]
    public async Task A_handler_that_fails_runs_again_after_a_growing_delay()
    {
        var calls = new ConcurrentQueue<DateTimeOffset>();
        await using var app = await StartAsync((call, _) =>
        {
            calls.Enqueue(call.Services.GetRequiredService<TimeProvider>().GetUtcNow());
            return calls.Count < 3 ? throw new IOException("not yet") : Task.CompletedTask;
        });
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(app.Webhooks.UrlFor("fal")));
        await UntilAsync(() =>
        {
            // The delay starts at the release of the webhook, which no log line marks.
            app.Time.Advance(TimeSpan.FromSeconds(1));
            return Done() == 1;
        });
        var times = calls.ToArray();
        Assert.Equal(3, times.Length);
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(10), $"second call after {times[1] - times[0]}");
        Assert.True(times[2] - times[1] >= TimeSpan.FromSeconds(20), $"third call after {times[2] - times[1]}");
        Assert.Contains(app.App.Log.Own, line => line.Contains("it runs again in 00:00:10", StringComparison.Ordinal));
        Assert.Contains(app.App.Log.Own, line => line.Contains("it runs again in 00:00:20", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_former_process_stored_is_handled_after_the_start()
    {
        using (var inbox = new FileInbox(_path))
        {
            await inbox.TryAddAsync(new()
            {
                RequestId = "r9",
                Route = "fal",
                Body = System.Text.Encoding.UTF8.GetBytes(WebhookApp.Body("r9")),
                UserId = "u",
                SentAt = DateTimeOffset.UnixEpoch,
            });
            await inbox.TryAddAsync(new() { RequestId = "r10", Route = "gone", Body = default, UserId = "u", SentAt = DateTimeOffset.UnixEpoch });
        }
        var handled = new ConcurrentQueue<string>();
        await using var app = await StartAsync((call, _) =>
        {
            handled.Enqueue(call.RequestId);
            return Task.CompletedTask;
        });
        await UntilAsync(() => Done() == 1);
        await UntilAsync(() => app.App.Log.Own.Any(line => line.Contains("for route gone", StringComparison.Ordinal)));
        Assert.Equal(["r9"], handled);
    }

    [Fact]
    public async Task The_background_mode_needs_an_inbox()
    {
        var missing = await Assert.ThrowsAsync<InvalidOperationException>(async () => await WebhookApp.StartAsync(
            routes => routes.MapFalWebhook("/hooks/fal", (_, _) => Task.CompletedTask, options => options.Background = true)));
        Assert.Contains("IFalWebhookInbox", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_without_a_name_says_that_the_background_mode_needs_one()
    {
        await using var app = await WebhookApp.StartAsync(
            routes => routes.MapFalWebhook<FalRawResult>("/hooks/fal", (_, _) => Task.CompletedTask, options => options.Background = true),
            services: services => services.AddSingleton<IFalWebhookInbox>(_ => new FileInbox(_path)));
        Assert.Equal(HttpStatusCode.InternalServerError, await app.DeliverAsync(new("/hooks/fal", UriKind.Relative)));
        Assert.Contains(app.App.Log.Own, line => line.Contains("WithName", StringComparison.Ordinal));
    }

    private Task<WebhookApp> StartAsync(Func<FalWebhookCall, CancellationToken, Task> handler) => WebhookApp.StartAsync(
        routes => routes.MapFalWebhook("/hooks/fal", handler, options =>
        {
            options.Background = true;
            options.BackgroundTimeout = TimeSpan.FromDays(1);
        }).WithName("fal"),
        options => options.InboxPollInterval = TimeSpan.FromSeconds(1),
        services => services.AddSingleton<IFalWebhookInbox>(provider => new FileInbox(_path, provider.GetRequiredService<TimeProvider>())));

    private int Done()
    {
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(file).ReadToEnd().Split("{\"done\"").Length - 1;
    }

    internal static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition()) await Task.Delay(5, limit.Token);
    }
}
