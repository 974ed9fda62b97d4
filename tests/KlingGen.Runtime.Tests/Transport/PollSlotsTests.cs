using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

/// <summary>The status calls of a client that are under way at a time are bounded.</summary>
public sealed class PollSlotsTests : CanaryTest
{
    private const int Calls = FalTransport.MaxPolls + 50;
    private static readonly TimeSpan AlmostTheLimit = TimeSpan.FromSeconds(99);

    [Fact]
    public async Task PollSlots_do_not_count_the_wait_for_a_slot_against_the_attempt()
    {
        using var fal = new TestFal(Canary, new FakeTime());
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        HoldStatus(fal, first.Task, second.Task);
        var calls = Enumerable.Range(0, Calls).Select(_ => fal.StatusAsync()).ToArray();
        await fal.Handler.RequestsSeenAsync(FalTransport.MaxPolls);
        fal.Time.Advance(AlmostTheLimit);
        Assert.Equal(FalTransport.MaxPolls, fal.Handler.Requests.Count);

        first.SetResult();
        await fal.Handler.RequestsSeenAsync(Calls);
        // Together longer than the limit of an attempt.
        fal.Time.Advance(AlmostTheLimit);
        second.SetResult();
        foreach (var response in await Task.WhenAll(calls)) response.Dispose();
        Assert.Equal(Calls, fal.Handler.Requests.Count);
    }

    [Fact]
    public async Task PollSlots_let_other_calls_pass()
    {
        using var fal = new TestFal(Canary, new FakeTime());
        var held = new TaskCompletionSource();
        fal.Handler.On("POST", "/acme", Replies.Json("{}"));
        HoldStatus(fal, held.Task, held.Task);
        var calls = Enumerable.Range(0, Calls).Select(_ => fal.StatusAsync()).ToArray();
        await fal.Handler.RequestsSeenAsync(FalTransport.MaxPolls);
        (await fal.SubmitAsync()).Dispose();
        held.SetResult();
        foreach (var response in await Task.WhenAll(calls)) response.Dispose();
    }

    [Fact]
    public async Task PollSlots_are_left_alone_by_a_call_that_was_cancelled_while_it_waited()
    {
        using var fal = new TestFal(Canary, new FakeTime());
        var held = new TaskCompletionSource();
        HoldStatus(fal, held.Task, held.Task);
        using var stop = new CancellationTokenSource();
        var calls = Enumerable.Range(0, FalTransport.MaxPolls).Select(_ => fal.StatusAsync()).ToArray();
        await fal.Handler.RequestsSeenAsync(FalTransport.MaxPolls);
        Task[] waiting = [fal.StatusAsync(stop.Token), fal.Client.Endpoint("acme/lumen").Resume("abc-2").WaitAsync(stop.Token)];
        await stop.CancelAsync();
        foreach (var wait in waiting)
        {
            var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
            Assert.Equal(stop.Token, cancelled.CancellationToken);
        }
        held.SetResult();
        foreach (var response in await Task.WhenAll(calls)) response.Dispose();
        // All slots are free again, and no more than all.
        var later = Enumerable.Range(0, FalTransport.MaxPolls).Select(_ => fal.StatusAsync()).ToArray();
        foreach (var response in await Task.WhenAll(later)) response.Dispose();
        Assert.Equal(FalTransport.MaxPolls * 2, fal.Handler.Requests.Count);
    }

    [Fact]
    public async Task PollSlots_end_their_waits_with_the_client()
    {
        using var fal = new TestFal(Canary, new FakeTime());
        var held = new TaskCompletionSource();
        HoldStatus(fal, held.Task, held.Task);
        var calls = Enumerable.Range(0, FalTransport.MaxPolls + 1).Select(_ => fal.StatusAsync()).ToArray();
        await fal.Handler.RequestsSeenAsync(FalTransport.MaxPolls);
        fal.Client.Dispose();
        foreach (var call in calls) await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
    }

    // The calls that find a slot at once wait for the first task, the others for the second.
    private static void HoldStatus(TestFal fal, Task first, Task second)
    {
        var count = 0;
        fal.Handler.On("GET", "/status", async (request, ct) =>
        {
            await (Interlocked.Increment(ref count) <= FalTransport.MaxPolls ? first : second).WaitAsync(ct);
            return await Replies.Json("{}")(request, ct);
        });
    }
}
