using Fal.Jobs.Tests.Contract;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fal.Jobs.Tests;

/// <summary>Three instances of an application and one database are a complete system.</summary>
public sealed class HostTests(PostgreSqlServer server) : DatabaseTests(server)
{
    [Fact]
    public async Task Three_instances_share_a_batch_and_stop_without_leases()
    {
        const int Jobs = 60;
        using var fal = new ScriptedFal();
        var ledger = await OpenWithAsync([.. Enumerable.Range(0, Jobs).Select(i => $"k{i}")]);
        var instances = Enumerable.Range(0, 3).Select(_ => Build(fal)).ToList();
        foreach (var instance in instances) await StartAsync(instance);
        using var guard = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((await ledger.CountAsync(null, guard.Token))[FalLedgerState.Saved] < Jobs) await Task.Delay(50, guard.Token);
        foreach (var instance in instances) await StopAsync(instance);
        Assert.Equal(Jobs, fal.Submits.Count);
        var savers = (await ledger.ListAsync(new FalLedgerQuery())).Select(entry => Assert.Single(entry.Files)).Distinct();
        Assert.Equal(3, savers.Count());
    }

    [Fact]
    public async Task A_stopped_instance_leaves_its_entries_to_another_one_at_once()
    {
        using var fal = new ScriptedFal();
        var ledger = await OpenWithAsync("a", "b");
        var saver = new InstanceSaver(saves: false);
        var first = Build(fal, saver);
        await StartAsync(first);
        await saver.Entered.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await StopAsync(first);
        Assert.Equal(0L, await QueryAsync<long>("select count(*) from fal_jobs.entry where lease_until is not null"));
        var second = Build(fal);
        await StartAsync(second);
        using var guard = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((await ledger.CountAsync(null, guard.Token))[FalLedgerState.Saved] < 2) await Task.Delay(50, guard.Token);
        await StopAsync(second);
        Assert.Equal(2, fal.Submits.Count);
    }

    private ServiceProvider Build(ScriptedFal fal, InstanceSaver? saver = null)
        => Keep(new ServiceCollection()
            .AddSingleton(_ => fal.CreateClient())
            .AddFalPostgreSqlLedger(options => options.ConnectionString = ConnectionString)
            .AddFalJobs(_ => new FalJobRunnerOptions { Saver = saver ?? new InstanceSaver(), Concurrency = 4 })
            .BuildServiceProvider());

    private static async Task StartAsync(ServiceProvider instance)
    {
        foreach (var service in instance.GetServices<IHostedService>()) await service.StartAsync(default);
    }

    private static async Task StopAsync(ServiceProvider instance)
    {
        foreach (var service in instance.GetServices<IHostedService>()) await service.StopAsync(default);
    }

    private sealed class InstanceSaver(bool saves = true) : IFalJobSaver
    {
        private readonly string _name = Guid.NewGuid().ToString();

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<IReadOnlyList<string>> SaveAsync(FalSaveCall save, CancellationToken cancellationToken)
        {
            Entered.TrySetResult();
            await Task.Delay(saves ? TimeSpan.FromMilliseconds(10) : Timeout.InfiniteTimeSpan, cancellationToken);
            return [_name];
        }
    }
}
