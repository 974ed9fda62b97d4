using System.Diagnostics;
using System.Text.Json;
using Fal.Emulation;

namespace Fal.Jobs.Tests;

/// <summary>The runner over a SQLite ledger, with the emulator as fal and its record of requests as the judge.</summary>
public sealed class RunnerTests : IAsyncLifetime
{
    private const string Endpoint = "fal-ai/kling-video/v1.6/pro/text-to-video";
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("klinggen-jobs-").FullName;
    private FalEmulator _emulator = null!;

    private string LedgerPath => Path.Combine(_folder, "ledger.db");

    private string Results => Path.Combine(_folder, "results");

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
    public async Task Every_entry_is_submitted_once_with_its_stored_body_and_saved()
    {
        await using var ledger = await FalSqliteLedger.OpenAsync(LedgerPath);
        await AddAsync(ledger, 6);
        using var client = _emulator.CreateClient();
        var batch = await RunAsync(client, ledger);
        Assert.Equal(FalBatchState.Running, batch.State);
        var entries = await ledger.ListAsync(new FalLedgerQuery());
        Assert.All(entries, entry => Assert.Equal((FalLedgerState.Saved, null), (entry.State, entry.Reason)));
        Assert.All(entries, entry => Assert.True(new FileInfo(Assert.Single(entry.Files)).Length > 0));
        var sent = _emulator.Received.ForOperation(FalOperation.Submit).Select(request => request.BodyText).Order();
        Assert.Equal(entries.Select(entry => entry.WireBody!).Order(), sent);
        Assert.Equal(entries.Sum(entry => entry.Committed), batch.Committed);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"3\"")]
    [InlineData("3.5")]
    [InlineData("3")]
    public async Task A_result_is_saved_whatever_its_file_size_is(string size)
    {
        var result = """{"video":{"url":"data:video/mp4;base64,AAAA","file_name":null,"file_size":SIZE}}"""
            .Replace("SIZE", size, StringComparison.Ordinal);
        _emulator.Script.For("**", FalEmulatedRun.Instant with { Result = result });
        await using var ledger = await FalSqliteLedger.OpenAsync(LedgerPath);
        await AddAsync(ledger, 1);
        using var client = _emulator.CreateClient();
        await RunAsync(client, ledger);
        var entry = Assert.Single(await ledger.ListAsync(new FalLedgerQuery()));
        Assert.Equal((FalLedgerState.Saved, null), (entry.State, entry.Reason));
        Assert.Equal(3, new FileInfo(Assert.Single(entry.Files)).Length);
    }

    [Fact]
    public async Task A_file_that_another_job_left_is_kept_and_the_new_one_has_its_own_name()
    {
        await using var ledger = await FalSqliteLedger.OpenAsync(LedgerPath);
        using var client = _emulator.CreateClient();
        var first = await RunOneAsync("AAAA");
        Assert.Equal(first.Files, await SaveAgainAsync(first));
        Assert.Equal(1, await ledger.PurgeAsync("films", DateTimeOffset.UtcNow.AddMinutes(1)));
        var second = await RunOneAsync("AAAB");
        Assert.NotEqual(first.Files, second.Files);
        Assert.Equal(second.Files, await SaveAgainAsync(second));
        Assert.Equal([0, 0, 0], await File.ReadAllBytesAsync(first.Files[0]));
        Assert.Equal([0, 0, 1], await File.ReadAllBytesAsync(second.Files[0]));
        Assert.Equal(2, Directory.GetFiles(Results).Length);

        async Task<FalLedgerEntry> RunOneAsync(string base64)
        {
            var result = $$$"""{"video":{"url":"data:video/mp4;base64,{{{base64}}}","file_size":3}}""";
            _emulator.Script.For("**", FalEmulatedRun.Instant with { Result = result });
            await AddAsync(ledger, 1);
            await RunAsync(client, ledger);
            var entry = Assert.Single(await ledger.ListAsync(new FalLedgerQuery()));
            Assert.Equal((FalLedgerState.Saved, null), (entry.State, entry.Reason));
            return entry;
        }

        // As after the end of a process that had not told the ledger of the file.
        Task<IReadOnlyList<string>> SaveAgainAsync(FalLedgerEntry entry)
            => new FalFolderSaver(Results).SaveAsync(new FalSaveCall(client, entry, TimeProvider.System), CancellationToken.None);
    }

    [Theory]
    [InlineData("con")]
    [InlineData("nul")]
    [InlineData("com1")]
    [InlineData("lpt0")]
    [InlineData("console")]
    public async Task File_is_never_named_as_a_device_of_Windows(string key)
    {
        using var client = _emulator.CreateClient();
        using var input = JsonDocument.Parse("{}");
        await using var ledger = await FalSqliteLedger.OpenAsync(LedgerPath);
        await ledger.AddBatchAsync("films", new FalJobPolicy());
        await ledger.AddAsync([new FalNewEntry("films", key, Endpoint, input.RootElement)]);
        var entry = Assert.Single(await ledger.ListAsync(new FalLedgerQuery()));
        entry = entry with { Result = """{"video":{"url":"data:video/mp4;base64,AAAA","file_name":"a.mp4"}}""" };
        var paths = await new FalFolderSaver(Results).SaveAsync(new FalSaveCall(client, entry, TimeProvider.System), CancellationToken.None);
        var name = Path.GetFileName(Assert.Single(paths));
        Assert.Matches(key == "console" ? "^console.mp4$" : $"^{key}-[0-9a-f]{{8}}.mp4$", name);
    }

    [Fact]
    public async Task Disposed_client_leaves_no_unknown_outcome()
    {
        await using var ledger = await FalSqliteLedger.OpenAsync(LedgerPath);
        await ledger.AddBatchAsync("films", new FalJobPolicy { MaxRetries = 0 });
        await AddAsync(ledger, 1);
        using var client = _emulator.CreateClient();
        var options = new FalJobRunnerOptions
        {
            Saver = new FalFolderSaver(Results),
            PollInterval = TimeSpan.FromMilliseconds(50),
            WebhookUrl = _ =>
            {
                client.Dispose();
                return null;
            },
        };
        await new FalJobRunner(client, ledger, options).RunUntilIdleAsync("films").WaitAsync(HangGuard);
        var entry = Assert.Single(await ledger.ListAsync(new FalLedgerQuery()));
        Assert.Equal((FalLedgerState.Failed, 0m, 0), (entry.State, entry.Committed, entry.Attempts));
        Assert.Contains("was disposed", entry.Reason, StringComparison.Ordinal);
        Assert.Equal(0, _emulator.Received.CountOf(FalOperation.Submit));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exceptions_of_telemetry_listeners_lose_no_entry(bool atStart)
    {
        using var own = new Activity("order").Start();
        var failures = 0;
        using var listener = new ActivityListener
        {
            // Activities without a source have an empty name.
            ShouldListenTo = static source => source.Name.Length == 0,
            ActivityStarted = activity => FailIf(atStart, activity),
            ActivityStopped = activity => FailIf(!atStart, activity),
        };
        ActivitySource.AddActivityListener(listener);
        await using var ledger = await FalSqliteLedger.OpenAsync(LedgerPath);
        await AddAsync(ledger, 1);
        using var client = _emulator.CreateClient();
        await RunAsync(client, ledger);
        var entry = Assert.Single(await ledger.ListAsync(new FalLedgerQuery()));
        Assert.Equal((FalLedgerState.Saved, null, 1), (entry.State, entry.Reason, entry.Attempts));
        Assert.Equal(1, _emulator.Received.CountOf(FalOperation.Submit));
        Assert.True(failures > 0, "The listener was not called.");

        void FailIf(bool isMeant, Activity activity)
        {
            if (!isMeant || activity.OperationName != "fal.entry" || activity.TraceId != own.TraceId) return;
            failures++;
            throw new InvalidOperationException("A listener failed.");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Submit_options_that_fail_leave_no_unknown_outcome(bool throws)
    {
        await using var ledger = await FalSqliteLedger.OpenAsync(LedgerPath);
        await ledger.AddBatchAsync("films", new FalJobPolicy { MaxRetries = 0 });
        await AddAsync(ledger, 1);
        using var client = _emulator.CreateClient();
        var options = new FalJobRunnerOptions
        {
            Saver = new FalFolderSaver(Results),
            PollInterval = TimeSpan.FromMilliseconds(50),
            WebhookUrl = _ => throws ? throw new InvalidOperationException("Fal:PublicBaseUrl is not set.") : new Uri("ftp://app.example.com"),
        };
        await new FalJobRunner(client, ledger, options).RunUntilIdleAsync("films").WaitAsync(HangGuard);
        var entry = Assert.Single(await ledger.ListAsync(new FalLedgerQuery()));
        Assert.Equal((FalLedgerState.Failed, 0m, 0), (entry.State, entry.Committed, entry.Attempts));
        Assert.Contains(throws ? "PublicBaseUrl" : "Webhook", entry.Reason, StringComparison.Ordinal);
        Assert.Equal(0, _emulator.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task A_lost_answer_is_found_in_the_request_list_and_not_sent_again()
    {
        _emulator.Faults.Add(FalOperation.Submit, FalFault.Reset(works: true));
        await using var ledger = await FalSqliteLedger.OpenAsync(LedgerPath);
        await AddAsync(ledger, 2);
        using var client = _emulator.CreateClient();
        await RunAsync(client, ledger);
        Assert.All(await ledger.ListAsync(new FalLedgerQuery()), entry => Assert.Equal(FalLedgerState.Saved, entry.State));
        Assert.Equal(2, _emulator.Received.CountOf(FalOperation.Submit));
    }

    [Theory]
    [InlineData(true, FalLedgerState.Saved)]
    [InlineData(false, FalLedgerState.Unknown)]
    public async Task The_id_of_an_error_answer_is_no_job_until_the_request_list_has_it(bool works, FalLedgerState state)
    {
        _emulator.Faults.Add(FalOperation.Submit, FalFault.Error(500, works: works));
        await using var ledger = await FalSqliteLedger.OpenAsync(LedgerPath);
        await AddAsync(ledger, 1);
        using var client = _emulator.CreateClient();
        await RunAsync(client, ledger);
        var entry = Assert.Single(await ledger.ListAsync(new FalLedgerQuery()));
        Assert.Equal(state, entry.State);
        Assert.Equal(works, entry.RequestId is not null);
        Assert.Equal(1, _emulator.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task A_wrong_key_pauses_the_batch_before_a_second_submit()
    {
        await using var ledger = await FalSqliteLedger.OpenAsync(LedgerPath);
        await AddAsync(ledger, 3, window: 1);
        using var client = _emulator.CreateClient(options => options.Key = "wrong:key");
        var batch = await RunAsync(client, ledger);
        Assert.Equal((FalBatchState.Paused, FalPauseKind.WrongKey), (batch.State, batch.PauseKind!.Value));
        var counts = await ledger.CountAsync("films");
        Assert.Equal(3, counts[FalLedgerState.Queued]);
        Assert.Equal(0m, batch.Committed);
    }

    [Fact]
    public async Task A_refused_input_fails_its_entry_and_no_other()
    {
        await using var ledger = await FalSqliteLedger.OpenAsync(LedgerPath);
        await AddAsync(ledger, 1);
        await ledger.AddAsync([new FalNewEntry("films", "bad", Endpoint, Json("""{"prompt":7}"""))]);
        using var client = _emulator.CreateClient();
        await RunAsync(client, ledger);
        var bad = await ledger.FindAsync(FalNewEntry.GetId("films", "bad"));
        Assert.Equal(FalLedgerState.Failed, bad!.State);
        Assert.NotNull(bad.Reason);
        Assert.Equal(1, (await ledger.CountAsync())[FalLedgerState.Saved]);
    }

    [Fact]
    public async Task A_local_file_is_uploaded_and_a_changed_one_fails_its_entry()
    {
        var path = Path.Combine(_folder, "frame.png");
        var bytes = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        await File.WriteAllBytesAsync(path, bytes);
        var right = new FalMediaReference
        {
            JsonPointer = "/extra/image_url",
            Path = path,
            Length = bytes.Length,
            Sha256 = await MediaUploads.HashAsync(path, default),
        };
        await using var ledger = await FalSqliteLedger.OpenAsync(LedgerPath);
        await AddAsync(ledger, 0);
        var input = Json("""{"prompt":"snow","extra":{}}""");
        await ledger.AddAsync(
        [
            new FalNewEntry("films", "right", Endpoint, input, [right]),
            new FalNewEntry("films", "changed", Endpoint, input, [right with { Sha256 = "00" }]),
        ]);
        using var client = _emulator.CreateClient();
        await RunAsync(client, ledger);
        var sent = _emulator.Received.One(FalOperation.Submit);
        Assert.StartsWith("http", sent.BodyJson().GetProperty("extra").GetProperty("image_url").GetString(), StringComparison.Ordinal);
        var changed = await ledger.FindAsync(FalNewEntry.GetId("films", "changed"));
        Assert.Equal(FalLedgerState.Failed, changed!.State);
        Assert.Contains("changed since the entry was added", changed.Reason);
    }

    [Fact]
    public async Task A_full_disk_pauses_the_batch_and_keeps_the_results()
    {
        await using var ledger = await FalSqliteLedger.OpenAsync(LedgerPath);
        await AddAsync(ledger, 2);
        using var client = _emulator.CreateClient();
        var full = new FalJobRunner(client, ledger, new FalJobRunnerOptions { Saver = new FullDiskSaver() });
        var batch = await full.RunUntilIdleAsync("films").WaitAsync(HangGuard);
        Assert.Equal((FalBatchState.Paused, FalPauseKind.DiskFull), (batch.State, batch.PauseKind!.Value));
        Assert.All(await ledger.ListAsync(new FalLedgerQuery()), entry => Assert.NotNull(entry.Result ?? entry.WireBody));
        Assert.Equal(0, (await ledger.CountAsync())[FalLedgerState.Failed]);

        await ledger.UpdateBatchAsync("films", paused => paused.Resume());
        foreach (var entry in await ledger.ListAsync(new FalLedgerQuery { States = [FalLedgerState.Finished] }))
            Assert.Equal(FalApplyOutcome.Applied, await ledger.ApplyAsync(entry, entry with { DueAt = entry.AddedAt }));
        await RunAsync(client, ledger);
        Assert.Equal(2, (await ledger.CountAsync())[FalLedgerState.Saved]);
        Assert.Equal(2, _emulator.Received.CountOf(FalOperation.Submit));
    }

    [UnixFact]
    public async Task A_killed_process_loses_no_job_and_pays_none_twice()
    {
        const int Jobs = 40;
        await using (var ledger = await FalSqliteLedger.OpenAsync(LedgerPath)) await AddAsync(ledger, Jobs, window: 6);
        for (var life = 0; life < 2; life++)
        {
            using var victim = StartSample();
            await _emulator.Received.WaitForAsync(FalOperation.Submit, 8 * (life + 1)).WaitAsync(HangGuard);
            victim.Kill();
            await victim.WaitForExitAsync().WaitAsync(HangGuard);
        }
        using (var last = StartSample())
        {
            await last.WaitForExitAsync().WaitAsync(HangGuard);
            Assert.Equal(0, last.ExitCode);
        }
        await using var after = await FalSqliteLedger.OpenAsync(LedgerPath);
        var entries = await after.ListAsync(new FalLedgerQuery());
        var bodies = _emulator.Received.ForOperation(FalOperation.Submit).Select(request => request.BodyText).ToList();
        Assert.Equal(bodies.Distinct().Count(), bodies.Count);
        var accepted = _emulator.Received.ForOperation(FalOperation.Submit).Select(request => request.RequestId).ToHashSet();
        foreach (var entry in entries)
        {
            // An intent whose request never left stands as unknown: no list can prove that.
            Assert.True(entry.State is FalLedgerState.Saved or FalLedgerState.Unknown, $"{entry}: {entry.Reason}");
            if (entry.State == FalLedgerState.Unknown) Assert.DoesNotContain(entry.WireBody, bodies);
            else Assert.Contains(entry.RequestId, accepted);
        }
        Assert.Equal(accepted.Count, entries.Count(entry => entry.State == FalLedgerState.Saved));
    }

    [Fact]
    public async Task Engine_works_on_what_the_runner_claims_and_on_what_a_dead_owner_holds()
    {
        await using var ledger = await FalSqliteLedger.OpenAsync(LedgerPath);
        await AddAsync(ledger, 5);
        var held = await ledger.ClaimAsync(
            new FalClaim { Owner = "dead", Kind = FalClaimKind.New, Limit = 2, Lease = TimeSpan.FromDays(1) });
        using var client = _emulator.CreateClient();
        var options = new FalJobRunnerOptions { Saver = new FalFolderSaver(Results), PollInterval = TimeSpan.FromMilliseconds(50) };
        var elsewhere = new FalJobRunner(client, ledger, options);
        var dispatched = new System.Collections.Concurrent.ConcurrentBag<FalLedgerEntry>();
        var engine = new FalJobEngine
        {
            Owner = "shard 7",
            DispatchAsync = (entry, cancellationToken) =>
            {
                dispatched.Add(entry);
                return elsewhere.ProcessAsync(entry, cancellationToken);
            },
        };
        var runner = new FalJobRunner(client, ledger, options with { Engine = engine });

        Assert.Equal(0, await runner.RecoverAsync(owner => owner == "shard 7").WaitAsync(HangGuard));
        Assert.Equal(2, await runner.RecoverAsync(owner => owner == "dead").WaitAsync(HangGuard));
        await runner.RunUntilIdleAsync("films").WaitAsync(HangGuard);

        Assert.All(await ledger.ListAsync(new FalLedgerQuery()), entry => Assert.Equal(FalLedgerState.Saved, entry.State));
        Assert.Equal(5, _emulator.Received.CountOf(FalOperation.Submit));
        Assert.Equal(5, dispatched.Select(entry => entry.Id).Distinct().Count());
        var others = dispatched.Where(entry => held.All(orphan => orphan.Fence != entry.Fence || orphan.Id != entry.Id));
        Assert.All(others, entry => Assert.Equal("shard 7", entry.LeaseOwner));
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static async Task AddAsync(FalSqliteLedger ledger, int count, int window = 4)
    {
        await ledger.AddBatchAsync("films", new FalJobPolicy { Window = window, MaxConsecutiveFailures = 50 });
        var entries = Enumerable.Range(0, count)
            .Select(i => new FalNewEntry("films", $"k{i}", Endpoint, Json($$"""{"prompt":"film {{i}} \u00e4 ü"}""")));
        await ledger.AddAsync([.. entries]);
    }

    private Task<FalBatch> RunAsync(FalClient client, FalSqliteLedger ledger)
    {
        var options = new FalJobRunnerOptions { Saver = new FalFolderSaver(Results), PollInterval = TimeSpan.FromMilliseconds(50) };
        return new FalJobRunner(client, ledger, options).RunUntilIdleAsync("films").WaitAsync(HangGuard);
    }

    private Process StartSample()
    {
        var sample = typeof(RunnerTests).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false)
            .Cast<System.Reflection.AssemblyMetadataAttribute>().Single(data => data.Key == "CrashSample").Value!;
        var start = new ProcessStartInfo("dotnet", [sample, LedgerPath, Results]);
        start.Environment["FAL_KEY"] = _emulator.Key;
        start.Environment["FAL_QUEUE_ADDRESS"] = _emulator.QueueAddress.AbsoluteUri;
        start.Environment["FAL_RUN_ADDRESS"] = _emulator.RunAddress.AbsoluteUri;
        start.Environment["FAL_REST_ADDRESS"] = _emulator.RestAddress.AbsoluteUri;
        start.Environment["FAL_PLATFORM_ADDRESS"] = _emulator.PlatformAddress.AbsoluteUri;
        return Process.Start(start)!;
    }

    // On Linux the error is that of the system: a write to /dev/full.
    private sealed class FullDiskSaver : IFalJobSaver
    {
        public async Task<IReadOnlyList<string>> SaveAsync(FalSaveCall save, CancellationToken cancellationToken)
        {
            if (File.Exists("/dev/full")) await File.WriteAllBytesAsync("/dev/full", [1], cancellationToken);
            throw new IOException("There is not enough space on the disk.", unchecked((int)0x80070070));
        }
    }
}
