using Fal.Tests.Harness;

namespace Fal.Tests.Jobs;

/// <summary>After a success of fal's to a submit, the job's id leaves the call: in a handle or in the exception.</summary>
public sealed class SubmitOutcomeTests : CanaryTest
{
    private const string Header = "x-fal-request-id: " + JobFixture.RequestId;

    public static TheoryData<string> OddNames() =>
    [
        """{"\ud800":1,"request_id":"{id}","status":"IN_QUEUE"}""",
        """{"request_id":"{id}","\udfff":{"a":[1]},"status":"IN_QUEUE"}""",
        """{"request_id":"{id}","status":"\ud800","queue_position":{"\ud800":1}}""",
        """{"status":"IN_QUEUE","logs":[{"\ud800":1,"message":"\ud800"}],"metrics":{"\ud800":2},"request_id":"{id}"}""",
        """{"deep":{deep},"request_id":"{id}"}""",
        """{"request_id":"{id}","status":"IN_QUEUE",}""",
        """{"request_id":"{id}","status_url":""",
    ];

    [Theory]
    [MemberData(nameof(OddNames))]
    public async Task SubmitAsync_returns_a_handle_whatever_else_the_answer_holds(string answer)
    {
        answer = answer.Replace("{id}", JobFixture.RequestId, StringComparison.Ordinal)
            .Replace("{deep}", new string('[', 200) + new string(']', 200), StringComparison.Ordinal);
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Json(answer);
        Assert.Equal(JobFixture.RequestId, (await fixture.SubmitAsync()).RequestId);
    }

    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"request_id":"\ud800"}""")]
    [InlineData("""{"request_id":"../../evil"}""")]
    [InlineData("""[]""")]
    [InlineData("")]
    [InlineData("<html>welcome</html>")]
    public async Task SubmitAsync_takes_the_id_from_the_header_of_an_odd_answer(string answer)
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Json(answer, 200, Header);
        Assert.Equal(JobFixture.RequestId, (await fixture.SubmitAsync()).RequestId);
        fixture.Handler.Json(answer);
        var error = await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fixture.SubmitAsync());
        Assert.Equal((JobFixture.Id, null, null), (error.EndpointId, error.RequestId, error.Token));
        Assert.Equal(2, fixture.Handler.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_submit_answer_without_end_gives_a_handle(bool inHeader)
    {
        using var fixture = new JobFixture(Canary);
        var filler = Enumerable.Repeat(Replies.Send(new byte[256 * 1024]), 100);
        var start = inHeader ? "{\"x\":\"" : $$"""{"request_id":"{{JobFixture.RequestId}}","x":""" + "\"";
        fixture.Handler.Then(Replies.Body("application/json", 200, null, inHeader ? [Header] : [], [Replies.Send(start), .. filler]));
        Assert.Equal(JobFixture.RequestId, (await fixture.SubmitAsync()).RequestId);
        fixture.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task A_submit_answer_that_breaks_off_keeps_the_id_of_its_beginning()
    {
        using var fixture = new JobFixture(Canary);
        var start = $$"""{"request_id":"{{JobFixture.RequestId}}","status":""";
        fixture.Handler.Then(Replies.Body("application/json", 200, 500, [], Replies.Send(start), Replies.Cut()));
        var error = await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fixture.SubmitAsync());
        Assert.Equal((JobFixture.Id, JobFixture.RequestId), (error.EndpointId, error.RequestId));
        Assert.Equal(JobFixture.Id, error.Token!.EndpointId);
    }

    [Fact]
    public async Task A_followed_redirect_keeps_the_id_and_names_the_fix()
    {
        using var inner = Canary.Watch(new ScriptedHandler());
        inner.Then(async (request, cancellationToken) =>
        {
            var response = await Replies.Json("{}", 200, Header)(request, cancellationToken);
            response.RequestMessage = new HttpRequestMessage(HttpMethod.Get, "https://elsewhere.example/");
            return response;
        });
        using var http = new HttpClient(inner, disposeHandler: false);
        using var fixture = new JobFixture(Canary, change: options => (options.HttpHandler, options.HttpClient) = (null, http));
        var error = await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fixture.SubmitAsync());
        Assert.Equal(JobFixture.RequestId, error.RequestId);
        Assert.Contains("AllowAutoRedirect", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_submit_is_FalSubmitCancelledException_with_what_is_known()
    {
        var gate = new Gate();
        using var cancel = new CancellationTokenSource();
        using var fixture = new JobFixture(Canary, new FakeTime());
        fixture.Handler.Then(Replies.Body("application/json", 200, 500, [Header], Replies.Send("{"), gate.Step, Replies.Stall()));
        var submit = fixture.Endpoint.SubmitAsync(JobFixture.Request, cancellationToken: cancel.Token);
        await gate.ReachedAsync();
        await cancel.CancelAsync();
        var error = await Assert.ThrowsAsync<FalSubmitCancelledException>(() => submit);
        Assert.Equal(cancel.Token, error.CancellationToken);
        Assert.Equal((JobFixture.Id, JobFixture.RequestId, JobFixture.RequestId), (error.EndpointId, error.RequestId, error.Token?.RequestId));
    }

    [Fact]
    public async Task RunAsync_cancelled_while_waiting_keeps_the_token()
    {
        var gate = new Gate();
        using var cancel = new CancellationTokenSource();
        using var fixture = new JobFixture(Canary).OnSubmit().OnStatus(gate.Answer);
        var run = fixture.Endpoint.RunAsync(JobFixture.Request, cancellationToken: cancel.Token);
        await gate.ReachedAsync();
        await cancel.CancelAsync();
        var error = await Assert.ThrowsAsync<FalSubmitCancelledException>(() => run);
        Assert.Equal(cancel.Token, error.CancellationToken);
        Assert.Equal(JobFixture.RequestId, error.Token!.RequestId);
        Assert.NotNull(error.Token.SubmittedAt);
    }

    [Fact]
    public async Task A_call_cancelled_before_anything_was_sent_is_a_plain_cancellation()
    {
        using var fixture = new JobFixture(Canary);
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fixture.Endpoint.SubmitAsync(JobFixture.Request, null, new CancellationToken(true)));
        Assert.IsNotType<FalSubmitCancelledException>(error);
    }

    [Fact]
    public async Task OnAccepted_is_awaited_before_the_call_goes_on()
    {
        var stored = new List<FalJobToken>();
        var gate = new TaskCompletionSource();
        using var fixture = new JobFixture(Canary).OnSubmit().OnStatus(JobFixture.Done()).OnResult();
        var options = new FalSubmitOptions
        {
            OnAccepted = async (token, _) =>
            {
                stored.Add(token);
                await gate.Task;
            },
        };
        var run = fixture.Endpoint.RunAsync(JobFixture.Request, options);
        Assert.Single(fixture.Handler.Requests);
        Assert.False(run.IsCompleted);
        gate.SetResult();
        Assert.Equal(7, (await run).Seed);
        Assert.Equal((JobFixture.Id, JobFixture.RequestId), (stored.Single().EndpointId, stored.Single().RequestId));
    }

    [Fact]
    public async Task OnAccepted_that_throws_means_outcome_unknown_with_the_token()
    {
        using var fixture = new JobFixture(Canary).OnSubmit().OnStatus(JobFixture.Done()).OnResult();
        var options = new FalSubmitOptions { OnAccepted = (_, _) => throw new IOException("disk full") };
        foreach (var call in new Func<Task>[] { () => fixture.SubmitAsync(options), () => fixture.Endpoint.RunAsync(JobFixture.Request, options) })
        {
            var error = await Assert.ThrowsAsync<FalOutcomeUnknownException>(call);
            Assert.Equal((JobFixture.Id, JobFixture.RequestId), (error.EndpointId, error.RequestId));
            Assert.Equal("disk full", Assert.IsType<IOException>(error.InnerException).Message);
            Assert.Equal(7, (await fixture.Endpoint.Resume(error.Token!).GetResultAsync()).Seed);
        }
        Assert.Equal(2, fixture.Handler.Count("POST"));
    }

    [Fact]
    public async Task OnAccepted_cancelled_by_the_caller_keeps_the_token()
    {
        using var cancel = new CancellationTokenSource();
        using var fixture = new JobFixture(Canary).OnSubmit();
        var options = new FalSubmitOptions
        {
            OnAccepted = async (_, token) =>
            {
                await cancel.CancelAsync();
                token.ThrowIfCancellationRequested();
            },
        };
        var error = await Assert.ThrowsAsync<FalSubmitCancelledException>(
            () => fixture.Endpoint.SubmitAsync(JobFixture.Request, options, cancel.Token));
        Assert.Equal(JobFixture.RequestId, error.Token!.RequestId);
    }

    [Fact]
    public async Task OnAccepted_is_no_part_of_equality_and_needs_the_queue()
    {
        ValueTask Store(FalJobToken token, CancellationToken cancellationToken) => ValueTask.CompletedTask;
        var with = new FalSubmitOptions { RunnerHint = "h", OnAccepted = Store };
        Assert.Equal(new FalSubmitOptions { RunnerHint = "h" }, with);
        Assert.Equal(new FalSubmitOptions { RunnerHint = "h" }.GetHashCode(), with.GetHashCode());
        Assert.NotEqual(new FalSubmitOptions { RunnerHint = "g" }, with);
        Assert.NotNull((with with { RunnerHint = "x" }).OnAccepted);
        using var fixture = new JobFixture(Canary);
        await Assert.ThrowsAsync<ArgumentException>(() => fixture.Endpoint.RunDirectAsync(JobFixture.Request, with));
        Assert.Throws<ArgumentException>(() => { _ = fixture.Endpoint.StreamAsync(JobFixture.Request, with); });
    }
}
