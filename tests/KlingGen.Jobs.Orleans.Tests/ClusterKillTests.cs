using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fal.Jobs.Tests;
using Fal.Jobs.Tests.Kill;
using Npgsql;
using Xunit.Abstractions;

namespace Fal.Jobs.Orleans.Tests;

/// <summary>
/// The silos of a cluster are processes that are killed at random moments. The emulator's record says which jobs were paid: none is lost, none is
/// doubled. The long form adds and removes a silo and restarts the database as well.
/// </summary>
public sealed class ClusterKillTests(PostgreSqlServer server, ITestOutputHelper output) : DatabaseTests(server)
{
    private const int SearchesUntilUnknown = 3;

    private readonly PostgreSqlServer _server = server;
    private readonly string _folder = Directory.CreateTempSubdirectory("klinggen-cluster-").FullName;
    private readonly List<ChildProcess> _silos = [];

    private string Results => Path.Combine(_folder, "films");

    [Fact]
    public async Task No_job_is_lost_or_paid_twice_when_silos_are_killed()
    {
        var (jobs, kills) = Rounds.IsLong ? (1000, 10) : (60, 1);
        try
        {
            await using var fal = await EmulatedFal.StartAsync(_folder, script: null);
            var ledger = Open();
            await KillBatch.AddAsync(ledger, jobs);
            for (var silo = 0; silo < 2; silo++) Start(fal);
            await using var progress = new Progress(fal);
            await KillAsync(fal, progress, new Random(Rounds.FirstSeed), jobs, kills);
            await FinishAsync(ledger);
            progress.Report(output, jobs);
            await KillBatch.JudgeAsync(fal, ledger, jobs, Results, output);
        }
        finally
        {
            foreach (var silo in _silos)
            {
                output.WriteLine(silo.Errors);
                await silo.DisposeAsync();
            }
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>Kills a silo after random numbers of requests, so that kills fall between any two of them.</summary>
    private async Task KillAsync(EmulatedFal fal, Progress progress, Random random, int jobs, int kills)
    {
        // Submit, status, result and at least one download per job.
        var moments = Enumerable.Range(0, kills).Select(_ => random.Next(jobs / 10, 3 * jobs)).Order().ToList();
        for (var kill = 0; kill < kills; kill++)
        {
            await progress.WaitForAsync(moments[kill]);
            if (kill == kills / 4 && Rounds.IsLong) Start(fal);
            if (kill == kills / 2 && Rounds.IsLong) await _server.RestartAsync();
            if (kill == kills * 3 / 4 && Rounds.IsLong)
            {
                await _silos[^1].StopAsync();
                _silos.RemoveAt(_silos.Count - 1);
            }
            var victim = random.Next(_silos.Count);
            progress.RecordKill();
            await _silos[victim].KillAsync();
            _silos.RemoveAt(victim);
            // In the short form the other silo goes on alone.
            if (Rounds.IsLong) Start(fal);
        }
    }

    private void Start(EmulatedFal fal)
    {
        var environment = new Dictionary<string, string>(fal.Environment)
        {
            ["ConnectionStrings__jobs"] = ConnectionString,
            ["Films"] = Results,
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__Console__LogToStandardErrorThreshold"] = "Trace",
            ["Membership__ProbeTimeout"] = "00:00:01",
            ["Membership__NumMissedProbesLimit"] = "2",
            ["Orleans__Endpoints__SiloPort"] = FreePort(),
            ["Orleans__Endpoints__GatewayPort"] = FreePort(),
            ["URLS"] = "http://127.0.0.1:0",
        };
        _silos.Add(ChildProcess.Start("Silo", [], environment, _folder));
    }

    /// <summary>Waits until each entry is saved, or is unknown and was searched for. No process is needed for that but the silos.</summary>
    private async Task FinishAsync(FalPostgreSqlLedger ledger)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(Rounds.IsLong ? 20 : 3))
        {
            try
            {
                var counts = await ledger.CountAsync();
                if (counts[FalLedgerState.Saved] + counts[FalLedgerState.Unknown] == counts.Total)
                {
                    var unknown = await ledger.ListAsync(new FalLedgerQuery { States = [FalLedgerState.Unknown] });
                    if (unknown.All(entry => entry.Retries >= SearchesUntilUnknown)) return;
                }
            }
            catch (NpgsqlException)
            {
                // The database was restarted.
            }
            await Task.Delay(100);
        }
        var open = (await ledger.ListAsync(new FalLedgerQuery())).Where(entry => !entry.IsEnded).ToList();
        foreach (var entry in open) output.WriteLine($"{entry}, due {entry.DueAt:T}, lease of {entry.LeaseOwner} until {entry.LeaseUntil:T}");
        Assert.Fail($"{open.Count} entries have not ended at {DateTime.UtcNow:T}.");
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
