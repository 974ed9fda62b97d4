using System.Globalization;
using System.Text.Json;
using Xunit.Abstractions;

namespace Fal.Jobs.Tests.Kill;

/// <summary>
/// Three processes share a batch and are killed at random moments. The emulator's record says which jobs were paid: none is lost, none is doubled,
/// and every entry whose outcome stays unknown is listed. The long form restarts the database and loses answers as well.
/// </summary>
public sealed class KillTests(PostgreSqlServer server, ITestOutputHelper output) : DatabaseTests(server)
{
    private const int Processes = 3;
    private const string Kling = "fal-ai/kling-video/v2.6/pro/text-to-video";

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

    [Fact]
    public async Task No_job_is_lost_or_paid_twice_when_processes_are_killed()
    {
        var (jobs, kills, restarts) = Rounds.IsLong ? (5000, 50, 3) : (300, 5, 0);
        try
        {
            await using var fal = await EmulatedFal.StartAsync(_folder, Rounds.IsLong ? Faults : null);
            var ledger = await AddAsync(jobs);
            for (var i = 0; i < Processes; i++) await StartAsync(fal);
            await KillAsync(fal, new Random(Rounds.FirstSeed), jobs, kills, restarts);
            await FinishAsync(fal, ledger);
            await JudgeAsync(fal, ledger, jobs);
        }
        finally
        {
            foreach (var (process, _) in _running) await process.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task<FalPostgreSqlLedger> AddAsync(int jobs)
    {
        var ledger = Open();
        await ledger.AddBatchAsync("films", new FalJobPolicy { Window = 60, MaxConsecutiveFailures = 1_000_000 });
        Assert.Equal(jobs, await ledger.AddAsync([.. Enumerable.Range(0, jobs).Select(i =>
        {
            using var input = JsonDocument.Parse($$"""{"prompt":"{{PromptOf(KeyOf(i))}}"}""");
            return new FalNewEntry("films", KeyOf(i), Kling, input.RootElement.Clone());
        })]));
        return ledger;
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
        var process = ChildProcess.Start("Runner", [ConnectionString, Path.Combine(_folder, "films")], fal.Environment, _folder);
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
                await EndLeasesAsync(id);
            }
            var counts = await ledger.CountAsync();
            if (counts[FalLedgerState.Saved] + counts[FalLedgerState.Unknown] == counts.Total) return;
            await StartAsync(fal);
        }
    }

    private async Task JudgeAsync(EmulatedFal fal, FalPostgreSqlLedger ledger, int jobs)
    {
        var submits = await fal.ReadSubmitsAsync();
        var entries = new List<FalLedgerEntry>();
        while (await ledger.ListAsync(new FalLedgerQuery { After = entries.LastOrDefault()?.Sequence }) is { Count: > 0 } page)
            entries.AddRange(page);
        Assert.Equal(jobs, entries.Count);

        var doubled = submits.Where(job => job.Count() > 1).Select(job => job.Key).ToList();
        var lost = entries.Where(entry => entry.State != FalLedgerState.Unknown && !IsKept(entry)).Select(entry => entry.ToString()).ToList();
        var unknown = entries.Where(entry => entry.State == FalLedgerState.Unknown).ToList();
        var atFal = submits.Sum(job => job.Count());
        output.WriteLine(
            $"{entries.Count} entries, {atFal} jobs at fal: {doubled.Count} doubled, {lost.Count} lost, {unknown.Count} unknown");
        foreach (var entry in unknown) output.WriteLine($"{entry}: {entry.Reason}");
        Assert.Empty(doubled);
        Assert.Empty(lost);
        // A job that fal has is found in its request list, so that the only unknown entries are those whose request never arrived.
        Assert.All(unknown, entry => Assert.Empty(submits[PromptOf(entry.Key)]));
        Assert.All(unknown, entry => Assert.NotNull(entry.Reason));

        bool IsKept(FalLedgerEntry entry)
            => entry.State == FalLedgerState.Saved && submits[PromptOf(entry.Key)].SequenceEqual([entry.RequestId!])
                && entry.Files.Count > 0 && entry.Files.All(file => new FileInfo(Path.Combine(_folder, "films", file)).Length > 0);
    }

    private static string KeyOf(int i) => i.ToString("d5", CultureInfo.InvariantCulture);

    private static string PromptOf(string key) => "film " + key;
}
