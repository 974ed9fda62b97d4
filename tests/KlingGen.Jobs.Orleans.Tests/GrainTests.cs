using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.Json;
using Fal.Emulation;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Fal.Jobs.Orleans.Tests;

/// <summary>Two silos in this process over a ledger in memory, with the emulator as fal.</summary>
public sealed class GrainTests : IAsyncLifetime, IDisposable
{
    private const string Endpoint = "fal-ai/kling-video/v1.6/pro/text-to-video";

    private readonly string _folder = Directory.CreateTempSubdirectory("klinggen-grains-").FullName;
    private readonly FalMemoryLedger _ledger = new();
    private readonly ConcurrentQueue<Exception> _errors = new();
    private readonly ConcurrentQueue<Exception> _findErrors = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(3));
    private FalEmulator _emulator = null!;
    private FalClient _client = null!;
    private InProcessTestCluster _cluster = null!;

    private CancellationToken Limit => _limit.Token;

    public async Task InitializeAsync()
    {
        _emulator = await FalEmulator.StartAsync();
        _emulator.Script.For("**", FalEmulatedRun.Instant);
        _client = _emulator.CreateClient();
        await _ledger.AddBatchAsync("films", new FalJobPolicy { Window = 4, MaxConsecutiveFailures = 50 });
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(_client);
            silo.Services.AddSingleton(FailingLedger.Create(_ledger, _findErrors));
            silo.UseInMemoryReminderService();
            silo.AddFalJobs(_ => new FalJobRunnerOptions
            {
                Saver = new FalFolderSaver(_folder),
                PollInterval = TimeSpan.FromMilliseconds(50),
                OnError = error =>
                {
                    _errors.Enqueue(error);
                    throw new InvalidOperationException("The log fails as well.");
                },
            });
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _client.Dispose();
        await _emulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Cluster_saves_every_entry_after_one_submit_each()
    {
        using var steps = new StepCounter();
        await AddAsync(20);
        await WaitUntilAsync(entries => entries.All(entry => entry.State == FalLedgerState.Saved));
        Assert.Equal(20, _emulator.Received.CountOf(FalOperation.Submit));
        Assert.All(await ListAsync(), entry => Assert.True(new FileInfo(Path.Combine(_folder, Assert.Single(entry.Files))).Length > 0));
        Assert.Empty(_errors);
        // A submit and a poll at least.
        Assert.True(steps.Done >= 40, $"There were {steps.Done} steps.");
    }

    [Fact]
    public async Task Webhook_gives_an_unknown_entry_its_job()
    {
        var entry = await AddUnknownAsync("unknown");
        var job = await _client.Endpoint(Endpoint).SubmitAsync(Input("unknown"));
        Assert.False(await _cluster.Client.RecordFalWebhookAsync(entry.Id + ".1", job.RequestId));
        Assert.False(await _cluster.Client.RecordFalWebhookAsync(FalNewEntry.GetId("films", "missing") + ".1", job.RequestId));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _cluster.Client.RecordFalWebhookAsync(entry.SubmitId!, job.RequestId)));
        Assert.All(answers, Assert.True);
        var saved = Assert.Single(await WaitUntilAsync(entries => entries.All(entry => entry.State == FalLedgerState.Saved)));
        Assert.Equal(job.RequestId, saved.RequestId);
        Assert.Equal(1, _emulator.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task Grain_leaves_an_entry_to_the_owner_of_its_lease()
    {
        var entry = await AddUnknownAsync("leased");
        var outcome = await _cluster.Client.GetGrain<IJobGrain>(entry.Id).ProcessAsync("another owner");
        Assert.Equal(StepOutcome.Done, outcome);
        Assert.Equal(entry, await _ledger.FindAsync(entry.Id));
        Assert.Equal(StepOutcome.Done, await _cluster.Client.GetGrain<IJobGrain>("no such entry").ProcessAsync("another owner"));
    }

    [Fact]
    public async Task Entries_of_a_dead_silo_are_taken_over_before_their_leases_end()
    {
        var victim = _cluster.Silos[1];
        for (var i = 0; i < 3; i++)
        {
            var leased = await AddAsync($"k{i}", entry => entry with
            {
                LeaseOwner = LeaseOwner.Create(victim.SiloAddress),
                LeaseUntil = DateTimeOffset.UtcNow.AddDays(1),
            });
            Assert.Equal(FalLedgerState.Queued, leased.State);
        }
        await _cluster.KillSiloAsync(victim);
        await WaitUntilAsync(entries => entries.All(entry => entry.State == FalLedgerState.Saved));
        Assert.Equal(3, _emulator.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task Step_goes_on_when_its_shard_is_deactivated()
    {
        await AddAsync(20);
        await WaitUntilAsync(entries => entries.Any(entry => entry.State != FalLedgerState.Queued));
        for (var shard = 0; shard < 8; shard++) await _cluster.DeactivateAsync(_cluster.Client.GetGrain<IShardGrain>(shard));
        for (var shard = 0; shard < 8; shard++) await _cluster.Client.GetGrain<IShardGrain>(shard).StartAsync();
        await WaitUntilAsync(entries => entries.All(entry => entry.State == FalLedgerState.Saved));
        Assert.Equal(20, _emulator.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task Step_is_tried_again_after_an_error_of_the_ledger_and_of_the_callback()
    {
        _findErrors.Enqueue(new IOException("The database restarts."));
        await AddAsync(1);
        await WaitUntilAsync(entries => entries.All(entry => entry.State == FalLedgerState.Saved));
        Assert.Equal("The database restarts.", Assert.Single(_errors).Message);
        Assert.Equal(1, _emulator.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public void Owner_is_dead_only_if_the_cluster_says_so()
    {
        var silo = _cluster.Silos[0];
        var membership = ((IServiceProvider)silo.ServiceProvider).GetRequiredService<IClusterMembershipService>().CurrentSnapshot;
        Assert.False(LeaseOwner.IsDead(LeaseOwner.Create(silo.SiloAddress), membership));
        var address = silo.SiloAddress.Endpoint.Address;
        Assert.False(LeaseOwner.IsDead(LeaseOwner.Create(SiloAddress.New(address, 1, int.MaxValue)), membership));
        Assert.True(LeaseOwner.IsDead(LeaseOwner.Create(SiloAddress.New(address, silo.SiloAddress.Endpoint.Port, 1)), membership));
        Assert.False(LeaseOwner.IsDead("host:1234:8f3a", membership));
        Assert.NotEqual(LeaseOwner.Create(silo.SiloAddress), LeaseOwner.Create(silo.SiloAddress));
    }

    public void Dispose() => _limit.Dispose();

    private async Task AddAsync(int count)
        => await _ledger.AddAsync([.. Enumerable.Range(0, count).Select(i => new FalNewEntry("films", $"k{i}", Endpoint, Input($"film {i}").Json))]);

    /// <summary>Adds an entry and changes it before a shard can claim it.</summary>
    private async Task<FalLedgerEntry> AddAsync(string key, Func<FalLedgerEntry, FalLedgerEntry> change)
    {
        await _ledger.UpdateBatchAsync("films", batch => batch.Pause(FalPauseKind.Person, "test"), Limit);
        await _ledger.AddAsync([new FalNewEntry("films", key, Endpoint, Input(key).Json)], Limit);
        var entry = await ApplyAsync((await _ledger.FindAsync(FalNewEntry.GetId("films", key), Limit))!, change);
        await _ledger.UpdateBatchAsync("films", batch => batch.Resume(), Limit);
        return entry;
    }

    private async Task<FalLedgerEntry> ApplyAsync(FalLedgerEntry entry, Func<FalLedgerEntry, FalLedgerEntry> change)
    {
        Assert.Equal(FalApplyOutcome.Applied, await _ledger.ApplyAsync(entry, change(entry), Limit));
        return (await _ledger.FindAsync(entry.Id, Limit))!;
    }

    /// <summary>An entry whose submit had no answer, which is not searched for today.</summary>
    private async Task<FalLedgerEntry> AddUnknownAsync(string key)
    {
        var entry = await AddAsync(key, queued => queued with { DueAt = DateTimeOffset.UtcNow.AddDays(1) });
        var intent = await ApplyAsync(entry, queued => queued with
        {
            State = FalLedgerState.Submitting,
            WireBody = queued.Input,
            IntentAt = DateTimeOffset.FromUnixTimeMilliseconds(77),
        });
        return await ApplyAsync(intent, submitting => submitting with { State = FalLedgerState.Unknown, Reason = "test" });
    }

    private async Task<IReadOnlyList<FalLedgerEntry>> ListAsync() => await _ledger.ListAsync(new FalLedgerQuery(), Limit);

    private async Task<IReadOnlyList<FalLedgerEntry>> WaitUntilAsync(Func<IReadOnlyList<FalLedgerEntry>, bool> condition)
    {
        while (true)
        {
            var entries = await ListAsync();
            if (condition(entries)) return entries;
            await Task.Delay(20, Limit);
        }
    }

    private static FalRawResult Input(string prompt)
        => new() { Json = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["prompt"] = prompt }) };

    /// <summary>A ledger that throws the errors of a queue from <see cref="IFalLedger.FindAsync"/>, one per call.</summary>
    public class FailingLedger : DispatchProxy
    {
        private IFalLedger _ledger = null!;
        private ConcurrentQueue<Exception> _errors = null!;

        public static IFalLedger Create(IFalLedger ledger, ConcurrentQueue<Exception> errors)
        {
            var proxy = Create<IFalLedger, FailingLedger>();
            ((FailingLedger)(object)proxy)._ledger = ledger;
            ((FailingLedger)(object)proxy)._errors = errors;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
            => targetMethod!.Name == nameof(IFalLedger.FindAsync) && _errors.TryDequeue(out var error)
                ? new ValueTask<FalLedgerEntry?>(Task.FromException<FalLedgerEntry?>(error)) : targetMethod.Invoke(_ledger, args);
    }

    /// <summary>Counts steps as OpenTelemetry does.</summary>
    private sealed class StepCounter : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _done;

        public StepCounter()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Meter.Name: FalDiagnostics.MeterName, Name: "fal.orleans.steps" }) listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            {
                if (tags.Contains(new KeyValuePair<string, object?>("outcome", "done"))) Interlocked.Add(ref _done, value);
            });
            _listener.Start();
        }

        public long Done => Interlocked.Read(ref _done);

        public void Dispose() => _listener.Dispose();
    }
}
