using System.Diagnostics;
using System.Text.Json;
using Fal.Emulation;
using Fal.Jobs;
using Fal.Tests.Harness;
using KlingGen.Cli.Batch;
using KlingGen.Cli.Emulating;
using KlingGen.Cli.Terminal;
using KlingGen.Cli.Tests.Commands;
using KlingGen.Cli.Tests.Harness;
using Microsoft.Data.Sqlite;

namespace KlingGen.Cli.Tests.Batch;

/// <summary>Batches against an emulator that the test holds: its record of submits is the judge.</summary>
public sealed class BatchRunTests : IAsyncLifetime, IDisposable
{
    private const string Endpoint = "fal-ai/kling-video/v1/tts";

    private readonly TempFolder _folder = new();
    private FalEmulator _fal = null!;

    public async Task InitializeAsync()
    {
        Environment.SetEnvironmentVariable("FAL_KEY", RunTests.Key);
        _fal = await Emulators.StartAsync([], new FalEmulatorOptions { Key = RunTests.Key }, CancellationToken.None);
        _fal.Script.For("**", FalEmulatedRun.Instant);
    }

    public async Task DisposeAsync() => await _fal.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_csv_becomes_files_and_a_report_and_nothing_is_submitted_twice()
    {
        _folder.Write("jobs.csv", "text,out\nHello,hello.wav\nGoodbye,sub/goodbye.wav\n");
        var run = await RunAsync("jobs.csv", "--endpoint", Endpoint, "--yes");
        Assert.Equal(0, run.Code);
        Assert.True(File.Exists(_folder.At("jobs-emulated/hello.wav")), run.Error);
        Assert.True(File.Exists(_folder.At("jobs-emulated/sub/goodbye.wav")));
        Assert.Contains("<audio src=\"./sub/goodbye.wav\"", _folder.Read("jobs-emulated/report.html"), StringComparison.Ordinal);
        Assert.Contains("2 jobs: 2 saved", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", run.Out + run.Error, StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync("jobs.csv", "--endpoint", Endpoint, "--yes")).Code);
        Assert.Equal(2, _fal.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task Without_a_person_and_without_yes_nothing_is_sent_and_no_ledger_is_left()
    {
        WriteJobs("Hello");
        var run = await RunAsync("jobs.jsonl");
        Assert.Equal(2, run.Code);
        Assert.Contains("add --yes", run.Error, StringComparison.Ordinal);
        Assert.Empty(_fal.Received.All);
        Assert.False(File.Exists(_folder.At("jobs.jsonl.emulated.db")));
    }

    [Theory]
    [InlineData("n", 1, 0)]
    [InlineData("", 1, 0)]
    [InlineData("yes", 0, 1)]
    public async Task A_person_is_asked(string answer, int code, int submits)
    {
        WriteJobs("Hello");
        using var error = new StringWriter();
        using var answers = new StringReader(answer + "\n");
        var console = new ToolConsole(TextWriter.Null, error, outputColours: false, errorColours: false) { Answers = answers };
        Assert.Equal(code, await Tool.RunAsync(Arguments("jobs.jsonl"), console, CancellationToken.None));
        Assert.Contains("Submit 1 job? [y/N]", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(submits, _fal.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task A_faulty_line_stops_the_whole_batch()
    {
        _folder.Write("jobs.jsonl", Line("Hello") + "\n{}\n");
        var run = await RunAsync("jobs.jsonl", "--yes");
        Assert.Equal(1, run.Code);
        const string said = "refused: jobs.jsonl(2): 'input' must be a JSON object\n1 problem in 1 line. Nothing was sent.\n";
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Empty(_fal.Received.All);
    }

    [Theory]
    [InlineData("0.5", 1)]
    [InlineData("1", 0)]
    public async Task The_budget_holds_over_the_whole_file(string budget, int code)
    {
        const string job = """
            {"endpoint": "fal-ai/kling-video/v2.6/pro/image-to-video", "key": "KEY",
            "input": {"prompt": "a", "start_image_url": "https://example.com/a.png", "generate_audio": false}}
            """;
        var lines = new[] { "a", "b" }.Select(key => job.ReplaceLineEndings(" ").Replace("KEY", key, StringComparison.Ordinal));
        _folder.Write("jobs.jsonl", string.Join('\n', lines));
        var run = await RunAsync("jobs.jsonl", "--yes", "--max-cost", budget);
        Assert.True(run.Code == code, run.Error);
        Assert.Contains("estimate 0.7 USD for 2 jobs", run.Error, StringComparison.Ordinal);
        Assert.Equal(code == 0 ? 2 : 0, _fal.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task A_budget_refuses_unknown_costs_unless_they_are_allowed()
    {
        WriteJobs("Hello");
        Assert.Equal(1, (await RunAsync("jobs.jsonl", "--yes", "--max-cost", "1")).Code);
        Assert.Empty(_fal.Received.All);
        Assert.Equal(0, (await RunAsync("jobs.jsonl", "--yes", "--max-cost", "1", "--allow-unknown-cost")).Code);
    }

    [Fact]
    public async Task A_key_with_another_input_is_refused_by_its_line()
    {
        WriteJobs("Hello", "Again");
        await RunAsync("jobs.jsonl", "--yes");
        WriteJobs("Hello", "Other");
        var run = await RunAsync("jobs.jsonl", "--yes");
        Assert.Equal(1, run.Code);
        Assert.Contains("jobs.jsonl(2): the ledger has the key 'line-2' with another input (saved)", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, _fal.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task Failed_jobs_are_listed_and_done_again_when_asked_for()
    {
        var failure = FalEmulatedFailure.ByModel("content_policy_violation", "The text is not allowed.");
        _fal.Script.For("**", FalEmulatedRun.Instant with { Failure = failure });
        WriteJobs("Hello");
        var failed = await RunAsync("jobs.jsonl", "--yes");
        Assert.Equal(1, failed.Code);
        Assert.Contains("line-1 failed: ", failed.Error, StringComparison.Ordinal);
        Assert.Contains("The text is not allowed.", failed.Error, StringComparison.Ordinal);

        _fal.Script.For("**", FalEmulatedRun.Instant);
        Assert.Equal(1, (await RunAsync("jobs.jsonl", "--yes")).Code);
        Assert.Equal(1, _fal.Received.CountOf(FalOperation.Submit));
        (await ToolRun.Of("batch", "retry", Ledger)).Fine();
        Assert.Equal(0, (await RunAsync("jobs.jsonl", "--yes")).Code);
        Assert.Equal(2, _fal.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task A_paused_batch_submits_nothing_until_it_is_resumed()
    {
        WriteJobs("Hello");
        await RunAsync("jobs.jsonl", "--yes");
        (await ToolRun.Of("batch", "pause", Ledger, "--reason", "until Monday")).Fine();
        WriteJobs("Hello", "Again");
        var paused = await RunAsync("jobs.jsonl", "--yes");
        Assert.Equal(1, paused.Code);
        Assert.Contains("until Monday", paused.Error, StringComparison.Ordinal);
        Assert.Equal(1, _fal.Received.CountOf(FalOperation.Submit));
        (await ToolRun.Of("batch", "resume", Ledger)).Fine();
        Assert.Equal(0, (await RunAsync("jobs.jsonl", "--yes")).Code);
        Assert.Equal(2, _fal.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task Ctrl_C_leaves_a_batch_that_goes_on()
    {
        _fal.Script.For("**", FalEmulatedRun.Instant with { Duration = Timeout.InfiniteTimeSpan });
        WriteJobs("Hello", "Again");
        using var stop = new CancellationTokenSource();
        var running = ToolRun.Of([.. Arguments("jobs.jsonl", "--yes")], stop.Token);
        await Task.WhenAny(_fal.Received.WaitForAsync(FalOperation.Status), running);
        await stop.CancelAsync();
        var run = await running;
        Assert.Equal(130, run.Code);
        Assert.Contains("in flight at fal; the same command goes on", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, _fal.Received.CountOf(FalOperation.Cancel));
    }

    [Theory]
    [InlineData("", "is not an SQLite database")]
    [InlineData("create table other (id integer)", "is a database of another program, not a ledger")]
    [InlineData("update klinggen_schema set version = 99", "has schema version 99")]
    public async Task A_ledger_that_cannot_be_used_is_an_error_that_says_why(string sql, string expected)
    {
        WriteJobs("Hello");
        if (sql.Length == 0) _folder.Write("jobs.jsonl.emulated.db", new string('x', 4096));
        if (sql.StartsWith("update", StringComparison.Ordinal)) await (await FalSqliteLedger.OpenAsync(Ledger)).DisposeAsync();
        if (sql.Length > 0) Execute(sql);
        foreach (var run in (ToolRun[])[await RunAsync("jobs.jsonl", "--yes"), await ToolRun.Of("batch", "list", Ledger)])
        {
            Assert.Equal(2, run.Code);
            Assert.Contains(expected, run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("unexpected fault", run.Error, StringComparison.Ordinal);
        }
        Assert.Empty(_fal.Received.All);
    }

    [Theory]
    [InlineData("--concurrency", "3", 6)]
    [InlineData("--concurrency", "40", 80)]
    [InlineData("--window", "5", 5)]
    public async Task Window_is_stored_with_the_batch(string option, string value, int window)
    {
        WriteJobs("Hello");
        (await RunAsync("jobs.jsonl", "--yes", option, value)).Fine();
        await using var ledger = await FalSqliteLedger.OpenAsync(Ledger);
        Assert.Equal(window, (await ledger.FindBatchAsync("jobs"))!.Policy.Window);
    }

    [Theory]
    [InlineData("--concurrency is a number from 1 to 40", "--concurrency", "0")]
    [InlineData("as fal's dashboard shows it; for an account with more, give --window.", "--concurrency", "41")]
    [InlineData("klinggen: error: --window is a number from 1 to 100,000.", "--window", "100001")]
    [InlineData("Give --window or --concurrency", "--concurrency", "3", "--window", "5")]
    public async Task Concurrency_is_refused_where_it_cannot_work(string expected, params string[] options)
    {
        WriteJobs("Hello");
        var run = await RunAsync("jobs.jsonl", ["--yes", .. options]);
        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(_fal.Received.All);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Progress_has_counts_rate_cost_and_time_left(bool isLive)
    {
        const string endpoint = "fal-ai/kling-video/v2.6/pro/text-to-video";
        // No job ends at fal; the test records the end of one.
        _fal.Script.For("**", FalEmulatedRun.Instant with { Duration = Timeout.InfiniteTimeSpan });
        var time = new FakeTime();
        await using var ledger = await FalSqliteLedger.OpenAsync(Ledger, timeProvider: time);
        await ledger.AddBatchAsync("jobs", new FalJobPolicy());
        await ledger.AddAsync([.. new[] { "a", "b", "c" }.Select(key => new FalNewEntry(
            "jobs", key, endpoint, JsonSerializer.SerializeToElement(new { prompt = key })))]);
        using var error = new StringWriter();
        await using var writer = TextWriter.Synchronized(error);
        var console = new ToolConsole(TextWriter.Null, writer, outputColours: false, errorColours: isLive) { Time = time };
        console.Live.Profile.Width = 200;
        using var client = Emulators.Client(_fal.QueueAddress);
        using var stop = new CancellationTokenSource();
        var batch = (await ledger.FindBatchAsync("jobs"))!;
        var running = new BatchRun(console, client, ledger, _folder.Root).RunAsync(batch, stop.Token);
        await _fal.Received.WaitForAsync(FalOperation.Submit, 3);
        await WaitForAsync("0 of 3 done, 3 in flight; cost 0 USD");
        await EndOneJobAsync();
        await WaitForAsync("1 of 3 done, 2 in flight; cost 0.7 USD; ");
        Assert.Matches(@"0\.7 USD; [0-9.]+ per minute; [0-9]+ (s|min|h|d).* left", Text());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        string Text()
        {
            // The lock of a synchronized writer is the writer.
            lock (writer) return error.ToString();
        }

        async Task WaitForAsync(string line)
        {
            using var guard = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            while (!Text().Contains(line, StringComparison.Ordinal))
            {
                Assert.False(running.IsCompleted || guard.IsCancellationRequested, Text());
                time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(5);
            }
        }

        async Task EndOneJobAsync()
        {
            while (true)
            {
                var entry = (await ledger.ListAsync(new FalLedgerQuery { States = [FalLedgerState.Submitted] }))[0];
                var saved = entry with
                {
                    State = FalLedgerState.Finished,
                    Result = "{}",
                    Cost = 0.7m,
                    Committed = 0.7m,
                    DueAt = entry.AddedAt,
                    LeaseOwner = null,
                    LeaseUntil = null,
                };
                if (await ledger.ApplyAsync(entry, saved) == FalApplyOutcome.Applied) return;
            }
        }
    }

    [Fact]
    public async Task Help_shows_examples()
        => Assert.Contains("Examples:\n  # ", (await ToolRun.Of("batch", "run", "--help")).Fine().Out, StringComparison.Ordinal);

    [UnixFact]
    public async Task After_kill_9_no_job_is_lost_and_none_is_submitted_twice()
    {
        const int jobs = 20;
        _fal.Script.For("**", FalEmulatedRun.Instant with { Duration = TimeSpan.FromMilliseconds(200) });
        WriteJobs([.. Enumerable.Range(1, jobs).Select(index => $"Job {index}")]);
        using (var process = Start("jobs.jsonl", "--yes", "--window", "4"))
        {
            var drained = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (_fal.Received.CountOf(FalOperation.Submit) < 6 && !process.HasExited) await Task.Delay(10, guard.Token);
            Assert.False(process.HasExited, process.HasExited ? await drained.Item2 : "");
            process.Kill();
            await process.WaitForExitAsync(guard.Token);
        }
        Assert.InRange(_fal.Received.CountOf(FalOperation.Submit), 6, jobs - 1);

        var run = await RunAsync("jobs.jsonl", "--yes");
        var report = JsonDocument.Parse(_folder.Read("jobs-emulated/report.json")).RootElement.GetProperty("jobs").EnumerateArray().ToList();
        var submitted = _fal.Received.All.Where(request => request.Operation == FalOperation.Submit).Select(request => request.BodyText).ToList();
        Assert.Equal(submitted.Distinct().Count(), submitted.Count);
        Assert.Equal(jobs, report.Count);
        var states = report.CountBy(job => job.GetProperty("state").GetString()!).ToDictionary();
        Assert.True(states.Keys.All(state => state is "saved" or "unknown") && states.GetValueOrDefault("unknown") <= 4, run.Error);
        Assert.Equal(states.ContainsKey("unknown") ? 1 : 0, run.Code);
    }

    private string Ledger => _folder.At("jobs.jsonl.emulated.db");

    private static string Line(string text) => JsonSerializer.Serialize(new { endpoint = Endpoint, input = new { text } });

    private void WriteJobs(params string[] texts) => _folder.Write("jobs.jsonl", string.Join('\n', texts.Select(Line)));

    private Task<ToolRun> RunAsync(string jobs, params string[] more) => ToolRun.Of([.. Arguments(jobs, more)]);

    private string[] Arguments(string jobs, params string[] more)
        => ["batch", "run", _folder.At(jobs), "--at", _fal.QueueAddress.ToString(), .. more];

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Ledger};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are those of the test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>The tool as a process that can be killed.</summary>
    private Process Start(string jobs, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet", [BuiltTool.File, .. Arguments(jobs, more)])
        {
            WorkingDirectory = _folder.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FAL_KEY"] = RunTests.Key;
        return Process.Start(start)!;
    }
}
