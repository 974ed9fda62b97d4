using System.Text.Json;
using Fal.Emulation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fal.Jobs.Tests;

/// <summary>The runner as a hosted service, with AddFal and a SQLite ledger.</summary>
public sealed class HostTests : IAsyncLifetime
{
    private const string Endpoint = "fal-ai/kling-video/v1.6/pro/text-to-video";
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("klinggen-host-").FullName;
    private FalEmulator _emulator = null!;

    private string LedgerPath => Path.Combine(_folder, "ledger.db");

    public async Task InitializeAsync()
    {
        _emulator = await FalEmulator.StartAsync();
        _emulator.Script.For("**", FalEmulatedRun.Instant);
    }

    public async Task DisposeAsync()
    {
        await _emulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task AddFalJobs_runs_the_ledger_with_the_client_of_AddFal()
    {
        using var host = Build(new FalFolderSaver(_folder));
        await AddAsync(host, 4);
        await host.StartAsync();
        await WaitForSavedAsync(host, 4);
        await host.StopAsync();
        Assert.Equal(4, _emulator.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task A_stop_releases_leases_so_that_the_next_host_goes_on_at_once()
    {
        var saver = new EndlessSaver();
        using (var first = Build(saver))
        {
            await AddAsync(first, 1);
            await first.StartAsync();
            await saver.Entered.Task.WaitAsync(HangGuard);
            await first.StopAsync();
            var entry = Assert.Single(await first.Services.GetRequiredService<IFalLedger>().ListAsync(new FalLedgerQuery()));
            Assert.Equal((FalLedgerState.Finished, null, null), (entry.State, entry.LeaseOwner, entry.LeaseUntil));
        }
        using var second = Build(new FalFolderSaver(_folder));
        await second.StartAsync();
        await WaitForSavedAsync(second, 1);
        await second.StopAsync();
        Assert.Equal(1, _emulator.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public void AddFalJobs_names_what_is_missing()
    {
        var services = new ServiceCollection().AddFalJobs(_ => new FalJobRunnerOptions { Saver = new EndlessSaver() });
        using (var empty = services.BuildServiceProvider())
            Assert.Contains("AddFal ", Assert.Throws<InvalidOperationException>(() => empty.GetRequiredService<FalJobRunner>()).Message);
        using var noLedger = services.AddSingleton(_ => _emulator.CreateClient()).BuildServiceProvider();
        Assert.Contains("AddFalSqliteLedger", Assert.Throws<InvalidOperationException>(() => noLedger.GetRequiredService<FalJobRunner>()).Message);
    }

    private IHost Build(IFalJobSaver saver)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["Fal:Key"] = _emulator.Key;
        builder.Configuration["Fal:AllowHttpOnLoopback"] = "true";
        builder.Configuration["Fal:QueueAddress"] = _emulator.QueueAddress.AbsoluteUri;
        builder.Configuration["Fal:RunAddress"] = _emulator.RunAddress.AbsoluteUri;
        builder.Configuration["Fal:RestAddress"] = _emulator.RestAddress.AbsoluteUri;
        builder.Configuration["Fal:PlatformAddress"] = _emulator.PlatformAddress.AbsoluteUri;
        builder.Services.AddFal();
        builder.Services.AddFalSqliteLedger(LedgerPath);
        builder.Services.AddFalJobs(_ => new FalJobRunnerOptions { Saver = saver, PollInterval = TimeSpan.FromMilliseconds(50) });
        return builder.Build();
    }

    private static async Task AddAsync(IHost host, int count)
    {
        var ledger = host.Services.GetRequiredService<IFalLedger>();
        await ledger.AddBatchAsync("films", new FalJobPolicy());
        await ledger.AddAsync([.. Enumerable.Range(0, count).Select(i =>
        {
            using var input = JsonDocument.Parse($$"""{"prompt":"film {{i}}"}""");
            return new FalNewEntry("films", $"k{i}", Endpoint, input.RootElement.Clone());
        })]);
    }

    private static async Task WaitForSavedAsync(IHost host, int count)
    {
        var ledger = host.Services.GetRequiredService<IFalLedger>();
        using var guard = new CancellationTokenSource(HangGuard);
        while ((await ledger.CountAsync(null, guard.Token))[FalLedgerState.Saved] < count) await Task.Delay(20, guard.Token);
    }

    private sealed class EndlessSaver : IFalJobSaver
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<IReadOnlyList<string>> SaveAsync(FalSaveCall save, CancellationToken cancellationToken)
        {
            Entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return [];
        }
    }
}
