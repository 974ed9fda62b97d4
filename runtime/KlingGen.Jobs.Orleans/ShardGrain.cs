using Orleans.Placement;
using Orleans.Runtime;

namespace Fal.Jobs.Orleans;

/// <summary>One of the grains that claim due entries. Each claims of the whole ledger, so that no entry waits for a particular one.</summary>
internal interface IShardGrain : IGrainWithIntegerKey
{
    /// <summary>Begins to claim, and has shard 0 take over what dead silos held.</summary>
    Task StartAsync();
}

/// <summary>Claims due entries and hands them to their job grains, until it is deactivated. A reminder brings it back in another silo.</summary>
[GrainType("fal-shard")]
[RandomPlacement]
internal sealed class ShardGrain : Grain, IShardGrain, IRemindable
{
    private const string ReminderName = "fal-jobs";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private readonly JobRunners _runners;
    private readonly IClusterMembershipService _membership;
    private readonly HashSet<SiloAddress> _recovered = [];
    private readonly Shard _shard;
    private bool _hasRecovered;

    public ShardGrain(JobRunners runners, IClusterMembershipService membership, ILocalSiloDetails silo, IGrainFactory grains)
    {
        (_runners, _membership) = (runners, membership);
        _shard = new Shard(runners, grains, LeaseOwner.Create(silo.SiloAddress));
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _shard.Start();
        return Task.CompletedTask;
    }

    public async Task StartAsync()
    {
        RecoverIfSilosDied();
        await this.RegisterOrUpdateReminder(ReminderName, ReminderPeriod, ReminderPeriod).ConfigureAwait(true);
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        RecoverIfSilosDied();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _shard.Stop();
        return Task.CompletedTask;
    }

    private void RecoverIfSilosDied()
    {
        if (this.GetPrimaryKeyLong() != 0) return;
        var dead = _membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Dead && _recovered.Add(member.SiloAddress)).ToList();
        if (dead.Count == 0 && _hasRecovered) return;
        _hasRecovered = true;
        _ = RecoverAsync(_membership.CurrentSnapshot);
    }

    private async Task RecoverAsync(ClusterMembershipSnapshot membership)
    {
        try
        {
            await _shard.RecoverAsync(membership).ConfigureAwait(true);
        }
        catch (Exception ex)
        {
            // The next reminder tries again.
            _hasRecovered = false;
            _recovered.Clear();
            _runners.Report(ex);
        }
    }
}
