using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Fal.Jobs.Orleans;

/// <summary>
/// Starts all shards when this silo is ready, and again when a silo joined or left, so that the entries of a dead silo need not wait for a reminder.
/// </summary>
internal sealed class ShardStarter(IGrainFactory grains, IClusterMembershipService membership, JobRunners runners) : BackgroundService
{
    private const int MostAttempts = 5;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartShardsAsync(stoppingToken).ConfigureAwait(false);
        await foreach (var _ in membership.MembershipUpdates.WithCancellation(stoppingToken).ConfigureAwait(false))
            await StartShardsAsync(stoppingToken).ConfigureAwait(false);
    }

    private Task StartShardsAsync(CancellationToken stoppingToken)
        => Task.WhenAll(Enumerable.Range(0, runners.Shards).Select(shard => StartAsync(shard, stoppingToken)));

    private async Task StartAsync(int shard, CancellationToken stoppingToken)
    {
        for (var attempt = 1; attempt <= MostAttempts && !stoppingToken.IsCancellationRequested; attempt++)
        {
            try
            {
                await grains.GetGrain<IShardGrain>(shard).StartAsync().ConfigureAwait(false);
                return;
            }
            catch (Exception ex)
            {
                // The shard's reminder starts it later at the latest.
                if (attempt == MostAttempts) runners.Report(ex);
            }
            await Task.Delay(RetryDelay, runners.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
