using System.Diagnostics;
using Fal.KlingVideo;
using KlingGen.AspNetCore.Tests.Harness;

namespace KlingGen.AspNetCore.Tests.Webhooks;

/// <summary>Two nodes of one app: one submits, the other one is where fal delivers.</summary>
public sealed class WebhookNodesTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("a-secret-of-at-least-32-characters!")]
    public async Task Node_A_submits_and_node_B_runs_the_handler(string? secret)
    {
        await using var fal = await FalEmulator.StartAsync();
        fal.Script.For("**", FalEmulatedRun.Instant with { Result = WebhookApp.VideoJson });
        var handled = new TaskCompletionSource<FalWebhookCall<I2VOutput>>();
        await using var nodeB = await TestApp.StartAsync(fal, AddWebhooks, routes => Map(routes, call => handled.SetResult(call)));
        await using var nodeA = await TestApp.StartAsync(
            fal,
            (builder, _) => AddWebhooks(builder, nodeB.Address),
            routes => Map(routes, _ => throw new InvalidOperationException("fal delivers to node B.")));

        using var activity = new Activity("submit").SetIdFormat(ActivityIdFormat.W3C).Start();
        var client = nodeA.Services.GetRequiredService<FalClient>();
        var endpoint = client.KlingVideo().V1_6.Pro.ImageToVideo;
        var url = nodeA.Services.GetRequiredService<FalWebhooks>().UrlFor("videos", endpoint.EndpointId, "order-5");
        var job = await endpoint.SubmitAsync(ProImageToVideoRequest.Example(), new() { Webhook = url });

        var call = await handled.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("https://v3.fal.media/files/a.mp4", call.Result?.Video.Url);
        Assert.Equal((job.RequestId, "order-5"), (call.RequestId, call.LedgerId));
        Assert.Contains(activity.TraceId.ToHexString(), url.Query, StringComparison.Ordinal);
        var resumed = nodeB.Services.GetRequiredService<FalClient>().KlingVideo().V1_6.Pro.ImageToVideo.Resume(call.Token!);
        Assert.Equal("https://v3.fal.media/files/a.mp4", (await resumed.GetResultAsync()).Video.Url);
        Assert.Equal(FalWebhookOutcome.Delivered, await OutcomeAsync(fal, job.RequestId));

        void AddWebhooks(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder, Uri address)
            => builder.Services.AddFalWebhooks(options => (options.PublicBaseUrl, options.Secret) = (address, secret));

        static void Map(WebApplication routes, Action<FalWebhookCall<I2VOutput>> handle)
            => routes.MapFalWebhook<I2VOutput>("/hooks/videos", (call, _) =>
            {
                handle(call);
                return Task.CompletedTask;
            }).WithName("videos");
    }

    [Fact]
    public async Task A_failed_handler_is_called_again_by_the_next_delivery_of_fal()
    {
        await using var fal = await FalEmulator.StartAsync(new() { Webhooks = new() { Pause = TimeSpan.FromMilliseconds(20) } });
        fal.Script.For("**", FalEmulatedRun.Instant);
        var calls = 0;
        await using var app = await TestApp.StartAsync(
            fal,
            (builder, address) => builder.Services.AddFalWebhooks(options => options.PublicBaseUrl = address),
            routes => routes.MapFalWebhook(
                "/hooks/any",
                (_, _) => Interlocked.Increment(ref calls) < 3 ? throw new IOException("not yet") : Task.CompletedTask).WithName("any"));
        var endpoint = app.Services.GetRequiredService<FalClient>().Endpoint(WebhookApp.Endpoint);
        var url = app.Services.GetRequiredService<FalWebhooks>().UrlFor("any", endpoint.EndpointId);
        var request = FalJson.Read<FalRawResult>("""{"prompt": "x", "image_url": "https://a.example/b.png"}""");
        var job = await endpoint.SubmitAsync(request, new FalSubmitOptions { Webhook = url });
        Assert.Equal(FalWebhookOutcome.Delivered, await OutcomeAsync(fal, job.RequestId));
        Assert.Equal(3, calls);
        Assert.Equal([500, 500, 200], fal.Webhooks.All.Single().Attempts.Select(attempt => attempt.StatusCode));
    }

    private static async Task<FalWebhookOutcome> OutcomeAsync(FalEmulator fal, string requestId)
        => (await fal.Webhooks.WaitForAsync(requestId).WaitAsync(TimeSpan.FromSeconds(20))).Outcome;
}
