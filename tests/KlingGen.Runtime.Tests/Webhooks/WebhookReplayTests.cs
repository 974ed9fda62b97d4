using Fal.Tests.Harness;

namespace Fal.Tests.Webhooks;

public class WebhookReplayTests : WebhookFixture
{
    [Fact]
    public async Task The_same_request_twice_is_valid_twice_and_the_second_is_a_duplicate()
    {
        using var verifier = Verifier();
        var headers = Headers();
        Assert.False((await verifier.VerifyAsync(Body, headers)).IsDuplicate);

        // The very same message, and a new delivery with a later signature.
        Assert.True((await verifier.VerifyAsync(Body, headers)) is { IsValid: true, IsDuplicate: true });
        Time.Advance(TimeSpan.FromMinutes(20));
        Assert.True((await verifier.VerifyAsync(Body, Headers())) is { IsValid: true, IsDuplicate: true });
        Assert.False((await verifier.VerifyAsync(Body, Headers(requestId: "another"))).IsDuplicate);
    }

    [Fact]
    public async Task A_request_whose_handling_failed_can_be_forgotten()
    {
        using var verifier = Verifier();
        await verifier.VerifyAsync(Body, Headers());
        await verifier.ForgetAsync(RequestId);
        Assert.False((await verifier.VerifyAsync(Body, Headers())).IsDuplicate);
        Assert.True((await verifier.VerifyAsync(Body, Headers())).IsDuplicate);
    }

    [Fact]
    public async Task A_refused_webhook_is_not_remembered()
    {
        using var verifier = Verifier();
        await verifier.VerifyAsync(Body, Headers(h => h["X-Fal-Webhook-Signature"] = new string('0', 128)));
        Assert.False((await verifier.VerifyAsync(Body, Headers())).IsDuplicate);
    }

    [Fact]
    public async Task Several_verifiers_can_share_what_they_have_seen()
    {
        var shared = new Recording();
        using var first = Verifier(options => options.SeenSet = shared);
        using var second = Verifier(options => options.SeenSet = shared);
        Assert.False((await first.VerifyAsync(Body, Headers())).IsDuplicate);
        Assert.True((await second.VerifyAsync(Body, Headers())).IsDuplicate);
        await second.ForgetAsync(RequestId);
        Assert.Equal(["add " + RequestId, "add " + RequestId, "remove " + RequestId], shared.Calls);
    }

    [Fact]
    public async Task Of_many_deliveries_at_once_one_is_the_first()
    {
        using var verifier = Verifier();
        var headers = Headers();
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () => await verifier.VerifyAsync(Body, headers))));
        Assert.All(results, result => Assert.True(result.IsValid));
        Assert.Single(results, result => !result.IsDuplicate);
    }

    [Fact]
    public async Task The_built_in_set_keeps_a_number_of_requests_for_a_time()
    {
        var set = new FalWebhookSeenSet(capacity: 3, age: TimeSpan.FromHours(1), timeProvider: Time);
        foreach (var id in new[] { "a", "b", "c" }) Assert.True(await set.TryAddAsync(id));
        Assert.Equal(3, set.Count);
        Assert.False(await set.TryAddAsync("a"));
        Assert.True(await set.TryAddAsync("d"));
        Assert.Equal(3, set.Count);
        Assert.True(await set.TryAddAsync("a"));

        Time.Advance(TimeSpan.FromMinutes(59));
        Assert.False(await set.TryAddAsync("d"));
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, set.Count);
        Assert.True(await set.TryAddAsync("d"));
    }

    [Fact]
    public async Task A_request_that_was_forgotten_and_came_again_is_remembered_from_then_on()
    {
        var set = new FalWebhookSeenSet(capacity: 3, timeProvider: Time);
        await set.TryAddAsync("a");
        await set.RemoveAsync("a");
        Assert.True(await set.TryAddAsync("a"));
        await set.TryAddAsync("b");

        // The place that the first "a" had is given up here, not the second one's.
        await set.TryAddAsync("c");
        Assert.False(await set.TryAddAsync("a"));
        await set.RemoveAsync("never seen");
        Assert.Equal(3, set.Count);
    }

    [Fact]
    public async Task A_set_that_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FalWebhookSeenSet(capacity: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FalWebhookSeenSet(age: TimeSpan.Zero));
        var set = new FalWebhookSeenSet();
        await Assert.ThrowsAsync<ArgumentException>(async () => await set.TryAddAsync(""));
        await Assert.ThrowsAsync<ArgumentException>(async () => await set.RemoveAsync(""));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await set.TryAddAsync("a", new CancellationToken(canceled: true)));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await set.RemoveAsync("a", new CancellationToken(canceled: true)));
    }

    private sealed class Recording : IFalWebhookSeenSet
    {
        private readonly HashSet<string> _seen = [];

        public List<string> Calls { get; } = [];

        public ValueTask<bool> TryAddAsync(string requestId, CancellationToken cancellationToken = default)
        {
            Calls.Add("add " + requestId);
            return new(_seen.Add(requestId));
        }

        public ValueTask RemoveAsync(string requestId, CancellationToken cancellationToken = default)
        {
            Calls.Add("remove " + requestId);
            _seen.Remove(requestId);
            return default;
        }
    }
}
