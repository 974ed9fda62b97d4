using Fal;
using Fal.Jobs;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a ledger on PostgreSQL.</summary>
public static class FalPostgreSqlServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="FalPostgreSqlLedger"/> as a singleton, as the <see cref="IFalLedger"/> of the job runner and as the
    /// <see cref="IFalWebhookInbox"/> of webhooks. Its clock is the registered <see cref="TimeProvider"/>, or the system's.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">Sets the connection string or the schema; without a connection string the registered data source is used.</param>
    /// <returns>The service collection.</returns>
    /// <example><code>
    /// builder.Services.AddFalPostgreSqlLedger(options => options.ConnectionString = builder.Configuration.GetConnectionString("jobs"));
    /// </code></example>
    public static IServiceCollection AddFalPostgreSqlLedger(
        this IServiceCollection services, Action<FalPostgreSqlLedgerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new FalPostgreSqlLedgerOptions();
        configure?.Invoke(options);
        options.RequireSchema();
        services.TryAddSingleton(provider => Create(provider, options));
        services.TryAddSingleton<IFalLedger>(provider => provider.GetRequiredService<FalPostgreSqlLedger>());
        services.TryAddSingleton<IFalWebhookInbox>(provider => provider.GetRequiredService<FalPostgreSqlLedger>());
        return services;
    }

    private static FalPostgreSqlLedger Create(IServiceProvider provider, FalPostgreSqlLedgerOptions options)
    {
        var time = provider.GetService<TimeProvider>();
        if (options.ConnectionString is { } connectionString) return FalPostgreSqlLedger.FromConnectionString(connectionString, options, time);
        var dataSource = provider.GetService<NpgsqlDataSource>() ?? throw new InvalidOperationException(
            "The ledger has no database. Set FalPostgreSqlLedgerOptions.ConnectionString, or register an NpgsqlDataSource.");
        return new FalPostgreSqlLedger(dataSource, options, time);
    }
}
