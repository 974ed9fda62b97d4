using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Fal;

/// <summary>The registration of one client.</summary>
/// <param name="ServiceKey">The service key; null for the default client.</param>
/// <param name="SectionName">The path of its configuration section.</param>
/// <param name="ConnectionName">The name of its connection string.</param>
/// <param name="Section">The section itself; null if it is looked up in the host's configuration.</param>
internal sealed record FalRegistration(string? ServiceKey, string SectionName, string ConnectionName, IConfigurationSection? Section)
{
    /// <summary>The name of the options.</summary>
    public string OptionsName => ServiceKey ?? Options.DefaultName;

    /// <summary>The name of the HTTP client in the factory.</summary>
    public string HttpClientName => ServiceKey is null ? "fal" : "fal:" + ServiceKey;

    /// <summary>Gets a service of this client: a keyed service if the client is keyed.</summary>
    public T Resolve<T>(IServiceProvider provider)
        where T : notnull
        => ServiceKey is null ? provider.GetRequiredService<T>() : provider.GetRequiredKeyedService<T>(ServiceKey);

    /// <summary>Gets an optional service of this client.</summary>
    public T? Find<T>(IServiceProvider provider)
        => ServiceKey is null ? provider.GetService<T>() : provider.GetKeyedService<T>(ServiceKey);
}

/// <summary>
/// The registrations of a service collection. The instance is itself a service, so that each <c>AddFal</c> finds the earlier
/// registrations.
/// </summary>
internal sealed class FalRegistrations
{
    private readonly List<FalRegistration> _all = [];

    public static FalRegistrations In(IServiceCollection services)
    {
        foreach (var service in services)
            if (!service.IsKeyedService && service.ImplementationInstance is FalRegistrations found) return found;
        var registrations = new FalRegistrations();
        services.AddSingleton(registrations);
        // First among the filters, hence outermost: it sees the handlers that all other filters added.
        services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter>(new FalHandlerFilter(registrations)));
        return registrations;
    }

    /// <summary>Adds a registration; false if the same client was registered before.</summary>
    /// <exception cref="InvalidOperationException">It was registered before with another section.</exception>
    public bool TryAdd(FalRegistration registration)
    {
        if (_all.Find(other => other.ServiceKey == registration.ServiceKey) is { } known)
        {
            if (known.SectionName == registration.SectionName) return false;
            throw new InvalidOperationException(
                $"This fal client is registered with the section '{known.SectionName}' already, and now with '{registration.SectionName}'. "
                + "Register another account with AddKeyedFal.");
        }
        _all.Add(registration);
        return true;
    }

    public bool HasHttpClient(string? name) => _all.Exists(registration => registration.HttpClientName == name);
}
