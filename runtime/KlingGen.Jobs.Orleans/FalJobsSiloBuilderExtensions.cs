using Fal;
using Fal.Jobs;
using Fal.Jobs.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orleans.Hosting;

/// <summary>Adds batches of fal jobs to a silo.</summary>
public static class FalJobsSiloBuilderExtensions
{
    /// <summary>
    /// Has this cluster work on the entries of the registered <see cref="IFalLedger"/> with the registered <see cref="FalClient"/>. The cluster needs
    /// a reminder service; the ledger holds the state of the jobs, and Orleans stores none of it.
    /// </summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">
    /// Makes the options of the runners. Their concurrency is that of one shard; an error that no entry holds goes to the log unless
    /// <see cref="FalJobRunnerOptions.OnError"/> is set.
    /// </param>
    /// <param name="shards">How many grains of the cluster claim entries; the same number in every silo.</param>
    /// <returns>The silo.</returns>
    /// <example><code>
    /// builder.UseOrleans(silo => silo
    ///     .AddFalJobs(services => new FalJobRunnerOptions { Saver = new FalFolderSaver("/srv/films") }));
    /// </code></example>
    public static ISiloBuilder AddFalJobs(
        this ISiloBuilder builder, Func<IServiceProvider, FalJobRunnerOptions> configure, int shards = 8)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shards);
        builder.AddReminders();
        builder.Services.AddSingleton(services => new JobRunners(
            services.GetRequiredService<FalClient>(),
            services.GetRequiredService<IFalLedger>(),
            configure(services),
            shards,
            services.GetRequiredService<IHostApplicationLifetime>(),
            services.GetRequiredService<ILogger<JobRunners>>()));
        builder.Services.AddHostedService<ShardStarter>();
        return builder;
    }
}
