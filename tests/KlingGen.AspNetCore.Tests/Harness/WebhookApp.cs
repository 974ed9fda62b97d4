using System.Net;
using System.Text;

namespace KlingGen.AspNetCore.Tests.Harness;

/// <summary>An emulator on a fake clock and an app with webhook routes, to which a test delivers by itself.</summary>
internal sealed class WebhookApp : IAsyncDisposable
{
    public const string Endpoint = "fal-ai/kling-video/v1.6/pro/image-to-video";
    public const string VideoJson = """{"video": {"url": "https://v3.fal.media/files/a.mp4"}}""";

    private WebhookApp(FakeTime time, FalEmulator fal, TestApp app)
    {
        Time = time;
        Fal = fal;
        App = app;
    }

    public FakeTime Time { get; }

    public FalEmulator Fal { get; }

    public TestApp App { get; }

    public FalWebhooks Webhooks => App.Services.GetRequiredService<FalWebhooks>();

    public static async Task<WebhookApp> StartAsync(
        Action<WebApplication> routes, Action<FalWebhooksOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var time = new FakeTime();
        var fal = await FalEmulator.StartAsync(new() { TimeProvider = time });
        var app = await TestApp.StartAsync(
            fal,
            (builder, address) =>
            {
                builder.Services.AddSingleton<TimeProvider>(time);
                builder.Services.AddFalWebhooks(options =>
                {
                    options.PublicBaseUrl = address;
                    configure?.Invoke(options);
                });
                services?.Invoke(builder.Services);
            },
            routes);
        return new WebhookApp(time, fal, app);
    }

    /// <summary>A webhook body as fal writes it.</summary>
    public static string Body(string requestId, string payload = VideoJson, string status = "OK")
        => $$"""{"request_id": "{{requestId}}", "gateway_request_id": "{{requestId}}", "status": "{{status}}", "payload": {{payload}}}""";

    /// <summary>Delivers a signed webhook, as fal does.</summary>
    public async Task<HttpStatusCode> DeliverAsync(Uri url, string requestId = "r1", string? body = null, string user = "emulator-user")
    {
        using var response = await App.Http.SendAsync(Delivery(url, requestId, body, user));
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        return response.StatusCode;
    }

    public HttpRequestMessage Delivery(
        Uri url, string requestId = "r1", string? body = null, string user = "emulator-user", FalWebhookSigner? by = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body ?? Body(requestId));
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(bytes) };
        foreach (var (name, value) in (by ?? Fal.WebhookSigner).Sign(bytes, requestId, user)) request.Headers.Add(name, value);
        return request;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Fal.DisposeAsync();
    }
}
