using System.Net;
using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

/// <summary>Every place where a call waits has an end: the try's own limit, or the caller's token.</summary>
public sealed class TimeLimitTests : CanaryTest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(100);

    public static TheoryData<string> Places() => ["connect", "headers", "first byte", "mid body"];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_read_that_stalls_anywhere_is_tried_again(string place)
    {
        using var fal = new TestFal(Canary, new FakeTime());
        var gate = new Gate();
        fal.Handler.Then(Stalled(place, gate)).Json("{}");
        var read = fal.StatusAsync();
        await gate.ReachedAsync();
        fal.Time.Advance(Limit - TimeSpan.FromMilliseconds(1));
        Assert.Single(fal.Handler.Requests);
        fal.Time.Advance(TimeSpan.FromMilliseconds(1));
        await fal.Time.DelaysPendingAsync();
        fal.Time.Advance(TimeSpan.FromSeconds(1));
        (await read).Dispose();
        Assert.Equal(2, fal.Handler.Requests.Count);
        fal.Handler.AssertAllDisposed();
        Assert.Equal(0, fal.Time.PendingTimers);
    }

    [Theory]
    [InlineData("headers")]
    [InlineData("first byte")]
    [InlineData("mid body")]
    public async Task A_submit_that_stalls_after_it_was_sent_is_unknown(string place)
    {
        using var fal = new TestFal(Canary, new FakeTime());
        var gate = new Gate();
        fal.Handler.Then(Stalled(place, gate));
        var submit = fal.SubmitAsync();
        await gate.ReachedAsync();
        fal.Time.Advance(Limit);
        var error = await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => submit);
        Assert.Contains("in time", error.Message, StringComparison.Ordinal);
        Assert.Single(fal.Handler.Requests);
        fal.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task A_submit_that_never_connects_is_tried_again_and_at_last_unavailable()
    {
        using var fal = new TestFal(Canary, new FakeTime(), options => options.Retry = new FalRetryOptions { MaxRetries = 1 });
        fal.Handler.Then(Replies.NeverConnects()).Then(Replies.NeverConnects());
        var submit = fal.SubmitAsync();
        await fal.Handler.RequestsSeenAsync(1);
        fal.Time.Advance(Limit);
        await fal.Time.DelaysPendingAsync();
        fal.Time.Advance(TimeSpan.FromSeconds(1));
        await fal.Handler.RequestsSeenAsync(2);
        fal.Time.Advance(Limit);
        var error = await Assert.ThrowsAsync<FalUnavailableException>(() => submit);
        Assert.Contains("no answer came in time", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task The_callers_token_ends_a_read_anywhere(string place)
    {
        using var fal = new TestFal(Canary, new FakeTime());
        using var cancel = new CancellationTokenSource();
        var gate = new Gate();
        fal.Handler.Then(Stalled(place, gate));
        var read = fal.StatusAsync(cancel.Token);
        await gate.ReachedAsync();
        await cancel.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Assert.Equal(cancel.Token, error.CancellationToken);
        Assert.Single(fal.Handler.Requests);
        fal.Handler.AssertAllDisposed();
        Assert.Equal(0, fal.Time.PendingTimers);
    }

    [Fact]
    public async Task The_callers_token_ends_a_pause_between_tries()
    {
        using var fal = new TestFal(Canary, new FakeTime());
        using var cancel = new CancellationTokenSource();
        fal.Handler.Then(Replies.Reset());
        var read = fal.StatusAsync(cancel.Token);
        await fal.Time.DelaysPendingAsync();
        await cancel.CancelAsync();
        Assert.Equal(cancel.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read)).CancellationToken);
        Assert.Equal(0, fal.Time.PendingTimers);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_sends_nothing()
    {
        using var fal = new TestFal(Canary);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fal.SubmitAsync(ct: new CancellationToken(true)));
        Assert.Empty(fal.Handler.Requests);
    }

    [Theory]
    [InlineData("connect", false)]
    [InlineData("headers", true)]
    [InlineData("mid body", true)]
    public async Task A_cancelled_submit_knows_whether_it_may_have_arrived(string place, bool arrived)
    {
        using var fal = new TestFal(Canary, new FakeTime());
        using var cancel = new CancellationTokenSource();
        var gate = new Gate();
        fal.Handler.Then(Stalled(place, gate));
        var submit = fal.SubmitAsync(ct: cancel.Token);
        await gate.ReachedAsync();
        await cancel.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => submit);
        Assert.Equal(cancel.Token, error.CancellationToken);
        Assert.Equal(arrived, error is FalSubmitCancelledException);
        if (place == "mid body") Assert.Equal("job-5", Assert.IsType<FalSubmitCancelledException>(error).RequestId);
    }

    [Theory]
    [InlineData(FalCallKind.RunDirect, 900)]
    [InlineData(FalCallKind.UploadPart, 600)]
    [InlineData(FalCallKind.Read, 30)]
    [InlineData(FalCallKind.Download, 30)]
    internal async Task Each_kind_of_call_has_its_own_limit(FalCallKind kind, int seconds)
    {
        using var fal = new TestFal(Canary, change: options =>
        {
            options.AttemptTimeout = TimeSpan.FromSeconds(30);
            options.TransferTimeout = TimeSpan.FromMinutes(10);
            options.DirectRunTimeout = TimeSpan.FromMinutes(15);
        });
        fal.Handler.Json("{}");
        using var response = await fal.Transport.SendToFalAsync(FalHost.Run, "/a/b", HttpMethod.Post, TestFal.Content("{}"), kind, null, default);
        Assert.Equal([TimeSpan.FromSeconds(seconds)], fal.Time.Deadlines);
    }

    [Theory]
    [InlineData(FalCallKind.Download)]
    [InlineData(FalCallKind.Events)]
    [InlineData(FalCallKind.RunStream)]
    internal async Task The_body_of_a_stream_is_the_callers_to_read_without_a_limit(FalCallKind kind)
    {
        using var fal = new TestFal(Canary, new FakeTime());
        var gate = new Gate();
        fal.Handler.Then(Replies.Body("text/event-stream", 200, null, [], Replies.Send("one,"), gate.Step, Replies.Send("two")));
        using var response = await fal.Transport.SendToFalAsync(FalHost.Run, "/a/b", HttpMethod.Post, TestFal.Content("{}"), kind, null, default);
        var reading = response.Content.ReadAsStringAsync();
        await gate.ReachedAsync();
        Assert.Equal(0, fal.Time.PendingTimers);
        fal.Time.Advance(TimeSpan.FromHours(10));
        gate.Open();
        Assert.Equal("one,two", await reading);
        response.Dispose();
        fal.Handler.AssertAllDisposed();
    }

    private static Answer Stalled(string place, Gate gate)
    {
        BodyStep stall = Replies.Stall();
        switch (place)
        {
            case "connect":
                return Replies.Unread(gate.Answer);
            case "headers":
                return gate.Answer;
            case "first byte":
                return Replies.Body("application/json", 200, 10, [], gate.Step, stall);
            default:
                return Replies.Body("application/json", (int)HttpStatusCode.OK, 10, ["x-fal-request-id: job-5"], Replies.Send("{"), gate.Step, stall);
        }
    }
}
