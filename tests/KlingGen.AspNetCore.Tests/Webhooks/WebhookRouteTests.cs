using System.Net;
using System.Net.Sockets;
using System.Text;
using Fal.KlingVideo;
using KlingGen.AspNetCore.Tests.Harness;

namespace KlingGen.AspNetCore.Tests.Webhooks;

public sealed class WebhookRouteTests
{
    private static readonly Uri Hook = new("/hooks/fal", UriKind.Relative);

    [Fact]
    public async Task MapFalWebhook_gives_the_typed_result_and_the_token()
    {
        FalWebhookCall<I2VOutput>? seen = null;
        await using var app = await WebhookApp.StartAsync(routes => routes.MapFalWebhook<I2VOutput>("/hooks/fal", (call, _) =>
        {
            seen = call;
            return Task.CompletedTask;
        }).WithName("fal"));

        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(app.Webhooks.UrlFor("fal", WebhookApp.Endpoint, "row-7")));
        Assert.True(seen!.IsSuccess);
        Assert.Equal("https://v3.fal.media/files/a.mp4", seen.Result.Video.Url);
        Assert.Equal((WebhookApp.Endpoint, "r1", "row-7"), (seen.Token!.EndpointId, seen.Token.RequestId, seen.LedgerId));
        Assert.Equal(("emulator-user", app.Time.GetUtcNow()), (seen.UserId, seen.SentAt));

