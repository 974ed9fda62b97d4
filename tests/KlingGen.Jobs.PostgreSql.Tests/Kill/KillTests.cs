using Xunit.Abstractions;

namespace Fal.Jobs.Tests.Kill;

/// <summary>
/// Three processes share a batch and are killed at random moments. The emulator's record says which jobs were paid: none is lost, none is doubled,
/// and every entry whose outcome stays unknown is listed. The database is restarted meanwhile; processes that live go on without the end of a lease.
/// The long form loses answers as well.
/// </summary>
public sealed class KillTests(PostgreSqlServer server, ITestOutputHelper output) : DatabaseTests(server)
{
    private const int Processes = 3;

    // Answers to submits that are lost, and an overloaded fal.
    private const string Faults =
        """
        {
          "faults": [
            { "operation": "submit", "fault": "reset", "times": 20, "skip": 100 },
            { "operation": "submit", "fault": "error", "status": 503, "times": 20, "skip": 500 },
            { "operation": "status", "fault": "error", "status": 503, "times": 100, "skip": 1000 },
            { "operation": "result", "fault": "reset", "times": 50, "skip": 1000 }
          ]
        }
        """;

    private readonly PostgreSqlServer _server = server;
    private readonly string _folder = Directory.CreateTempSubdirectory("klinggen-kill-").FullName;
    private readonly List<(ChildProcess Process, string Id)> _running = [];

    private string Results => Path.Combine(_folder, "films");

    [Fact]
    public async Task No_job_is_lost_or_paid_twice_when_processes_are_killed()
    {
        var (jobs, kills, restarts) = Rounds.IsLong ? (5000, 50, 3) : (120, 4, 1);
        try
        {
            await using var fal = await EmulatedFal.StartAsync(_folder, Rounds.IsLong ? Faults : null);
            await KillBatch.AddAsync(Open(), jobs);
            for (var i = 0; i < Processes; i++) await StartAsync(fal);
            await KillAsync(fal, new Random(Rounds.FirstSeed), jobs, kills, restarts);
            // A ledger of its own: a restart has broken the connections of the first one.
            var ledger = Open();
            await FinishAsync(fal, ledger);
            await KillBatch.JudgeAsync(fal, ledger, jobs, Results, output);
        }
        finally
        {
            foreach (var (process, _) in _running) await process.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>Kills a process after random numbers of requests, so that kills fall between any two of them.</summary>
    private async Task KillAsync(EmulatedFal fal, Random random, int jobs, int kills, int restarts)
    {
        // Submit, status, result and at least one download per job.
        var moments = Enumerable.Range(0, kills).Select(_ => random.Next(jobs / 10, 3 * jobs)).Order().ToList();
        for (var kill = 0; kill < kills; kill++)
        {
            while (fal.CountRequests() < moments[kill]) await Task.Delay(random.Next(5, 25));
            var victim = random.Next(_running.Count);
            await _running[victim].Process.KillAsync();
            await EndLeasesAsync(_running[victim].Id);
            _running.RemoveAt(victim);
            if (restarts > 0 && kill % (kills / (restarts + 1)) == kills / (restarts + 1) - 1) await _server.RestartAsync();
            await StartAsync(fal);
        }
    }

    private async Task StartAsync(EmulatedFal fal)
    {
        var process = ChildProcess.Start("Runner", [ConnectionString, Results], fal.Environment, _folder);
        _running.Add((process, await process.ReadLineAsync()));
    }

    /// <summary>What passes by itself with the time of the leases: the entries of a dead process are free.</summary>
    private Task EndLeasesAsync(string processId)
        => ExecuteAsync($"update fal_jobs.entry set lease_until = '2020-01-01' where lease_owner like '%:{processId}:%'");

    /// <summary>Waits until each process has nothing more to do. One that gave up, as while the database was away, is started again.</summary>
    private async Task FinishAsync(EmulatedFal fal, FalPostgreSqlLedger ledger)
    {
        for (var round = 0; round < 5; round++)
        {
            foreach (var (process, id) in _running)
            {
                await process.WaitForExitAsync(Rounds.IsLong ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(3));
                output.WriteLine($"process {id} ended with {process.ExitCode}: {process.Errors}");
                if (process.ExitCode != 0) await EndLeasesAsync(id);
            }
            _running.Clear();
            var counts = await ledger.CountAsync();
            if (counts[FalLedgerState.Saved] + counts[FalLedgerState.Unknown] == counts.Total) return;
            await StartAsync(fal);
        }
    }
}
