using Fal.Tests.Harness;

namespace Fal.Tests.Webhooks;

public sealed class WebhookStoreTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private FakeTime Time { get; } = new();

    [Fact]
    public async Task MemoryStore_makes_only_completed_ids_duplicates()
    {
        // As receivers see it.
        IFalWebhookStore[] stores = [new FalWebhookMemoryStore(timeProvider: Time)];
        var store = stores[0];
        Assert.Equal(FalWebhookLease.Granted, await store.TryBeginAsync("a", Lease));
        Assert.Equal(FalWebhookLease.Held, await store.TryBeginAsync("a", Lease));
        await store.CompleteAsync("a");
        Assert.Equal(FalWebhookLease.Completed, await store.TryBeginAsync("a", Lease));
        await store.ReleaseAsync("a");
        Assert.Equal(FalWebhookLease.Completed, await store.TryBeginAsync("a", Lease));
        Assert.Equal(FalWebhookLease.Granted, await store.TryBeginAsync("b", Lease));
    }

    [Fact]
    public async Task MemoryStore_grants_again_after_release_and_after_expiry()
    {
        var store = new FalWebhookMemoryStore(timeProvider: Time);
        await store.TryBeginAsync("a", Lease);
        await store.ReleaseAsync("a");
        Assert.Equal(FalWebhookLease.Granted, await store.TryBeginAsync("a", Lease));
        Time.Advance(Lease - TimeSpan.FromSeconds(1));
        Assert.Equal(FalWebhookLease.Held, await store.TryBeginAsync("a", Lease));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(FalWebhookLease.Granted, await store.TryBeginAsync("a", Lease));
        Assert.Equal(FalWebhookLease.Held, await store.TryBeginAsync("a", Lease));
    }

    [Fact]
    public async Task MemoryStore_grants_one_of_many_concurrent_calls()
    {
        var store = new FalWebhookMemoryStore(timeProvider: Time);
        var leases = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () => await store.TryBeginAsync("a", Lease))));
        Assert.Single(leases, FalWebhookLease.Granted);
        Assert.Equal(199, leases.Count(lease => lease == FalWebhookLease.Held));
    }

    [Fact]
    public async Task MemoryStore_is_bounded_by_number_and_age()
    {
        var store = new FalWebhookMemoryStore(capacity: 3, age: TimeSpan.FromHours(1), timeProvider: Time);
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            await store.TryBeginAsync(id, Lease);
            await store.CompleteAsync(id);
        }
        Assert.Equal(3, store.Count);
        Assert.Equal(FalWebhookLease.Granted, await store.TryBeginAsync("a", Lease));
        Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(FalWebhookLease.Completed, await store.TryBeginAsync("d", Lease));
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, store.Count);
        Assert.Equal(FalWebhookLease.Granted, await store.TryBeginAsync("d", Lease));
    }

    [Fact]
    public async Task MemoryStore_keeps_an_id_that_was_released_and_leased_again()
    {
        var store = new FalWebhookMemoryStore(capacity: 3, timeProvider: Time);
        await store.TryBeginAsync("a", Lease);
        await store.ReleaseAsync("a");
        await store.TryBeginAsync("a", Lease);
        await store.TryBeginAsync("b", Lease);

        // The first entry of "a" is the oldest and is removed here, not the second one.
        await store.TryBeginAsync("c", Lease);
        Assert.Equal(FalWebhookLease.Held, await store.TryBeginAsync("a", Lease));
        await store.ReleaseAsync("never seen");
        Assert.Equal(3, store.Count);
    }

    [Fact]
    public async Task MemoryStore_remembers_a_completion_after_its_lease_was_removed()
    {
        var store = new FalWebhookMemoryStore(capacity: 1, timeProvider: Time);
        await store.TryBeginAsync("a", Lease);
        await store.TryBeginAsync("b", Lease);
        await store.CompleteAsync("a");
        Assert.Equal(FalWebhookLease.Completed, await store.TryBeginAsync("a", Lease));
    }

    [Fact]
    public async Task MemoryStore_refuses_wrong_arguments()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FalWebhookMemoryStore(capacity: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FalWebhookMemoryStore(age: TimeSpan.Zero));
        var store = new FalWebhookMemoryStore();
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.TryBeginAsync("", Lease));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.TryBeginAsync("a", TimeSpan.Zero));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.CompleteAsync(""));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.ReleaseAsync(""));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await store.TryBeginAsync("a", Lease, cancelled));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await store.CompleteAsync("a", cancelled));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await store.ReleaseAsync("a", cancelled));
    }
}
