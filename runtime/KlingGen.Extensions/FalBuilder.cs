using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Fal;

/// <summary>Configures a registered <see cref="FalClient"/>. Returned by <c>AddFal</c> and <c>AddKeyedFal</c>.</summary>
public sealed class FalBuilder
{
    private readonly FalRegistration _registration;

    internal FalBuilder(IServiceCollection services, FalRegistration registration)
    {
        Services = services;
        _registration = registration;
        HttpClient = services.AddHttpClient(registration.HttpClientName);
    }

    /// <summary>The service collection.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The service key; null for the default client.</summary>
    public string? ServiceKey => _registration.ServiceKey;

    /// <summary>
    /// The builder of the HTTP client that sends the requests, for a proxy, certificates or your own handlers. Resilience
    /// handlers are removed, even if they are added here: <see cref="FalClient"/> has its own retries, and a handler above
    /// it would send paid requests again.
    /// </summary>
    public IHttpClientBuilder HttpClient { get; }

    /// <summary>Changes the options in code, after the configuration is bound.</summary>
    /// <param name="configure">Changes the options.</param>
    /// <returns>This builder.</returns>
    public FalBuilder Configure(Action<FalClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(_registration.OptionsName, configure);
        return this;
    }

    /// <summary>
    /// Registers the provider of tenant keys, for <see cref="IFalClientFactory.ForTenantAsync"/>. With a provider, the
    /// default client needs no key.
    /// </summary>
    /// <typeparam name="TProvider">The type of the provider, registered as a singleton.</typeparam>
    /// <returns>This builder.</returns>
    public FalBuilder AddKeyProvider<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProvider>()
        where TProvider : class, IFalKeyProvider
    {
        if (ServiceKey is null) Services.TryAddSingleton<IFalKeyProvider, TProvider>();
        else Services.TryAddKeyedSingleton<IFalKeyProvider, TProvider>(ServiceKey);
        return this;
    }
}
