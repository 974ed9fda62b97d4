using static Fal.Jobs.FalLedgerState;

namespace Fal.Jobs.Tests.Contract;

public abstract partial class LedgerContractTests
{
    [Fact]
    public async Task Apply_stores_every_property()
    {
        await AddAsync("a");
        var entry = await ClaimOneAsync();
        var intent = Intent(entry) with
        {
            Media = [new() { JsonPointer = "/i", Path = "p", Length = 1, Sha256 = "00", Url = "https://example.com/1", UploadedAt = Now }],
            Estimate = 0.123457m,
            Committed = 0.123457m,
            Attempts = 1,
            Retries = 2,
        };
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(entry, intent));
        intent = intent with { Fence = entry.Fence + 1 };
        Assert.Equal(intent, await Ledger.FindAsync(entry.Id), EntryComparer.Instance);

        var submitted = Accepted(intent, "11111111-1111-4111-8111-111111111111");
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(intent, submitted));
        submitted = submitted with { Fence = intent.Fence + 1 };
        var finished = submitted with
        {
            State = Finished,
            Result = """{"video":{"url":"https://example.com/ü.mp4"}}""",
            Cost = 0.1m,
            Committed = 0.1m,
            IsCostEstimated = true,
            FinishedAt = Now.AddSeconds(1.5),
            Files = ["/tmp/a b.mp4", "ü"],
            ErrorKind = "kind",
            Reason = "none",
        };
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(submitted, finished));
        Assert.Equal(finished with { Fence = submitted.Fence + 1 }, await Ledger.FindAsync(entry.Id), EntryComparer.Instance);
        Assert.Equal(entry.Id, (await Ledger.FindByRequestIdAsync("11111111-1111-4111-8111-111111111111"))!.Id);
        Assert.Equal(0.1m, (await Ledger.FindBatchAsync("films"))!.Committed);
    }

    [Fact]
    public async Task Apply_with_an_old_fence_changes_nothing()
    {
        await AddAsync("a");
        var entry = await ClaimOneAsync();
        var intent = Intent(entry) with { Committed = 1 };
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(entry, intent));
        Assert.Equal(FalApplyOutcome.Conflict, await Ledger.ApplyAsync(entry, intent));
        Assert.Equal(1, (await Ledger.FindBatchAsync("films"))!.Committed);
        var missing = New("zzz").ToEntry(Now);
        Assert.Equal(FalApplyOutcome.Conflict, await Ledger.ApplyAsync(missing, missing with { Retries = 1 }));
        Assert.Equal(FalApplyOutcome.Conflict, await Ledger.ApplyAsync(missing, Intent(missing)));
    }

    [Fact]
    public async Task Concurrent_intents_of_one_entry_are_applied_once()
    {
        await AddAsync("a");
        var entry = await ClaimOneAsync();
        var second = await OpenAgainAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => Task.Run(async () => await (i % 2 == 0 ? Ledger : second).ApplyAsync(entry, Intent(entry)))));
        Assert.Single(outcomes, outcome => outcome == FalApplyOutcome.Applied);
        Assert.Equal(7, outcomes.Count(outcome => outcome == FalApplyOutcome.Conflict));
    }

    [Fact]
    public async Task Apply_refuses_changes_that_the_rules_forbid()
    {
        await AddAsync("a");
        var entry = await ClaimOneAsync();
        await Refused(entry, entry with { State = Saved, Result = "{}", EndedAt = Now });
        await Refused(entry, Intent(entry) with { WireBody = null });
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(entry, Intent(entry)));
        var intent = Intent(entry) with { Fence = entry.Fence + 1 };
        await Refused(intent, Intent(intent));
        await Refused(intent, intent with { State = Submitted });

        async Task Refused(FalLedgerEntry before, FalLedgerEntry after)
            => await Assert.ThrowsAsync<InvalidOperationException>(() => Ledger.ApplyAsync(before, after).AsTask());
    }

    [Fact]
    public async Task Apply_refuses_a_request_id_of_another_entry()
    {
        await AddAsync("a", "b");
        const string Id = "11111111-1111-4111-8111-111111111111";
        await SubmitAsync(await ClaimOneAsync(), Id);
        var entry = await ClaimOneAsync();
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(entry, Intent(entry)));
        var intent = Intent(entry) with { Fence = entry.Fence + 1 };
        Assert.Equal(FalApplyOutcome.RequestIdTaken, await Ledger.ApplyAsync(intent, Accepted(intent, Id)));
        Assert.Equal(intent, await Ledger.FindAsync(intent.Id), EntryComparer.Instance);
    }

    [Fact]
    public async Task Apply_refuses_a_former_request_id_of_another_entry()
    {
        await AddAsync("a", "b");
        const string Id = "11111111-1111-4111-8111-111111111111";
        var first = await SubmitAsync(await ClaimOneAsync(), Id);
        var again = first with { State = Queued, Token = null, SubmittedAt = null, IntentAt = null, FormerRequestIds = [Id] };
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(first, again));
        Assert.Equal(again with { Fence = first.Fence + 1 }, await Ledger.FindByRequestIdAsync(Id), EntryComparer.Instance);
        var entry = (await ClaimAsync(FalClaimKind.New)).Single(entry => entry.Key == "b");
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(entry, Intent(entry)));
        var intent = Intent(entry) with { Fence = entry.Fence + 1 };
        Assert.Equal(FalApplyOutcome.RequestIdTaken, await Ledger.ApplyAsync(intent, Accepted(intent, Id)));
    }

    [Fact]
    public async Task The_window_counts_the_whole_ledger()
    {
        await AddAsync(new FalJobPolicy { Window = 2 }, "a", "b", "c");
        await Ledger.AddBatchAsync("clips", new FalJobPolicy { Window = 2 });
        await Ledger.AddAsync([new FalNewEntry("clips", "x", Endpoint, Json("{}"))]);
        var entries = await ClaimAsync(FalClaimKind.New);
        var first = await SubmitAsync(entries[0], "11111111-1111-4111-8111-111111111111");
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(entries[1], Intent(entries[1])));
        Assert.Equal(FalApplyOutcome.WindowFull, await Ledger.ApplyAsync(entries[2], Intent(entries[2])));
        Assert.Equal(FalApplyOutcome.WindowFull, await Ledger.ApplyAsync(entries[3], Intent(entries[3])));
        Assert.Equal(entries[2], await Ledger.FindAsync(entries[2].Id), EntryComparer.Instance);
        await Ledger.ApplyAsync(first, first with { State = Finished, Result = "{}" });
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(entries[3], Intent(entries[3])));
        Assert.Equal(2, (await Ledger.CountAsync()).InFlight);
    }

    [Fact]
    public async Task The_window_holds_against_concurrent_intents()
    {
        await AddAsync(new FalJobPolicy { Window = 5 }, [.. Enumerable.Range(0, 20).Select(i => $"k{i}")]);
        var entries = await ClaimAsync(FalClaimKind.New);
        var second = await OpenAgainAsync();
        var outcomes = await Task.WhenAll(entries.Select(
            (entry, i) => Task.Run(async () => await (i % 2 == 0 ? Ledger : second).ApplyAsync(entry, Intent(entry)))));
        Assert.Equal(5, outcomes.Count(outcome => outcome == FalApplyOutcome.Applied));
        Assert.Equal(15, outcomes.Count(outcome => outcome == FalApplyOutcome.WindowFull));
    }

    [Fact]
    public async Task The_budget_counts_reservations_and_costs()
    {
        await AddAsync(new FalJobPolicy { Budget = 1.0m }, "a", "b", "c");
        var entries = await ClaimAsync(FalClaimKind.New);
        var first = await SubmitAsync(entries[0], "11111111-1111-4111-8111-111111111111", 0.7m);
        Assert.Equal(FalApplyOutcome.OverBudget, await Ledger.ApplyAsync(entries[1], Intent(entries[1]) with { Committed = 0.300001m }));
        Assert.Equal(0.7m, (await Ledger.FindBatchAsync("films"))!.Committed);
        await Ledger.ApplyAsync(first, first with { State = Finished, Result = "{}", Cost = 0.35m, Committed = 0.35m });
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(entries[1], Intent(entries[1]) with { Committed = 0.65m }));
        Assert.Equal(1.0m, (await Ledger.FindBatchAsync("films"))!.Committed);
        Assert.Equal(0.35m, (await Ledger.CountAsync("films")).Cost);
    }

    [Fact]
    public async Task A_paused_batch_submits_nothing()
    {
        await AddAsync("a");
        var entry = await ClaimOneAsync();
        await (await OpenAgainAsync()).UpdateBatchAsync("films", batch => batch.Pause(FalPauseKind.Person, "Wait."));
        Assert.Equal(FalApplyOutcome.BatchHalted, await Ledger.ApplyAsync(entry, Intent(entry)));
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(entry, Free(entry)));
    }

    [Fact]
    public async Task Failures_in_a_row_pause_the_batch_and_a_success_resets_them()
    {
        await AddAsync(new FalJobPolicy { MaxConsecutiveFailures = 2 }, "a", "b", "c", "d");
        var entries = await ClaimAsync(FalClaimKind.New);
        var success = await SubmitAsync(entries[0], "11111111-1111-4111-8111-111111111111");
        await FailAsync(entries[1]);
        Assert.Equal(1, (await Ledger.FindBatchAsync("films"))!.ConsecutiveFailures);
        await Ledger.ApplyAsync(success, success with { State = Finished, Result = "{}" });
        Assert.Equal(0, (await Ledger.FindBatchAsync("films"))!.ConsecutiveFailures);
        await FailAsync(entries[2]);
        await FailAsync(entries[3]);
        var batch = await Ledger.FindBatchAsync("films");
        Assert.Equal((FalBatchState.Paused, FalPauseKind.ConsecutiveFailures), (batch!.State, batch.PauseKind!.Value));

        async Task FailAsync(FalLedgerEntry entry)
        {
            var failed = Free(entry) with { State = Failed, Reason = "no", EndedAt = Now };
            Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(entry, failed));
        }
    }

    [Fact]
    public async Task List_pages_by_sequence_and_filters()
    {
        await AddAsync("a", "b", "c");
        var submitted = await SubmitAsync(await ClaimOneAsync(), "11111111-1111-4111-8111-111111111111");
        var page = await Ledger.ListAsync(new FalLedgerQuery { Batch = "films", Limit = 2 });
        Assert.Equal(["a", "b"], page.Select(entry => entry.Key));
        Assert.Equal(["c"], (await Ledger.ListAsync(new FalLedgerQuery { After = page[1].Sequence })).Select(entry => entry.Key));
        Assert.Equal([submitted.Id], (await Ledger.ListAsync(new FalLedgerQuery { States = [Submitted, Unknown] })).Select(entry => entry.Id));
        Assert.Empty(await Ledger.ListAsync(new FalLedgerQuery { Batch = "others" }));
        var claimed = await ClaimOneAsync();
        Assert.Equal([claimed.Id], (await Ledger.ListAsync(new FalLedgerQuery { IsLeased = true })).Select(entry => entry.Id));
        var counts = await Ledger.CountAsync("films");
        Assert.Equal((3, 2, 1, 0), (counts.Total, counts[Queued], counts[Submitted], counts[Saved]));
    }

    [Fact]
    public async Task Purge_deletes_what_ended_before()
    {
        await AddAsync("a", "b", "c");
        var entries = await ClaimAsync(FalClaimKind.New);
        foreach (var entry in entries.Take(2))
        {
            await Ledger.ApplyAsync(entry, Free(entry) with { State = Failed, Reason = "no", EndedAt = Now });
            Time.Advance(TimeSpan.FromDays(1));
        }
        Assert.Equal(1, await Ledger.PurgeAsync("films", Now.AddDays(-1)));
        Assert.Null(await Ledger.FindAsync(entries[0].Id));
        Assert.Equal(2, (await Ledger.CountAsync()).Total);
        Assert.Equal(1, await Ledger.AddAsync([New("a")]));
    }

    [Fact]
    public async Task WaitForWork_ends_when_an_entry_is_added()
    {
        await Ledger.AddBatchAsync("films", new FalJobPolicy());
        var wait = Ledger.WaitForWorkAsync(TimeSpan.FromDays(1));
        await Ledger.AddAsync([New("a")]);
        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitForWork_ends_by_the_clock()
    {
        var wait = Ledger.WaitForWorkAsync(TimeSpan.FromSeconds(10));
        for (var i = 0; i < 3000 && !wait.IsCompleted; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(10);
        }
        Assert.True(wait.IsCompletedSuccessfully);
    }
}
