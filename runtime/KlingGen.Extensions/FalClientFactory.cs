using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fal;

/// <summary>Creates the clients of one registration.</summary>
internal sealed class FalClientFactory(IServiceProvider provider, FalRegistration registration) : IFalClientFactory, IDisposable
{
    private readonly ConcurrentDictionary<string, (string Key, FalClient Client)> _tenants = new(StringComparer.Ordinal);

    /// <summary>Creates the client with the configured key.</summary>
    public FalClient CreateDefault() => Create(null);

    public FalClient ForKey(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return Create(key);
    }

    public async ValueTask<FalClient> ForTenantAsync(string tenant, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        var keys = registration.Find<IFalKeyProvider>(provider)
            ?? throw new InvalidOperationException("No key provider is registered. Add one: services.AddFal().AddKeyProvider<MyKeyProvider>().");
        var key = await keys.GetKeyAsync(tenant, cancellationToken).ConfigureAwait(false);
        // With an empty key, the client would use FAL_KEY and run the tenant's jobs on the app's own account.
        if (string.IsNullOrWhiteSpace(key)) throw new ArgumentException("The key provider returned no key for the tenant.");
        if (_tenants.TryGetValue(tenant, out var known) && known.Key == key) return known.Client;
        var made = (Key: key, Client: Create(key));
        // The client with the former key stays usable until its last job is over; it has no connection of its own.
        var kept = _tenants.AddOrUpdate(tenant, made, (_, other) => other.Key == key ? other : made);
        if (kept.Client != made.Client) made.Client.Dispose();
        return kept.Client;
    }

    public void Dispose()
    {
        foreach (var (_, client) in _tenants.Values) client.Dispose();
    }

    private FalClient Create(string? key)
    {
        // A new instance instead of the monitor's shared one, because the key and the HTTP client are set here.
        var options = provider.GetRequiredService<IOptionsFactory<FalClientOptions>>().Create(registration.OptionsName);
        if (key is not null) options.Key = key;
        if (registration.ServiceKey is not null && string.IsNullOrWhiteSpace(options.Key))
        {
            throw new InvalidOperationException($"The keyed fal client '{registration.ServiceKey}' has no key of its own, only its tenants.");
        }
        if (options.HttpClient is null && options.HttpHandler is null)
        {
            options.HttpClient = provider.GetRequiredService<IHttpClientFactory>().CreateClient(registration.HttpClientName);
        }
        if (provider.GetService<ILoggerFactory>() is { } logs)
        {
            options.Observer = new FalLogObserver(logs.CreateLogger(FalLogObserver.Category), options.Observer);
        }
        return new FalClient(options);
    }
}
