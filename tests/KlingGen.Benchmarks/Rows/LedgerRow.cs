using System.Diagnostics;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Fal;
using Fal.Jobs;
using Microsoft.Data.Sqlite;

namespace KlingGen.Benchmarks;

/// <summary>
/// A batch in a SQLite ledger with fal in the same process, beside as many bare transactions of SQLite with the same settings. Each round is a
/// process of its own. The long form with 100,000 entries: <c>KLINGGEN_LEDGER_JOBS=100000</c>.
/// </summary>
internal static class LedgerRow
{
    private const string Row = "ledger";
    private const string Endpoint = "acme/lumen/v1/text-to-clip";
    private const string UsualJobs = "2000";

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        var jobs = Environment.GetEnvironmentVariable("KLINGGEN_LEDGER_JOBS") ?? UsualJobs;
        var sides = await sitting.AlternateAsync(3, () => Child.RunAsync(Row, jobs));
        return
        [
            new Figure($"write transactions per job, of {jobs} jobs", "", sides[0][0]),
            Figure.Beside("write transactions per second", "", (sides[0][1], sides[0][2]), "bare transactions"),
            Figure.Beside("memory after the last job", "MiB", (sides[0][4], sides[0][3]), "after a tenth of the jobs", "<= 1.1x"),
        ];
    }

    /// <summary>Transactions per job, per second, bare ones per second, and the managed memory at a tenth and at the end, in MiB.</summary>
    public static async Task<double[]> RunAsync(string[] arguments)
    {
        var jobs = int.Parse(arguments[0], System.Globalization.CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("klinggen-ledger-").FullName;
        try
        {
            var (writes, seconds, early, late) = await RunBatchAsync(Path.Combine(folder, "ledger.db"), jobs);
            return [(double)writes / jobs, writes / seconds, writes / MeasureBare(Path.Combine(folder, "bare.db"), writes), early, late];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(int Writes, double Seconds, double Early, double Late)> RunBatchAsync(string path, int jobs)
    {
        using var fal = new InstantFal();
        using var client = new FalClient(new FalClientOptions { Key = "benchmark-id:benchmark-secret", HttpHandler = fal });
        await using var file = await FalSqliteLedger.OpenAsync(path);
        var ledger = DispatchProxy.Create<IFalLedger, CountingLedger>();
        var counter = (CountingLedger)(object)ledger;
        counter.Inner = file;
        await ledger.AddBatchAsync("clips", new FalJobPolicy { Window = 100_000 });
        for (var first = 0; first < jobs; first += 5000)
            await ledger.AddAsync([.. Enumerable.Range(first, Math.Min(5000, jobs - first)).Select(NewEntry)]);
        var saver = new CountingSaver(jobs / 10);
        counter.Writes = 0;
        var clock = Stopwatch.StartNew();
        await new FalJobRunner(client, ledger, new FalJobRunnerOptions { Saver = saver, Concurrency = 64 }).RunUntilIdleAsync("clips");
        var seconds = clock.Elapsed.TotalSeconds;
        var saved = (await ledger.CountAsync("clips"))[FalLedgerState.Saved];
        if (saved != jobs) throw new InvalidOperationException($"{saved} of {jobs} entries are saved.");
        return (counter.Writes, seconds, saver.EarlyMiB, CountingSaver.MemoryMiB());
    }

    private static FalNewEntry NewEntry(int number)
        => new("clips", $"clip-{number}", Endpoint, JsonSerializer.SerializeToElement(new { prompt = $"clip {number}" }));

    private static double MeasureBare(string path, int transactions)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using (var prepare = connection.CreateCommand())
        {
            prepare.CommandText = "pragma journal_mode = wal; pragma synchronous = full; create table t (id integer primary key, n integer);"
                + "insert into t values (1, 0)";
            prepare.ExecuteNonQuery();
        }
        using var update = connection.CreateCommand();
        update.CommandText = "update t set n = n + 1 where id = 1";
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < transactions; i++) update.ExecuteNonQuery();
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>Counts the calls of a ledger that write, each of which is one transaction.</summary>
#pragma warning disable CA1852 // DispatchProxy derives a class from it.
    public class CountingLedger : DispatchProxy
#pragma warning restore CA1852
    {
        private int _writes;

        internal IFalLedger Inner { get; set; } = null!;

        internal int Writes { get => _writes; set => _writes = value; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name is nameof(IFalLedger.ApplyAsync) or nameof(IFalLedger.UpdateBatchAsync)) Interlocked.Increment(ref _writes);
            if (targetMethod.Name != nameof(IFalLedger.ClaimAsync)) return targetMethod.Invoke(Inner, args);
            return new ValueTask<IReadOnlyList<FalLedgerEntry>>(ClaimAsync((FalClaim)args![0]!, (CancellationToken)args[1]!));
        }

        // A claim that finds nothing only reads.
        private async Task<IReadOnlyList<FalLedgerEntry>> ClaimAsync(FalClaim claim, CancellationToken cancellationToken)
        {
            var claimed = await Inner.ClaimAsync(claim, cancellationToken);
            if (claimed.Count > 0) Interlocked.Increment(ref _writes);
            return claimed;
        }
    }

    private sealed class CountingSaver(int early) : IFalJobSaver
    {
        private int _saved;

        public double EarlyMiB { get; private set; }

        public static double MemoryMiB() => GC.GetTotalMemory(forceFullCollection: true) / (1024.0 * 1024);

        public Task<IReadOnlyList<string>> SaveAsync(FalSaveCall save, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _saved) == early) EarlyMiB = MemoryMiB();
            return Task.FromResult<IReadOnlyList<string>>([save.Entry.Key + ".mp4"]);
        }
    }

    private sealed class InstantFal : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var json = request.Method == HttpMethod.Post ? $$"""{"request_id":"{{Guid.NewGuid()}}","status":"IN_QUEUE"}"""
                : request.RequestUri!.AbsolutePath.EndsWith("/status", StringComparison.Ordinal) ? """{"status":"COMPLETED"}"""
                : """{"video":{"url":"https://files.invalid/clip.mp4"}}""";
            var content = new StringContent(json, Encoding.UTF8, "application/json");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
        }
    }
}
