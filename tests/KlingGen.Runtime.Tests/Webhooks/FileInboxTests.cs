using Fal.Tests.Harness;
using KlingGen.WebhookCrashSample;

namespace Fal.Tests.Webhooks;

/// <summary>The contract of an inbox, on the one over a file that the documentation shows.</summary>
public sealed class FileInboxTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"klinggen-inbox-{Guid.NewGuid():N}.jsonl");
    private readonly FakeTime _time = new();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task A_webhook_is_taken_under_a_lease_until_it_is_completed()
    {
        using var file = new FileInbox(_path, _time);
        IFalWebhookInbox[] inboxes = [file];
        var inbox = inboxes[0];
        Assert.True(await inbox.TryAddAsync(Webhook("a")));
        Assert.False(await inbox.TryAddAsync(Webhook("a")));
        Assert.Equal(1, (await inbox.TakeAsync(Lease))!.Attempt);
        Assert.Null(await inbox.TakeAsync(Lease));
        _time.Advance(Lease);
        Assert.Equal(2, (await inbox.TakeAsync(Lease))!.Attempt);
        await inbox.ReleaseAsync("a", TimeSpan.FromSeconds(10));
        Assert.Null(await inbox.TakeAsync(Lease));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(3, (await inbox.TakeAsync(Lease))!.Attempt);
        await inbox.CompleteAsync("a");
        _time.Advance(Lease);
        Assert.Null(await inbox.TakeAsync(Lease));
        Assert.False(await inbox.TryAddAsync(Webhook("a")));
    }

    [Fact]
    public async Task A_new_process_finds_what_the_last_one_left()
    {
        using (var inbox = new FileInbox(_path, _time))
        {
            await inbox.TryAddAsync(Webhook("done"));
            await inbox.CompleteAsync("done");
            await inbox.TryAddAsync(Webhook("open"));
            await inbox.TakeAsync(Lease);
        }
        await File.AppendAllTextAsync(_path, """{"add":"cut sho""");
        using var next = new FileInbox(_path, _time);
        var found = (await next.TakeAsync(Lease))!;
        var expected = Webhook("open");
        Assert.Equal(expected, found);
        Assert.Equal("webhook of open for route videos", found.ToString());
        Assert.Equal(
            (expected.RequestId, expected.Route, expected.UserId, expected.SentAt, expected.EndpointId, expected.LedgerId, expected.TraceParent),
            (found.RequestId, found.Route, found.UserId, found.SentAt, found.EndpointId, found.LedgerId, found.TraceParent));
        Assert.Equal(expected.Body.ToArray(), found.Body.ToArray());
        Assert.Null(await next.TakeAsync(Lease));
        Assert.False(await next.TryAddAsync(Webhook("done")));
    }

    private static FalInboxWebhook Webhook(string requestId) => new()
    {
        RequestId = requestId,
        Route = "videos",
        Body = """{"request_id": "x", "status": "OK"}"""u8.ToArray(),
        UserId = "user",
        SentAt = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero),
        EndpointId = "acme/lumen/v1/text-to-clip",
        LedgerId = "row-7",
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };
}