        // A URL without a query is accepted by a typed route; then the endpoint is not known.
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(Hook, "r2"));
        Assert.Equal((null, null, "r2"), (seen.Token, seen.EndpointId, seen.RequestId));
    }

    [Fact]
    public async Task MapFalWebhook_gives_the_typed_error_of_a_failed_job()
    {
        FalException? error = null;
        await using var app = await WebhookApp.StartAsync(routes => routes.MapFalWebhook<I2VOutput>("/hooks/fal", (call, _) =>
        {
            error = call.Error;
            return Task.CompletedTask;
        }));
        const string Payload = """{"detail": [{"loc": ["body", "prompt"], "msg": "too rude", "type": "content_policy_violation"}]}""";
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(Hook, "r1", WebhookApp.Body("r1", Payload, "ERROR")));
        Assert.Equal("prompt", Assert.Single(Assert.IsType<FalJobFailedException>(error).Problems).Path);
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(Hook, "r2", WebhookApp.Body("r2", """{"no": "video"}""")));
        Assert.IsType<FalProtocolException>(error);
    }

    [Fact]
    public async Task MapFalWebhook_fetches_a_result_that_the_webhook_lacks()
    {
        var results = new List<string>();
        await using var app = await WebhookApp.StartAsync(routes => routes.MapFalWebhook("/hooks/fal", async (call, cancellationToken) =>
            results.Add((await call.GetResultAsync<I2VOutput>(cancellationToken)).Video.Url)).WithName("fal"));
        app.Fal.Script.For("**", FalEmulatedRun.Instant with { Result = WebhookApp.VideoJson });
        using var client = app.Fal.CreateClient();
        var request = FalJson.Read<FalRawResult>("""{"prompt": "x", "image_url": "https://a.example/b.png"}""");
        var job = await client.Endpoint(WebhookApp.Endpoint).SubmitAsync(request);
        var body = $$"""{"request_id": "{{job.RequestId}}", "status": "OK", "payload": null, "payload_error": "not JSON serializable"}""";
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(app.Webhooks.UrlFor("fal", WebhookApp.Endpoint), job.RequestId, body));
        Assert.Equal(["https://v3.fal.media/files/a.mp4"], results);
    }

    [Fact]
    public async Task A_wrong_query_is_401_before_any_lookup()
    {
        var calls = 0;
        await using var app = await WebhookApp.StartAsync(routes =>
        {
            routes.MapFalWebhook("/hooks/fal", Count).WithName("fal");
            routes.MapFalWebhook<FalRawResult>("/hooks/other", Count).WithName("other");
        });
        var good = app.Webhooks.UrlFor("fal", WebhookApp.Endpoint, "row-7").AbsoluteUri;
        string[] wrong =
        [
            good[..good.IndexOf('?')],
            good.Replace("row-7", "row-8", StringComparison.Ordinal),
            good.Replace("pro%2F", "standard%2F", StringComparison.Ordinal),
            good + "0",
            good + "&fal_ledger=row-8",
            good + "&fal_trace=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            good.Replace("fal_ledger=row-7&", "", StringComparison.Ordinal),
            good.Replace("fal_ledger=row-7", "fal_ledger=", StringComparison.Ordinal),
            good[..good.LastIndexOf('=')] + "=" + new string('A', 64),
            good[..good.LastIndexOf('=')] + "=" + new string('A', 4000),
            app.Webhooks.UrlFor("other", WebhookApp.Endpoint, "row-7").AbsoluteUri.Replace("/hooks/other", "/hooks/fal", StringComparison.Ordinal),
            good.Replace("/hooks/fal", "/hooks/other", StringComparison.Ordinal),
        ];
        foreach (var url in wrong.Select(url => new Uri(url))) Assert.Equal(HttpStatusCode.Unauthorized, await app.DeliverAsync(url));
        Assert.Equal(0, app.Fal.Received.CountOf(FalOperation.WebhookKeys));
        Assert.Equal(0, calls);
        Assert.Contains(app.App.Log.Own, line => line.Contains("(401, wrong_query)", StringComparison.Ordinal));
        Assert.Contains(app.App.Log.Own, line => line.Contains("FalWebhooks.UrlFor", StringComparison.Ordinal));
        Assert.DoesNotContain(app.App.Log.Own, line => line.Contains("fal_signature", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(new Uri(good)));
        Assert.Equal(1, calls);

        Task Count(FalWebhookCall call, CancellationToken cancellationToken)
        {
            calls++;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_forged_delivery_is_401_and_the_log_says_why()
    {
        var calls = 0;
        await using var app = await WebhookApp.StartAsync(
            routes => routes.MapFalWebhook<FalRawResult>("/hooks/fal", (_, _) => Task.FromResult(calls++)),
            options => options.UserId = "emulator-user");
        using var forged = await app.App.Http.SendAsync(app.Delivery(Hook, by: new FalWebhookSigner(app.Time)));
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await app.DeliverAsync(Hook, user: "another-account"));
        var late = app.Delivery(Hook);
        app.Time.Advance(TimeSpan.FromSeconds(301));
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.App.Http.SendAsync(late)).StatusCode);
        using var bare = await app.App.Http.PostAsync(Hook, new StringContent("{}"));
        Assert.Equal(HttpStatusCode.Unauthorized, bare.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await app.App.Http.GetAsync(Hook)).StatusCode);
        Assert.Equal(0, calls);
        foreach (var verdict in new[] { "wrong_signature", "other_account", "too_old", "missing_header" })
            Assert.Contains(app.App.Log.Own, line => line.Contains($"(401, {verdict})", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unavailable_keys_are_503_and_a_body_that_is_no_webhook_is_400()
    {
        await using var app = await WebhookApp.StartAsync(routes => routes.MapFalWebhook<FalRawResult>("/hooks/fal", (_, _) => Task.CompletedTask));
        app.Fal.Faults.Add(FalOperation.WebhookKeys, FalFault.Error(404));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.DeliverAsync(Hook));
        app.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.BadRequest, await app.DeliverAsync(Hook, "r1", """{"hello": "world"}"""));
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(Hook));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413_and_a_body_that_never_comes_is_408()
    {
        await using var app = await WebhookApp.StartAsync(
            routes => routes.MapFalWebhook<FalRawResult>("/hooks/fal", (_, _) => Task.CompletedTask, options => options.MaxBodyBytes = 1000));
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(Hook, "r1", Padded(1000)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await app.DeliverAsync(Hook, "r2", Padded(1001)));
        using var chunked = app.Delivery(Hook, "r3", Padded(5000));
        chunked.Headers.TransferEncodingChunked = true;
        using var refused = await app.App.Http.SendAsync(chunked);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);

        using var socket = new TcpClient("127.0.0.1", app.App.Address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /hooks/fal HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{"));
        await app.Time.TimersPendingAsync();
        app.Time.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal("HTTP/1.1 408 Request Timeout", await new StreamReader(socket.GetStream()).ReadLineAsync());

        static string Padded(int length) => WebhookApp.Body("r1", $"\"{new string('x', length - WebhookApp.Body("r1", "\"\"").Length)}\"");
    }
}
