using Fal;
using Fal.Jobs;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a ledger in a SQLite file.</summary>
public static class FalSqliteServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="FalSqliteLedger"/> as a singleton, as the <see cref="IFalLedger"/> of the job runner and as the
    /// <see cref="IFalWebhookInbox"/> of webhooks. Its clock is the registered <see cref="TimeProvider"/>, or the system's. The file is opened, and
    /// made if it is not there, when the ledger is first resolved.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="path">The file, on a local disk.</param>
    /// <returns>The service collection.</returns>
    public static IServiceCollection AddFalSqliteLedger(this IServiceCollection services, string path)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(path);
        services.TryAddSingleton(provider => FalSqliteLedger.Open(path, create: true, provider.GetService<TimeProvider>() ?? TimeProvider.System));
        services.TryAddSingleton<IFalLedger>(provider => provider.GetRequiredService<FalSqliteLedger>());
        services.TryAddSingleton<IFalWebhookInbox>(provider => provider.GetRequiredService<FalSqliteLedger>());
        return services;
    }
}
