using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KlingGen.AspNetCore.Tests.Harness;

/// <summary>An emulator and an app with a proxy in front of it.</summary>
internal sealed class ProxyApp : IAsyncDisposable
{
    public const string Endpoint = "fal-ai/kling-video/v1.6/pro/image-to-video";
    public const string SubmitUrl = "https://queue.fal.run/" + Endpoint;
    public const string Path = "/api/fal/proxy";
    public const string Input = """{"prompt": "snow falls", "image_url": "https://a.example/car.jpg", "duration": "5"}""";

    private ProxyApp(FalEmulator fal, TestApp app)
    {
        Fal = fal;
        App = app;
    }

    public FalEmulator Fal { get; }

    public TestApp App { get; }

    /// <summary>The header by which fal knows the app, as the emulator records it.</summary>
    public string KeyHeader => $"Key {Fal.Key.Split(':')[0]}:***";

    /// <summary>Starts both; unless <paramref name="routes"/> is given, every caller may use every endpoint.</summary>
    public static async Task<ProxyApp> StartAsync(
        Action<FalProxyOptions>? configure = null,
        Action<WebApplication>? routes = null,
        string environment = "Production",
        Action<IServiceCollection>? services = null)
    {
        var fal = await FalEmulator.StartAsync();
        fal.Script.For("**", FalEmulatedRun.Instant);
        var app = await TestApp.StartAsync(fal, (builder, _) => services?.Invoke(builder.Services), routes ?? Map, environment);
        return new ProxyApp(fal, app);

        void Map(WebApplication app) => app.MapFalProxy(Path, options =>
        {
            options.AllowedEndpoints.Add("**");
            configure?.Invoke(options);
        }).AllowAnonymous();
    }

    /// <summary>A client as it runs in a browser or on a device: without a key.</summary>
    public FalClient CreateClient(Action<FalClientOptions>? change = null)
    {
        var options = new FalClientOptions
        {
            ProxyAddress = new Uri(App.Address, Path),
            AllowHttpOnLoopback = true,
            Polling = FalPolling.Every(TimeSpan.FromMilliseconds(10)),
        };
        change?.Invoke(options);
        return new FalClient(options);
    }

    public Task<HttpResponseMessage> SendAsync(
        string method, string? target, string? body = null, Action<HttpRequestMessage>? change = null,
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), Path);
        if (target is not null) request.Headers.TryAddWithoutValidation("x-fal-target-url", target);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        change?.Invoke(request);
        return App.Http.SendAsync(request, completion);
    }

    public async Task<HttpStatusCode> StatusOfAsync(string method, string? target, string? body = null)
    {
        using var response = await SendAsync(method, target, body);
        return response.StatusCode;
    }

    /// <summary>Sends bytes as they are, and returns the status line of the answer; empty if the connection was closed.</summary>
    public async Task<string> SendRawAsync(string text)
    {
        using var socket = new TcpClient("127.0.0.1", App.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)) ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Fal.DisposeAsync();
    }
}
