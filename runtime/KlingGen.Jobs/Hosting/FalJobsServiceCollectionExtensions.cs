using Fal;
using Fal.Jobs;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the runner of jobs as a hosted service.</summary>
public static class FalJobsServiceCollectionExtensions
{
    /// <summary>
    /// Registers a singleton <see cref="FalJobRunner"/> and a <c>BackgroundService</c> that runs it over all batches of the registered
    /// <see cref="IFalLedger"/>, with the registered <see cref="FalClient"/>. When the host stops, submits under way are waited for and the entries
    /// that the process works on are released, so that another instance of the application continues at once.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="options">Makes the options. Errors that no entry holds are logged unless <c>OnError</c> is set.</param>
    /// <returns>The service collection.</returns>
    /// <example><code>
    /// builder.Services.AddFal();
    /// builder.Services.AddFalPostgreSqlLedger(ledger => ledger.ConnectionString = builder.Configuration.GetConnectionString("jobs"));
    /// builder.Services.AddFalJobs(_ => new FalJobRunnerOptions { Saver = new FalFolderSaver("results") });
    /// </code></example>
    public static IServiceCollection AddFalJobs(this IServiceCollection services, Func<IServiceProvider, FalJobRunnerOptions> options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(provider => Create(provider, options(provider)));
        return services.AddHostedService(provider => new JobHost(provider.GetRequiredService<FalJobRunner>()));
    }

    private static FalJobRunner Create(IServiceProvider provider, FalJobRunnerOptions options)
    {
        var client = provider.GetService<FalClient>()
            ?? throw new InvalidOperationException("AddFalJobs needs a FalClient. Call AddFal of the package KlingGen.Extensions, or register one.");
        var ledger = provider.GetService<IFalLedger>()
            ?? throw new InvalidOperationException("AddFalJobs needs an IFalLedger. Call AddFalSqliteLedger or AddFalPostgreSqlLedger.");
        if (options.OnError is null && provider.GetService<ILoggerFactory>() is { } loggers)
        {
            var logger = loggers.CreateLogger<FalJobRunner>();
            options = options with { OnError = ex => JobHost.LogError(logger, ex) };
        }
        return new FalJobRunner(client, ledger, options);
    }
}
