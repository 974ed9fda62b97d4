using Fal;
using Fal.AspNetCore;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the services of webhook routes.</summary>
public static class FalWebhookServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services for <c>MapFalWebhook</c>: <see cref="FalWebhooks"/>, a <see cref="FalWebhookVerifier"/> and an
    /// in-memory <see cref="IFalWebhookStore"/>. A service that is already registered is kept. The app registers the
    /// <see cref="FalClient"/>.
    /// </summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="configure">Changes the options after the configuration section <c>Fal</c> is bound.</param>
    public static IServiceCollection AddFalWebhooks(this IServiceCollection services, Action<FalWebhooksOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRouting();
        services.AddOptions<FalWebhooksOptions>().Configure<IServiceProvider>(static (options, provider) => Read(options, provider));
        if (configure is not null) services.Configure(configure);
        services.TryAddSingleton(static provider => new FalWebhooks(
            provider.GetRequiredService<LinkGenerator>(),
            provider.GetRequiredService<FalClient>(),
            provider.GetRequiredService<IOptions<FalWebhooksOptions>>()));
        services.TryAddSingleton(static provider => new FalWebhookVerifier(provider.GetRequiredService<FalClient>(), new()
        {
            UserId = provider.GetRequiredService<IOptions<FalWebhooksOptions>>().Value.UserId,
            TimeProvider = provider.GetService<TimeProvider>(),
        }));
        services.TryAddSingleton<IFalWebhookStore>(static provider => new FalWebhookMemoryStore(timeProvider: provider.GetService<TimeProvider>()));
        services.TryAddSingleton<WebhookInboxWorker>();
        services.AddHostedService(static provider => provider.GetRequiredService<WebhookInboxWorker>());
        services.AddHostedService<WebhookStartupCheck>();
        return services;
    }

    // Bound by hand, because reflection-based binding gives a trim warning.
    private static void Read(FalWebhooksOptions options, IServiceProvider provider)
    {
        if (provider.GetService<IConfiguration>()?.GetSection("Fal") is not { } section) return;
        if (section["PublicBaseUrl"] is { Length: > 0 } url)
        {
            options.PublicBaseUrl = Uri.TryCreate(url, UriKind.Absolute, out var address)
                ? address : throw new InvalidOperationException($"Fal:PublicBaseUrl is not an absolute URL: '{url}'.");
        }
        if (section["WebhookSecret"] is { Length: > 0 } secret) options.Secret = secret;
        if (section["WebhookUserId"] is { Length: > 0 } userId) options.UserId = userId;
        foreach (var previous in section.GetSection("PreviousWebhookSecrets").GetChildren())
            if (previous.Value is { } value) options.PreviousSecrets.Add(value);
    }
}
