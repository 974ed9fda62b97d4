using System.Text.Json;
using Fal.Tests.Harness;
using Fal.Tests.Wire;

namespace Fal.Tests.Jobs;

/// <summary>Models that speak while they work.</summary>
public sealed class ModelStreamTests : CanaryTest
{
    private const string Last = "data: " + JobFixture.Result + "\n\n";

    [Fact]
    public async Task The_pieces_come_one_by_one_and_the_last_is_the_result()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Then(Replies.Body("text/event-stream", 200, null, ["x-fal-request-id: r-9"],
            Replies.Send("data: {\"progress\":0.5,\"text\":\"é\"}\n\n: ping\n\n"), Replies.Send(Last)));
        var stream = fixture.Endpoint.StreamAsync(JobFixture.Request);
        Assert.Empty(fixture.Handler.Requests);
        Assert.Null(stream.RequestId);
        var pieces = new List<JsonElement>();
        await foreach (var piece in stream) pieces.Add(piece);
        Assert.Equal("é", pieces[0].GetProperty("text").GetString());
        Assert.Equal(2, pieces.Count);
        Assert.Equal(7, (await stream.GetResultAsync()).Seed);
        Assert.Equal(7, (await stream.GetResultAsync()).Seed);
        Assert.Equal("r-9", stream.RequestId);
        Assert.Equal("POST https://fal.run/acme/lumen/v1/text-to-clip/stream", fixture.Handler.Request.ToString());
        Assert.Equal("text/event-stream", fixture.Handler.Request["Accept"]);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => { await foreach (var _ in stream) { } });
        fixture.Handler.AssertAllDisposed();
        Assert.Equal(0, fixture.Time.PendingTimers);
    }

    [Fact]
    public async Task The_result_can_be_had_without_looking_at_the_pieces()
    {
        using var fixture = new JobFixture(Canary);
        // The last event lacks its blank line: it counts all the same.
        fixture.Handler.Then(Replies.Events(Replies.Send("data: 1\n\n" + Last.TrimEnd())));
        Assert.Equal(7, (await fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync()).Seed);
    }

    [Fact]
    public async Task An_id_that_ends_in_stream_is_left_as_it_is()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.On("POST", "/stream", Replies.Events(Replies.Send("data: {}\n\n")));
        using var input = JsonDocument.Parse("{}");
        await fixture.Fal.Client.Endpoint("acme/lumen/stream").StreamAsync(input.RootElement).GetResultAsync();
        await fixture.Fal.Client.Endpoint("acme/lumen/v1/stream").StreamAsync(input.RootElement).GetResultAsync();
        await fixture.Fal.Client.Endpoint("acme/lumen/upstream").StreamAsync(input.RootElement).GetResultAsync();
        Assert.Equal(
            ["/acme/lumen/stream", "/acme/lumen/v1/stream", "/acme/lumen/upstream/stream"],
            fixture.Handler.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task A_model_that_answers_at_once_is_one_piece()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Json(JobFixture.Result).Json("<html>").Then(Replies.Body("application/json", 200, 100, [], Replies.Send("{"), Replies.Cut()));
        Assert.Equal(7, (await fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync()).Seed);
        var surprise = await Assert.ThrowsAsync<FalProtocolException>(() => fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync());
        Assert.Equal("<html>", surprise.RawJson.ToString());
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync());
        fixture.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task A_refusal_is_typed_and_sent_once()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Json("""{"detail":[{"loc":["body","prompt"],"msg":"no","type":"value_error"}]}""", 422, "x-fal-request-id: r-9");
        var error = await Assert.ThrowsAsync<FalRequestRejectedException>(() => fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync());
        Assert.Equal((JobFixture.Id, "r-9", "prompt"), (error.EndpointId, error.RequestId, error.Problems[0].Path));
        Assert.Single(fixture.Handler.Requests);
        await Assert.ThrowsAsync<FalValidationException>(() => fixture.Endpoint.StreamAsync(new TextToClipRequest { Prompt = "" }).GetResultAsync());
        Assert.Single(fixture.Handler.Requests);
        fixture.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task A_stream_that_breaks_off_says_that_the_run_may_be_charged()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Then(Replies.Body("text/event-stream", 200, null, ["x-fal-request-id: r-9"], Replies.Send("data: 1\n\n"), Replies.Cut()))
            .Then(Replies.Events(Replies.Send("data: {\"half\":")));
        var error = await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync());
        Assert.Equal("r-9", error.RequestId);
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync());
        Assert.Equal(2, fixture.Handler.Requests.Count);
        fixture.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task An_error_event_and_a_stream_without_sense_are_typed()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler
            .Then(Replies.Events(Replies.Send("event: error\ndata: {\"detail\":\"out of memory\",\"error_type\":\"internal_error\"}\n\n")))
            .Then(Replies.Events(Replies.Send("data: not json\n\n")))
            .Then(Replies.Events(Replies.Send(": nothing\n\n")))
            .Then(Replies.Events(Replies.Send("data: {\"other\":1}\n\n")));
        var failed = await Assert.ThrowsAsync<FalJobFailedException>(() => fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync());
        Assert.Equal("internal_error", failed.ErrorType);
        Assert.Contains("out of memory", failed.Message, StringComparison.Ordinal);
        foreach (var expected in new[] { "not JSON", "without an event", "" })
        {
            var surprise = await Assert.ThrowsAsync<FalProtocolException>(() => fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync());
            Assert.Contains(expected, surprise.Message, StringComparison.Ordinal);
            Assert.Equal(JobFixture.Id, surprise.EndpointId);
        }
    }

    [Fact]
    public async Task Either_token_and_the_deadline_end_the_call()
    {
        foreach (var which in new[] { "outer", "inner", "deadline" })
        {
            var time = new FakeTime();
            var gate = new Gate();
            using var fixture = new JobFixture(Canary, time);
            fixture.Handler.Then(Replies.Events(Replies.Send("data: 1\n\n"), gate.Step, Replies.Stall()));
            using var outer = new CancellationTokenSource();
            using var inner = new CancellationTokenSource();
            var stream = fixture.Endpoint.StreamAsync(JobFixture.Request, new FalSubmitOptions { Deadline = TimeSpan.FromMinutes(1) }, outer.Token);
            var reading = stream.GetResultAsync(inner.Token);
            await gate.ReachedAsync();
            if (which == "deadline") time.Advance(TimeSpan.FromMinutes(1));
            else await (which == "outer" ? outer : inner).CancelAsync();
            if (which == "deadline") await Assert.ThrowsAsync<FalTimeoutException>(() => reading);
            else await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
            fixture.Handler.AssertAllDisposed();
            Assert.Equal(0, time.PendingTimers);
        }
    }

    [Fact]
    public async Task A_cancelled_stream_carries_the_token_that_was_cancelled()
    {
        foreach (var isOuter in new[] { true, false })
        {
            var gate = new Gate();
            using var fixture = new JobFixture(Canary, new FakeTime());
            fixture.Handler.Then(Replies.Events(Replies.Send("data: 1\n\n"), gate.Step, Replies.Stall()));
            using var outer = new CancellationTokenSource();
            using var inner = new CancellationTokenSource();
            var reading = fixture.Endpoint.StreamAsync(JobFixture.Request, cancellationToken: outer.Token).GetResultAsync(inner.Token);
            await gate.ReachedAsync();
            await (isOuter ? outer : inner).CancelAsync();
            var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
            Assert.Equal((isOuter ? outer : inner).Token, error.CancellationToken);
        }
    }

    [Fact]
    public async Task Comments_do_not_keep_a_stream_beyond_its_timeout()
    {
        var time = new FakeTime();
        Gate[] gates = [new(), new()];
        using var fixture = new JobFixture(Canary, time, options => options.DirectRunTimeout = TimeSpan.FromMinutes(1));
        var pings = gates.SelectMany(gate => new[] { gate.Step, Replies.Send(": ping\n\n") });
        fixture.Handler.Then(Replies.Events([Replies.Send("data: 1\n\n"), .. pings, Replies.Stall()]));
        var reading = fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync();
        foreach (var gate in gates)
        {
            await gate.ReachedAsync();
            time.Advance(TimeSpan.FromSeconds(29));
            gate.Open();
        }
        time.Advance(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => reading);
        fixture.Handler.AssertAllDisposed();
        Assert.Equal(0, time.PendingTimers);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task A_model_that_answers_in_JSON_or_with_an_error_has_a_time_limit(int status)
    {
        var time = new FakeTime();
        var gate = new Gate();
        using var fixture = new JobFixture(Canary, time, options => options.DirectRunTimeout = TimeSpan.FromMinutes(1));
        string[] headers = ["x-fal-request-id: r-9"];
        fixture.Handler.Then(Replies.Body("application/json", status, null, headers, Replies.Send("{"), gate.Step, Replies.Stall()));
        var reading = fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync();
        await gate.ReachedAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("r-9", (await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => reading)).RequestId);
        fixture.Handler.AssertAllDisposed();
    }
}
