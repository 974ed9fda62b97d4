using System.Net;
using System.Security.Cryptography;
using Fal;
using Fal.Emulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Playground;

/// <summary>What the page's server works with.</summary>
/// <param name="Emulator">Where runs go that cost nothing.</param>
/// <param name="Specs">The user's documents.</param>
/// <param name="Console">Where paid jobs are reported.</param>
internal sealed record PlaygroundOptions(FalEmulator Emulator, IReadOnlyList<SpecInput> Specs, ToolConsole Console)
{
    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The way to fal itself, with the key and a budget. Null allows no paid runs.</summary>
    public FalClientOptions? Paid { get; init; }
}

/// <summary>
/// The server of the local page. It listens on the loopback address only and has a port of its own, apart from the emulator's hosts, which any
/// page may call.
/// </summary>
internal sealed class PlaygroundServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly PageCalls _calls;
    private readonly string _token;

    private PlaygroundServer(WebApplication app, PageCalls calls, string token)
    {
        _app = app;
        _calls = calls;
        _token = token;
    }

    /// <summary>The page without the token.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>The page with the token in the fragment, which browsers send to no server.</summary>
    public Uri Page => new(Address, "#token=" + _token);

    /// <summary>Method and path of everything that is served.</summary>
    public IEnumerable<string> Routes => ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Select(route => $"{route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0]} {route.RoutePattern.RawText}");

    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="ArgumentException">Paid runs are allowed and there is no key.</exception>
    public static async Task<PlaygroundServer> StartAsync(PlaygroundOptions options, CancellationToken cancellation)
    {
        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = PageCalls.LargestJson;
            server.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });

        // After the builder's own, which would take Ctrl-C from the tool.
        builder.Services.AddRoutingCore().AddSingleton<IHostLifetime, NoLifetime>();
        var app = builder.Build();
        var calls = new PageCalls(options);
        var guard = new PageGuard(token, MediaOrigins(options));
        app.Use(guard.InvokeAsync);
        app.UseRouting();
        PageAssets.Map(app);
        calls.Map(app);
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
            return new PlaygroundServer(app, calls, token);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);
        await _app.StopAsync(now.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _calls.Dispose();
    }

    // Results on fal name files at any https host; those of the emulator have one origin.
    private static string[] MediaOrigins(PlaygroundOptions options)
    {
        var emulated = options.Emulator.MediaAddress.GetLeftPart(UriPartial.Authority);
        return options.Paid is null ? [emulated] : [emulated, "https:"];
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
