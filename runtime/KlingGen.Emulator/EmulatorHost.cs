using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fal.Emulation;

/// <summary>The web server: five listeners, one for each host of fal, each with its own routes.</summary>
internal static class EmulatorHost
{
    private static readonly FalService[] Services = Enum.GetValues<FalService>();

    public static async Task<IHost> StartAsync(FalEmulatorOptions options, EmulatorServices services, CancellationToken cancellationToken)
    {
        var host = new HostBuilder()
            .ConfigureWebHost(web => web.UseKestrel(server => Configure(server, options)).Configure(app => Build(app, services)))
            // Registered after the web server's own factory, so that the server binds with the gates.
            .ConfigureServices(collection => collection.AddRouting().AddSingleton<IHostLifetime, NoLifetime>()
                .AddSingleton<IConnectionListenerFactory>(own => services.Gates.Wrap(ActivatorUtilities.CreateInstance<SocketTransportFactory>(own))))
            .Build();
        try
        {
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
            services.Addresses = AddressesOf(host);
            services.Stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private static void Configure(KestrelServerOptions server, FalEmulatorOptions options)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = options.LargestBody;
        // No minimum data rates, because tests send and receive slowly on purpose.
        server.Limits.MinRequestBodyDataRate = null;
        server.Limits.MinResponseDataRate = null;
        for (var i = 0; i < Services.Length; i++)
        {
            var service = Services[i];
            server.Listen(options.ListenOn, PortOf(service, i, options), listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => connection =>
                {
                    connection.Items[typeof(FalService)] = service;
                    return next(connection);
                });
            });
        }
    }

    private static int PortOf(FalService service, int index, FalEmulatorOptions options)
    {
        var own = service switch
        {
            FalService.Queue => options.QueuePort,
            FalService.Run => options.RunPort,
            FalService.Rest => options.RestPort,
            FalService.Media => options.MediaPort,
            _ => options.PlatformPort,
        };
        return own ?? (options.Port == 0 ? 0 : options.Port + index);
    }

    private static void Build(IApplicationBuilder app, EmulatorServices services)
    {
        var intake = new RequestIntake(services);
        var queue = new QueueRoutes(services, intake);
        var run = new RunRoutes(services, intake);
        foreach (var service in Services)
        {
            app.MapWhen(context => ServiceOf(context) == service, branch =>
            {
                branch.Use(next => context => Health.IsAsked(context) ? Health.AnswerAsync(context, service, services) : next(context));
                branch.Use(next => context => Browsers.AllowAsync(context, next));
                branch.UseRouting();
                branch.Use(next => context => ReceiveAsync(context, service, services, next));
                if (service == FalService.Media) branch.Use(next => context => KeyGuard.HandleAsync(context, services, next));
                branch.UseEndpoints(routes => Map(routes, service, services));
                branch.Run(context => service switch
                {
                    FalService.Queue => queue.HandleAsync(context, CallOf(context, service)),
                    FalService.Run => run.HandleAsync(context, CallOf(context, service)),
                    FalService.Platform => PlatformAnswers.ErrorAsync(context, 404, $"Path {context.Request.Path} not found"),
                    _ => Answers.NotFoundAsync(context),
                });
            });
        }
    }

    /// <summary>
    /// Maps the routes with fixed paths. Each route has an <see cref="OperationMark"/>, which the recorder and the faults
    /// read. The queue and the run host have no such routes, because their paths contain endpoint ids of any length.
    /// </summary>
    private static void Map(IEndpointRouteBuilder routes, FalService service, EmulatorServices services)
    {
        switch (service)
        {
            case FalService.Rest:
                new StorageRoutes(services).Map(routes);
                routes.MapGet("/.well-known/jwks.json", context => Answers.JsonAsync(context, 200, services.Reporter.Signer.Jwks))
                    .WithMetadata(new OperationMark(FalOperation.WebhookKeys));
                break;
            case FalService.Media:
                new MediaRoutes(services).Map(routes);
                break;
            case FalService.Platform:
                new PlatformRoutes(services).Map(routes);
                new PlatformFileRoutes(services).Map(routes);
                break;
            default:
                break;
        }
    }

    private static async Task ReceiveAsync(HttpContext context, FalService service, EmulatorServices services, RequestDelegate next)
    {
        var request = services.Recorder.Begin(context, service, CallOf(context, service));
        context.Response.OnStarting(() =>
        {
            if (!request.IsBroken) request.Answered(context.Response.StatusCode);
            services.Journal?.Write(request);
            return Task.CompletedTask;
        });
        try
        {
            request.Fault = services.Faults.Take(request.Operation, EndpointOf(request, services));
            var handled = request.Fault is { } planned
                ? planned.StrikeAsync(new FaultStrike(context, next, services.Time, request, () => services.Journal?.Write(request)))
                : next(context);
            await handled.ConfigureAwait(false);
        }
        catch (Exception ex) when (ex is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The caller disconnected, perhaps while it sent the body, and no response can reach it.
            request.IsBroken = true;
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException ex) when (!context.Response.HasStarted)
        {
            // The server rejected the body while it was read: it is too large, or its chunks are malformed.
            await Answers.ErrorAsync(context, ex.StatusCode, ex.Message).ConfigureAwait(false);
        }
        catch (Exception ex) when (!context.Response.HasStarted)
        {
            // The script threw, or the emulator has a bug: the response contains the message of the exception.
            await Answers.ErrorAsync(context, 500, $"The emulator failed: {ex.GetType().Name}: {ex.Message}", "internal_error").ConfigureAwait(false);
        }
        finally
        {
            // OnStarting of a response without a body runs only after this block, so the status is recorded here.
            if (!request.IsBroken && request.StatusCode is null) request.Answered(context.Response.StatusCode);
            services.Journal?.Write(request);
            services.Received.Finish(request);
        }
    }

    // The URL of a job contains only its app; the job has the endpoint.
    private static string? EndpointOf(FalReceivedRequest request, EmulatorServices services)
    {
        var job = request is { EndpointId: { } app, RequestId: { } id } ? services.Jobs.Find(app, id) : null;
        return job?.Endpoint.ToString() ?? request.EndpointId;
    }

    private static Call CallOf(HttpContext context, FalService service)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<OperationMark>() is { } mark) return new Call(mark.Operation);
        var path = context.Request.Path.Value ?? "";
        return service switch
        {
            FalService.Queue => Call.OfQueue(context.Request.Method, path),
            FalService.Run => Call.OfRun(context.Request.Method, path),
            _ => new Call(FalOperation.None),
        };
    }

    private static FalService ServiceOf(HttpContext context)
        => (FalService)context.Features.Get<IConnectionItemsFeature>()!.Items[typeof(FalService)]!;

    private static EmulatorAddresses AddressesOf(IHost host)
    {
        var bound = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        // A client cannot connect to the address "any", but to the loopback address that it includes.
        var addresses = bound.Addresses.Select(address => new Uri(address.Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal)
            .Replace("//[::]:", "//[::1]:", StringComparison.Ordinal))).ToArray();
        return new(addresses[0], addresses[1], addresses[2], addresses[3], new Uri(addresses[4], "/v1"));
    }

    // The app handles Ctrl+C, not the emulator.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
