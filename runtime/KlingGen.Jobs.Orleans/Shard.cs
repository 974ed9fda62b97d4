using Orleans.Runtime;

namespace Fal.Jobs.Orleans;

/// <summary>What a shard grain does outside of its turns: it claims entries, has their grains work on them, and waits for that.</summary>
internal sealed class Shard : IAsyncDisposable
{
    private const int MostAttempts = 60;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly JobRunners _runners;
    private readonly IGrainFactory _grains;
    private readonly FalJobRunner _claimer;
    private readonly CancellationTokenSource _stop = new();
    private Task _claiming = Task.CompletedTask;

    public Shard(JobRunners runners, IGrainFactory grains, string owner)
    {
        (_runners, _grains) = (runners, grains);
        _claimer = runners.CreateClaimer(new FalJobEngine { Owner = owner, DispatchAsync = DispatchAsync });
    }

    public void Start() => _claiming = Task.Run(() => _claimer.RunAsync(_stop.Token));

    /// <summary>Takes over the entries that dead silos hold.</summary>
    public async Task RecoverAsync(ClusterMembershipSnapshot membership)
        => JobMetrics.Recovered.Add(await _claimer.RecoverAsync(owner => LeaseOwner.IsDead(owner, membership), _stop.Token).ConfigureAwait(false));

    /// <summary>Ends the claims. Steps under way end in their grains.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _claiming.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>Calls the job's grain until it has ended the step: its silo may die meanwhile, or the ledger be away.</summary>
    private async Task<bool> DispatchAsync(FalLedgerEntry entry, CancellationToken cancellationToken)
    {
        var job = _grains.GetGrain<IJobGrain>(entry.Id);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var outcome = await job.ProcessAsync(entry.LeaseOwner!).WaitAsync(cancellationToken).ConfigureAwait(false);
                if (outcome != StepOutcome.Failed || attempt == MostAttempts) return outcome == StepOutcome.WindowFull;
            }
            catch (Exception ex) when (attempt < MostAttempts && ex is OrleansException or TimeoutException)
            {
                // The silo of the grain does not answer. The next call activates the grain in another one.
            }
            await Task.Delay(RetryDelay, _runners.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
