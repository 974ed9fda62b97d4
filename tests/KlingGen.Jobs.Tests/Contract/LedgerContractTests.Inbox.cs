namespace Fal.Jobs.Tests.Contract;

public abstract partial class LedgerContractTests
{
    [Fact]
    public async Task Inbox_adds_a_request_once_and_keeps_every_property()
    {
        var webhook = Webhook("r1") with { EndpointId = Endpoint, LedgerId = "a1", TraceParent = "00-1-2-01" };
        Assert.True(await Ledger.TryAddAsync(webhook));
        Assert.False(await (await OpenAgainAsync()).TryAddAsync(webhook));
        var taken = await Ledger.TakeAsync(TimeSpan.FromMinutes(1));
        Assert.NotNull(taken);
        Assert.Equal(
            (webhook.RequestId, webhook.Route, webhook.UserId, webhook.SentAt, webhook.EndpointId, webhook.LedgerId, webhook.TraceParent, 1),
            (taken.RequestId, taken.Route, taken.UserId, taken.SentAt, taken.EndpointId, taken.LedgerId, taken.TraceParent, taken.Attempt));
        Assert.Equal(webhook.Body.ToArray(), taken.Body.ToArray());
    }

    [Fact]
    public async Task Inbox_leases_the_oldest_and_gives_it_again_after_the_lease()
    {
        await Ledger.TryAddAsync(Webhook("r1"));
        Time.Advance(TimeSpan.FromSeconds(1));
        await Ledger.TryAddAsync(Webhook("r2"));
        Assert.Equal("r1", (await Ledger.TakeAsync(TimeSpan.FromMinutes(1)))!.RequestId);
        Assert.Equal("r2", (await Ledger.TakeAsync(TimeSpan.FromMinutes(2)))!.RequestId);
        Assert.Null(await Ledger.TakeAsync(TimeSpan.FromMinutes(1)));
        Time.Advance(TimeSpan.FromMinutes(1));
        var again = await Ledger.TakeAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(("r1", 2), (again!.RequestId, again.Attempt));
    }

    [Fact]
    public async Task Inbox_forgets_nothing_that_is_handled()
    {
        await Ledger.TryAddAsync(Webhook("r1"));
        await Ledger.TakeAsync(TimeSpan.FromMinutes(1));
        await Ledger.CompleteAsync("r1");
        await Ledger.ReleaseAsync("r1", TimeSpan.Zero);
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await Ledger.TakeAsync(TimeSpan.FromMinutes(1)));
        Assert.False(await Ledger.TryAddAsync(Webhook("r1")));
    }

    [Fact]
    public async Task Purge_deletes_a_handled_webhook_after_a_week_and_no_other()
    {
        foreach (var id in new[] { "r1", "r2", "r3" }) await Ledger.TryAddAsync(Webhook(id));
        await Ledger.TakeAsync(TimeSpan.FromMinutes(1));
        await Ledger.CompleteAsync("r1");
        Time.Advance(FalLedgerRules.HandledWebhooksAreKept);
        await Ledger.PurgeAsync("films", Now);
        Assert.False(await Ledger.TryAddAsync(Webhook("r1")));
        Time.Advance(TimeSpan.FromSeconds(1));
        await Ledger.PurgeAsync("films", Now.AddDays(-8));
        Assert.False(await Ledger.TryAddAsync(Webhook("r1")));
        await Ledger.PurgeAsync("films", Now);
        Assert.True(await Ledger.TryAddAsync(Webhook("r1")));
        // The deleted place is taken by a webhook that is newer than the others.
        foreach (var id in new[] { "r2", "r3", "r1" }) Assert.Equal(id, (await Ledger.TakeAsync(TimeSpan.FromMinutes(1)))!.RequestId);
    }

    [Fact]
    public async Task Inbox_gives_a_released_webhook_again_after_its_delay()
    {
        await Ledger.TryAddAsync(Webhook("r1"));
        await Ledger.TakeAsync(TimeSpan.FromHours(1));
        await Ledger.ReleaseAsync("r1", TimeSpan.FromSeconds(10));
        Assert.Null(await Ledger.TakeAsync(TimeSpan.FromMinutes(1)));
        Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("r1", (await Ledger.TakeAsync(TimeSpan.FromMinutes(1)))!.RequestId);
    }

    [Fact]
    public async Task Inbox_gives_one_webhook_to_one_of_concurrent_takers()
    {
        await Ledger.TryAddAsync(Webhook("r1"));
        var second = await OpenAgainAsync();
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => Task.Run(async () => await (i % 2 == 0 ? Ledger : second).TakeAsync(TimeSpan.FromMinutes(1)))));
        Assert.Single(taken, webhook => webhook is not null);
    }

    private FalInboxWebhook Webhook(string requestId) => new()
    {
        RequestId = requestId,
        Route = "jobs",
        Body = """{"status":"OK","payload":{"text":"ü"}}"""u8.ToArray(),
        UserId = "user",
        SentAt = Now,
    };
}
