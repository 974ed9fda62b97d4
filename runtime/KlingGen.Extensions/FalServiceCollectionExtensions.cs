using Fal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="FalClient"/> with a service collection.</summary>
public static class FalServiceCollectionExtensions
{
    private const string DefaultSection = "Fal";
    private const string DefaultConnection = "fal";

    /// <summary>
    /// Registers a singleton <see cref="FalClient"/> whose options come from the configuration section <c>Fal</c>. Values of
    /// the connection string <c>ConnectionStrings:fal</c> override the section. If neither has a key, it is taken from
    /// <c>FAL_KEY</c>. The options are validated when the host starts.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <returns>A builder for further settings.</returns>
    /// <example><code>
    /// builder.Services.AddFal();
    /// app.MapPost("/clips", (FalClient fal, ImageToVideoRequest request) => fal.KlingVideo().V1_6.Pro.ImageToVideo.RunAsync(request));
    /// </code></example>
    public static FalBuilder AddFal(this IServiceCollection services) => services.AddFal(DefaultSection);

    /// <summary>
    /// Registers a singleton <see cref="FalClient"/> whose options come from a configuration section with another name.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="sectionName">The path of the section, such as <c>Services:Fal</c>.</param>
    /// <returns>A builder for further settings.</returns>
    public static FalBuilder AddFal(this IServiceCollection services, string sectionName)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(sectionName);
        return Add(services, new FalRegistration(null, sectionName, DefaultConnection, null));
    }

    /// <summary>Registers a singleton <see cref="FalClient"/> whose options come from a configuration section.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="section">The section.</param>
    /// <returns>A builder for further settings.</returns>
    public static FalBuilder AddFal(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, new FalRegistration(null, section.Path, DefaultConnection, section));
    }

    /// <summary>
    /// Registers another <see cref="FalClient"/> as a keyed service, for a second account. Its options come from the
    /// section, and from the connection string whose name is the service key. It never takes its key from <c>FAL_KEY</c>,
    /// which belongs to the default client.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="serviceKey">The service key, for <c>[FromKeyedServices("team-b")]</c>.</param>
    /// <param name="sectionName">The path of the section, such as <c>Fal:TeamB</c>.</param>
    /// <returns>A builder for further settings.</returns>
    public static FalBuilder AddKeyedFal(this IServiceCollection services, string serviceKey, string sectionName)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(serviceKey);
        ArgumentException.ThrowIfNullOrEmpty(sectionName);
        return Add(services, new FalRegistration(serviceKey, sectionName, serviceKey, null));
    }

    /// <summary>
    /// Registers the client of an endpoint as a singleton over the registered <see cref="FalClient"/>, so that it can be
    /// injected into a constructor. The emitted <c>AddFalClients()</c> calls this for each endpoint of the project; call it
    /// for your own clients.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="create">Creates the client.</param>
    /// <param name="serviceKey">The service key of the <see cref="FalClient"/> and of the endpoint's client; null for the
    /// default one.</param>
    /// <typeparam name="TClient">The type of the client.</typeparam>
    /// <returns>The service collection.</returns>
    public static IServiceCollection AddFalClient<TClient>(
        this IServiceCollection services, Func<FalClient, TClient> create, string? serviceKey = null)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(create);
        if (serviceKey is null) services.TryAddSingleton(provider => create(provider.GetRequiredService<FalClient>()));
        else services.TryAddKeyedSingleton(serviceKey, (provider, key) => create(provider.GetRequiredKeyedService<FalClient>(key)));
        return services;
    }

    private static FalBuilder Add(IServiceCollection services, FalRegistration registration)
    {
        var builder = new FalBuilder(services, registration);
        if (!FalRegistrations.In(services).TryAdd(registration)) return builder;
        AddOptions(services, registration);
        builder.HttpClient
            .ConfigurePrimaryHttpMessageHandler(FalClientOptions.CreateHttpHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigureHttpClient(static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.AddKeyedOrNot(registration.ServiceKey, provider => new FalClientFactory(provider, registration));
        services.AddKeyedOrNot<IFalClientFactory>(registration.ServiceKey, provider => registration.Resolve<FalClientFactory>(provider));
        services.AddKeyedOrNot(registration.ServiceKey, provider => registration.Resolve<FalClientFactory>(provider).CreateDefault());
        return builder;
    }

    private static void AddOptions(IServiceCollection services, FalRegistration registration)
    {
        services.AddOptions<FalClientOptions>(registration.OptionsName)
            .Configure<IServiceProvider>((options, provider) => FalConfiguration.Apply(options, registration, provider.GetService<IConfiguration>()))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<FalClientOptions>>(provider => new FalOptionsValidator(registration, provider));
    }

    private static void AddKeyedOrNot<T>(this IServiceCollection services, string? serviceKey, Func<IServiceProvider, T> create)
        where T : class
    {
        if (serviceKey is null) services.TryAddSingleton(create);
        else services.TryAddKeyedSingleton(serviceKey, (provider, _) => create(provider));
    }
}
