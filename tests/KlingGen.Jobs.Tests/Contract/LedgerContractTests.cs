using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using static Fal.Jobs.FalLedgerState;

namespace Fal.Jobs.Tests.Contract;

/// <summary>
/// The contract of <see cref="IFalLedger"/>. Every ledger derives a class from this one, so that all keep the same. Other test projects link the
/// files
/// of this folder.
/// </summary>
public abstract partial class LedgerContractTests : IAsyncLifetime
{
    private const string Endpoint = "acme/lumen/v1/text-to-clip";
    private const string Worker = "worker-1";

    private IFalLedger? _ledger;

    /// <summary>The clock of the ledger.</summary>
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.Zero));

    private IFalLedger Ledger => _ledger!;

    private DateTimeOffset Now => Time.GetUtcNow();

    public virtual async Task InitializeAsync() => _ledger = await CreateAsync();

    public virtual async Task DisposeAsync()
    {
        if (_ledger is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
        else if (_ledger is IDisposable disposable) disposable.Dispose();
    }

    /// <summary>An empty ledger on <see cref="Time"/>.</summary>
    protected abstract Task<IFalLedger> CreateAsync();

    /// <summary>A second ledger object over the same entries, as another process has it; the first one where the ledger lives in memory.</summary>
    protected virtual Task<IFalLedger> OpenAgainAsync() => Task.FromResult(Ledger);

    [Fact]
    public async Task AddBatch_keeps_the_batch_that_is_there()
    {
        var policy = new FalJobPolicy { Window = 3, Budget = 12.34m, UnknownPolicy = FalUnknownPolicy.ResubmitAfterHorizon };
        var added = await Ledger.AddBatchAsync("films", policy);
        var again = await Ledger.AddBatchAsync("films", new FalJobPolicy { Window = 9 });
        Assert.Equal(added, again);
        Assert.Equal(new FalBatch { Name = "films", Policy = policy, AddedAt = Now }, await Ledger.FindBatchAsync("films"));
        Assert.Null(await Ledger.FindBatchAsync("others"));
        await Ledger.AddBatchAsync("clips", new FalJobPolicy());
        Assert.Equal(["clips", "films"], (await Ledger.ListBatchesAsync()).Select(batch => batch.Name));
        await Assert.ThrowsAsync<ArgumentException>(() => Ledger.AddBatchAsync("bad", new FalJobPolicy { Window = 0 }).AsTask());
    }

    [Fact]
    public async Task UpdateBatch_pauses_and_resumes_for_every_process()
    {
        await Ledger.AddBatchAsync("films", new FalJobPolicy());
        var paused = await Ledger.UpdateBatchAsync("films", batch => batch.Pause(FalPauseKind.AccountLocked, "The balance is used up."));
        Assert.Equal((FalBatchState.Paused, FalPauseKind.AccountLocked), (paused.State, paused.PauseKind!.Value));
        Assert.Equal(paused, await (await OpenAgainAsync()).FindBatchAsync("films"));
        await Ledger.UpdateBatchAsync("films", batch => (batch with { Name = "x", Committed = 5, AddedAt = default }).Resume());
        Assert.Equal(new FalBatch { Name = "films", AddedAt = Now }, await Ledger.FindBatchAsync("films"));
        await Assert.ThrowsAsync<ArgumentException>(() => Ledger.UpdateBatchAsync("none", batch => batch).AsTask());
    }

    [Fact]
    public async Task Stop_cancels_what_was_not_sent_and_nothing_else()
    {
        await AddAsync("a", "b", "c");
        var submitted = await SubmitAsync(await ClaimOneAsync(), "11111111-1111-4111-8111-111111111111");
        var claimed = await ClaimOneAsync();
        await Ledger.UpdateBatchAsync("films", batch => batch.Stop("Enough."));
        Assert.Equal(submitted, await Ledger.FindAsync(submitted.Id), EntryComparer.Instance);
        foreach (var key in (string[])["b", "c"])
        {
            var entry = await FindAsync(key);
            Assert.Equal((Cancelled, "Enough.", Now, null), (entry.State, entry.Reason, entry.EndedAt!.Value, entry.LeaseOwner));
        }
        Assert.Equal(FalApplyOutcome.Conflict, await Ledger.ApplyAsync(claimed, Intent(claimed)));
        Assert.Empty(await ClaimAsync(FalClaimKind.New));
    }

    [Fact]
    public async Task Add_keeps_every_property()
    {
        await Ledger.AddBatchAsync("films", new FalJobPolicy());
        var media = new FalMediaReference { JsonPointer = "/image_url", Path = "/tmp/ä '\" b.png", Length = 5_000_000_000, Sha256 = "ab12" };
        var input = Json("""{"prompt":"snow \u0000 ❄ \ud83d\ude00","seed":1.50}""");
        var added = new FalNewEntry("films", "kä' \"1", Endpoint, input, [media], "out/a.mp4");
        Assert.Equal(1, await Ledger.AddAsync([added]));
        var entry = await Ledger.FindAsync(added.Id);
        Assert.NotNull(entry);
        Assert.True(entry.Sequence > 0);
        Assert.Equal(added.ToEntry(Now, entry.Sequence), entry, EntryComparer.Instance);
        Assert.Null(await Ledger.FindAsync("0"));
    }

    [Fact]
    public async Task Add_is_idempotent_by_key_and_body()
    {
        await AddAsync("a");
        var submitted = await SubmitAsync(await ClaimOneAsync(), "11111111-1111-4111-8111-111111111111");
        var second = await OpenAgainAsync();
        Assert.Equal(1, await second.AddAsync([New("a"), New("b"), New("b")]));
        Assert.Equal(submitted, await Ledger.FindAsync(submitted.Id), EntryComparer.Instance);
        Assert.Equal(2, (await Ledger.CountAsync("films")).Total);
    }

    [Fact]
    public async Task Add_refuses_a_key_with_another_body_and_adds_none()
    {
        await AddAsync("a");
        var other = new FalNewEntry("films", "a", Endpoint, Json("""{"prompt":"rain"}"""));
        var ex = await Assert.ThrowsAsync<FalKeyConflictException>(() => Ledger.AddAsync([New("b"), other]).AsTask());
        Assert.Equal("a", ex.Key);
        await Assert.ThrowsAsync<FalKeyConflictException>(() => Ledger.AddAsync([New("c"), new("films", "c", Endpoint, Json("{}"))]).AsTask());
        Assert.Equal(1, (await Ledger.CountAsync()).Total);
    }

    [Fact]
    public async Task Add_refuses_an_unknown_batch()
        => await Assert.ThrowsAsync<ArgumentException>(() => Ledger.AddAsync([New("a")]).AsTask());

    [Fact]
    public async Task Concurrent_adds_of_one_key_make_one_entry()
    {
        await Ledger.AddBatchAsync("films", new FalJobPolicy());
        var second = await OpenAgainAsync();
        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => Task.Run(async () => await (i % 2 == 0 ? Ledger : second).AddAsync([New("a"), New("b")]))));
        Assert.Equal(2, added.Sum());
        Assert.Equal(2, (await Ledger.CountAsync()).Total);
    }

    [Fact]
    public async Task Claim_leases_due_entries_in_order()
    {
        await AddAsync("c", "a", "b");
        var claimed = await ClaimAsync(FalClaimKind.New, 2);
        Assert.Equal(["c", "a"], claimed.Select(entry => entry.Key));
        Assert.All(claimed, entry => Assert.Equal((1, Worker, Now.AddMinutes(5)), (entry.Fence, entry.LeaseOwner, entry.LeaseUntil!.Value)));
        Assert.Equal(claimed[0], await Ledger.FindAsync(claimed[0].Id), EntryComparer.Instance);
        Assert.Equal(["b"], (await ClaimAsync(FalClaimKind.New)).Select(entry => entry.Key));
        Assert.Empty(await ClaimAsync(FalClaimKind.New));
    }

    [Fact]
    public async Task Claim_takes_an_entry_whose_lease_is_over_and_its_former_owner_loses()
    {
        await AddAsync("a");
        var first = await ClaimOneAsync();
        Time.Advance(TimeSpan.FromMinutes(5));
        var second = await ClaimOneAsync();
        Assert.Equal(first.Fence + 1, second.Fence);
        Assert.Equal(FalApplyOutcome.Conflict, await Ledger.ApplyAsync(first, Intent(first)));
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(second, Intent(second)));
    }

    [Fact]
    public async Task Claim_leaves_out_what_is_not_due()
    {
        await AddAsync("a");
        var entry = await ClaimOneAsync();
        var later = Free(entry) with { DueAt = Now.AddSeconds(30), Retries = 1, Reason = "later" };
        Assert.Equal(FalApplyOutcome.Applied, await Ledger.ApplyAsync(entry, later));
        Assert.Empty(await ClaimAsync(FalClaimKind.New));
        Time.Advance(TimeSpan.FromSeconds(30));
        var again = await ClaimOneAsync();
        Assert.Equal((1, "later"), (again.Retries, again.Reason));
    }

    [Fact]
    public async Task Claim_separates_new_from_started_work()
    {
        await AddAsync("a", "b");
        var submitted = await SubmitAsync(await ClaimOneAsync(), "11111111-1111-4111-8111-111111111111");
        await Ledger.UpdateBatchAsync("films", batch => batch.Pause(FalPauseKind.Person, "Wait."));
        Assert.Empty(await ClaimAsync(FalClaimKind.New));
        Assert.Equal([submitted.Id], (await ClaimAsync(FalClaimKind.Started)).Select(entry => entry.Id));
        await Ledger.UpdateBatchAsync("films", batch => batch.Resume());
        Assert.Equal(["b"], (await ClaimAsync(FalClaimKind.New)).Select(entry => entry.Key));
    }

    [Fact]
    public async Task Claim_can_name_a_batch()
    {
        await AddAsync("a");
        await Ledger.AddBatchAsync("clips", new FalJobPolicy());
        await Ledger.AddAsync([new FalNewEntry("clips", "x", Endpoint, Json("{}"))]);
        var claimed = await Ledger.ClaimAsync(new FalClaim { Owner = Worker, Kind = FalClaimKind.New, Limit = 10, Batch = "clips" });
        Assert.Equal("x", Assert.Single(claimed).Key);
    }

    [Fact]
    public async Task Concurrent_claims_never_return_one_entry_twice()
    {
        await AddAsync([.. Enumerable.Range(0, 60).Select(i => $"k{i}")]);
        var second = await OpenAgainAsync();
        var claims = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            var mine = new List<FalLedgerEntry>();
            while (true)
            {
                var some = await (i % 2 == 0 ? Ledger : second).ClaimAsync(new FalClaim { Owner = $"w{i}", Kind = FalClaimKind.New, Limit = 3 });
                if (some.Count == 0) return mine;
                mine.AddRange(some);
            }
        })));
        var ids = claims.SelectMany(entries => entries).Select(entry => entry.Id).ToList();
        Assert.Equal(ids.Distinct().Count(), ids.Count);
        ids.AddRange((await ClaimAsync(FalClaimKind.New)).Select(entry => entry.Id));
        Assert.Equal(60, ids.Distinct().Count());
    }
}
