using Orleans.Runtime;

namespace Fal.Jobs.Orleans;

/// <summary>What a shard grain does outside of its turns: it claims entries, has their grains work on them, and waits for that.</summary>
internal sealed class Shard
{
    private const int MostAttempts = 60;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly JobRunners _runners;
    private readonly IGrainFactory _grains;
    private readonly FalJobRunner _claimer;
    private Action _stop = static () => { };

    public Shard(JobRunners runners, IGrainFactory grains, string owner)
    {
        (_runners, _grains) = (runners, grains);
        _claimer = runners.CreateClaimer(new FalJobEngine { Owner = owner, DispatchAsync = DispatchAsync });
    }

    /// <summary>Begins to claim.</summary>
    public void Start()
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_runners.Stopping);
        _stop = stop.Cancel;
        // It ends after Stop, once the steps under way have ended.
        _ = Task.Run(async () =>
        {
            using (stop) await _claimer.RunAsync(stop.Token).ConfigureAwait(false);
        });
    }

    /// <summary>
    /// Ends the claims, and returns at once. Running steps continue: Orleans also deactivates grains of a silo that lives on, for instance those that
    /// were registered with a silo that died.
    /// </summary>
    public void Stop() => _stop();

    /// <summary>Takes over the entries that dead silos hold.</summary>
    public async Task RecoverAsync(ClusterMembershipSnapshot membership)
    {
        var count = await _claimer.RecoverAsync(owner => LeaseOwner.IsDead(owner, membership), _runners.Stopping).ConfigureAwait(false);
        ClusterMetrics.Recovered.Add(count);
    }

    /// <summary>Calls the job's grain until it has ended the step: its silo may die, or the ledger be unreachable.</summary>
    private async Task<bool> DispatchAsync(FalLedgerEntry entry, CancellationToken stopClaims)
    {
        var job = _grains.GetGrain<IJobGrain>(entry.Id);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var outcome = await job.ProcessAsync(entry.LeaseOwner!).WaitAsync(_runners.Stopping).ConfigureAwait(false);
                if (outcome != StepOutcome.Failed || attempt == MostAttempts) return outcome == StepOutcome.WindowFull;
            }
            catch (Exception ex) when (attempt < MostAttempts && ex is OrleansException or TimeoutException)
            {
                // The step takes long, or the silo of the grain died. Then the next call activates the grain in another one.
            }
            await Task.Delay(RetryDelay, _runners.Time, _runners.Stopping).ConfigureAwait(false);
        }
    }
}
