using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KlingGen.AspNetCore.Tests.Harness;

/// <summary>An app on a loopback port of its own, with a client of an emulator among its services.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestApp(WebApplication app, Uri address, RecordedLog log)
    {
        _app = app;
        Address = address;
        Log = log;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public RecordedLog Log { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts an app.</summary>
    /// <param name="fal">The emulator that its client calls.</param>
    /// <param name="services">Adds services.</param>
    /// <param name="routes">Maps routes.</param>
    /// <param name="environment">The name of the environment.</param>
    public static async Task<TestApp> StartAsync(
        FalEmulator fal, Action<WebApplicationBuilder, Uri> services, Action<WebApplication> routes, string environment = "Production")
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var log = new RecordedLog();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.WebHost.UseUrls(address.ToString());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        builder.Services.AddSingleton(_ => fal.CreateClient());
        services(builder, address);
        var app = builder.Build();
        routes(app);
        await app.StartAsync();
        return new TestApp(app, address, log);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
