using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Extension methods that add fal.ai to an AppHost.</summary>
public static partial class FalResourceBuilderExtensions
{
    // In the order of the ports, like the option --port of the tool.
    private static readonly string[] Hosts = ["Queue", "Run", "Rest", "Media", "Platform"];

    /// <summary>
    /// Adds fal. Projects that reference it get a connection string. <c>services.AddFal()</c> of the package
    /// KlingGen.Extensions reads it if the name is <c>fal</c>, otherwise <c>services.AddKeyedFal(name, …)</c>.
    /// </summary>
    /// <param name="builder">The builder of the app.</param>
    /// <param name="name">The name of the resource and of its connection string.</param>
    /// <param name="key">The key; when null, a secret parameter named <c>&lt;name&gt;-key</c>. If the parameter has no
    /// value, <c>FAL_KEY</c> of the AppHost's configuration is used.</param>
    /// <example><code>
    /// var fal = builder.AddFal("fal").RunAsEmulator();
    /// builder.AddProject&lt;Projects.Studio&gt;("studio").WithReference(fal).WaitFor(fal);
    /// </code></example>
    public static IResourceBuilder<FalResource> AddFal(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, IResourceBuilder<ParameterResource>? key = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var fal = new FalResource(name, key?.Resource ?? AddKey(builder, name)) { OwnsKeyParameter = key is null };
        return builder.AddResource(fal)
            .WithIconName("VideoClip")
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "fal", Properties = [], State = KnownResourceStates.Waiting })
            .OnInitializeResource(StartAsync);
    }

    /// <summary>
    /// Runs the fal emulator, <c>klinggen serve</c>, instead of fal while the app runs on this machine; does nothing in a
    /// published app. The tool is searched in the tool manifest of the AppHost's folder or of a parent folder, and then on PATH.
    /// </summary>
    /// <param name="builder">The builder of fal.</param>
    /// <param name="configure">Changes the process, for instance <c>emulator => emulator.WithArgs("--instant")</c>.</param>
    /// <param name="toolPath">The path of the tool, relative to the AppHost's folder; when null, the tool is searched.</param>
    /// <param name="port">The first of five consecutive ports; when null, five free ports are used.</param>
    /// <exception cref="InvalidOperationException">The method was called before.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not from 1 to 65531.</exception>
    public static IResourceBuilder<FalResource> RunAsEmulator(
        this IResourceBuilder<FalResource> builder,
        Action<IResourceBuilder<FalEmulatorResource>>? configure = null,
        string? toolPath = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (port is < 1 or > IPEndPoint.MaxPort - 4)
            throw new ArgumentOutOfRangeException(nameof(port), port, "The first of the emulator's five ports is from 1 to 65531.");
        var app = builder.ApplicationBuilder;
        if (!app.ExecutionContext.IsRunMode) return builder;
        var fal = builder.Resource;
        if (fal.IsEmulator) throw new InvalidOperationException($"RunAsEmulator was called twice for the resource '{fal.Name}'.");

        var tool = EmulatorTool.Find(toolPath, app.AppHostDirectory, Environment.GetEnvironmentVariable("PATH"));
        var key = "emulator:" + Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        var emulator = new FalEmulatorResource(fal.Name + "-emulator", tool?.Command ?? "klinggen", app.AppHostDirectory, key);
        fal.Emulator = emulator;
        // Otherwise the dashboard would ask for its value.
        if (fal.OwnsKeyParameter) app.Resources.Remove(fal.KeyParameter);

        var process = app.AddResource(emulator).WithParentRelationship(builder).WithArgs([.. tool?.Arguments ?? [], "serve", "--key", key]);
        var ports = port is { } first ? [.. Enumerable.Range(first, Hosts.Length)] : FreePorts.Find(Hosts.Length);
        foreach (var (host, number) in Hosts.Zip(ports))
        {
            var name = FalEmulatorResource.EndpointNameOf(host);
            // Not proxied, because the emulator writes its own URLs into its responses.
            process.WithHttpEndpoint(port: number, targetPort: number, name: name, isProxied: false)
                .WithArgs($"--{name}-port", number.ToString(CultureInfo.InvariantCulture));
        }
        process.WithHttpHealthCheck("/health", endpointName: FalEmulatorResource.EndpointNameOf(Hosts[0]))
            .OnBeforeResourceStarted((_, _, _) => tool is null
                ? throw new DistributedApplicationException(EmulatorTool.NotFound(toolPath)) : Task.CompletedTask);
        configure?.Invoke(process);
        return builder;
    }

    /// <summary>
    /// Sets environment variables for an app that receives fal's webhooks: <c>Fal:PublicBaseUrl</c>, from which
    /// <c>FalWebhooks.UrlFor</c> of the package KlingGen.AspNetCore creates its URLs, and <c>FAL_WEBHOOK_URL</c>, the
    /// complete URL, for other apps. The emulator signs webhooks and delivers them to the app on this machine. fal itself
    /// delivers only to public URLs, so without an emulator nothing is set if <paramref name="publicEndpoint"/> is null.
    /// </summary>
    /// <param name="builder">The builder of fal.</param>
    /// <param name="receiver">The app that receives webhooks; without <paramref name="publicEndpoint"/> it needs an endpoint
    /// named <c>http</c>.</param>
    /// <param name="path">The path of the webhook route, such as <c>/hooks/fal</c>.</param>
    /// <param name="publicEndpoint">The public endpoint of the app, such as that of a dev tunnel.</param>
    public static IResourceBuilder<FalResource> WithWebhook<TReceiver>(
        this IResourceBuilder<FalResource> builder, IResourceBuilder<TReceiver> receiver, string path, EndpointReference? publicEndpoint = null)
        where TReceiver : IResourceWithEndpoints, IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(receiver);
        ArgumentNullException.ThrowIfNull(path);
        if (!path.StartsWith('/')) throw new ArgumentException("The path of a webhook begins with a slash, such as /hooks/fal.", nameof(path));
        // Evaluated when the app starts, because RunAsEmulator may be called later.
        receiver.WithEnvironment(context =>
        {
            if ((publicEndpoint ?? (builder.Resource.IsEmulator ? receiver.GetEndpoint("http") : null)) is not { } endpoint) return;
            context.EnvironmentVariables["Fal__PublicBaseUrl"] = endpoint;
            context.EnvironmentVariables["FAL_WEBHOOK_URL"] = ReferenceExpression.Create($"{endpoint}{path}");
        });
        return builder;
    }

    private static ParameterResource AddKey(IDistributedApplicationBuilder builder, string name)
    {
        var parameter = name + "-key";
        return builder.AddParameter(
            parameter,
            () => builder.Configuration["Parameters:" + parameter]
                // Environment variables cannot have dashes in their names.
                ?? builder.Configuration["Parameters:" + parameter.Replace('-', '_')]
                ?? builder.Configuration["FAL_KEY"]
                ?? throw new MissingParameterValueException(
                    $"There is no key of fal. Set it with 'dotnet user-secrets set Parameters:{parameter} <id>:<secret>' in the AppHost's folder, "
                    + "or set FAL_KEY, or call RunAsEmulator()."),
            secret: true).Resource;
    }

    /// <summary>Waits until the emulator is healthy or the key is available; then fal is ready.</summary>
    private static async Task StartAsync(FalResource fal, InitializeResourceEvent start, CancellationToken cancellationToken)
    {
        try
        {
            if (fal.IsEmulator)
                await start.Notifications.WaitForResourceHealthyAsync(fal.Emulator.Name, WaitBehavior.StopOnResourceUnavailable, cancellationToken)
                    .ConfigureAwait(false);
            else
                await fal.KeyParameter.GetValueAsync(cancellationToken).ConfigureAwait(false);
            await start.Eventing.PublishAsync(new ConnectionStringAvailableEvent(fal, start.Services), cancellationToken).ConfigureAwait(false);
            await start.Notifications.PublishUpdateAsync(fal, state => state with { State = KnownResourceStates.Running }).ConfigureAwait(false);
        }
        catch (DistributedApplicationException ex)
        {
            LogNotReady(start.Logger, ex.Message);
            await start.Notifications.PublishUpdateAsync(fal, state => state with { State = KnownResourceStates.FailedToStart })
                .ConfigureAwait(false);
        }
    }

    [LoggerMessage(LogLevel.Error, "fal is not ready: {Reason}")]
    private static partial void LogNotReady(ILogger logger, string reason);
}
