using Fal.Tests.Harness;
using Fal.Tests.Media;
using Fal.Tests.Transport;

namespace Fal.Tests.Jobs;

/// <summary>Work that callers share belongs to none of them, and ends when the client is disposed.</summary>
public sealed class SharedWorkTests : CanaryTest
{
    private const string Ticket = """{"upload_url":"https://storage.example/put/1","file_url":"https://v3.fal.media/files/1.png"}""";
    private static readonly AsyncLocal<string?> Local = new();

    [Fact]
    public async Task Shared_polls_do_not_run_in_the_first_callers_context()
    {
        var seen = new List<string?>();
        using var fixture = new JobFixture(Canary).OnResult();
        fixture.OnStatus((request, cancellationToken) =>
        {
            lock (seen) seen.Add(Local.Value);
            return JobFixture.Done()(request, cancellationToken);
        });
        Local.Value = "first caller";
        await fixture.Resume().GetResultAsync();
        Assert.Equal([null], seen);
        Assert.Equal("first caller", Local.Value);
    }

    [Fact]
    public async Task Shared_uploads_do_not_run_in_the_first_callers_context()
    {
        string? seen = "not called";
        using var fal = new TestFal(Canary);
        fal.Handler.Then((request, cancellationToken) =>
        {
            seen = Local.Value;
            return Replies.Json(Ticket)(request, cancellationToken);
        }).Then(Replies.Empty());
        Local.Value = "first caller";
        await fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png()));
        Assert.Null(seen);
    }

    [Fact]
    public async Task Shared_key_fetches_do_not_run_in_the_first_callers_context()
    {
        string? seen = "not called";
        var signer = new FalWebhookSigner();
        using var handler = Canary.Watch(new ScriptedHandler());
        handler.On("GET", "jwks", (request, cancellationToken) =>
        {
            seen = Local.Value;
            return Replies.Json(signer.Jwks)(request, cancellationToken);
        });
        Local.Value = "first caller";
        using var verifier = new FalWebhookVerifier(new FalWebhookVerifierOptions { HttpHandler = handler });
        var body = "{}"u8.ToArray();
        var verified = await verifier.VerifyAsync(body, signer.Sign(body, JobFixture.RequestId));
        Assert.Equal(FalWebhookVerdict.Valid, verified.Verdict);
        Assert.Null(seen);
    }

    [Fact]
    public async Task SingleFlight_starts_where_the_flow_is_suppressed_already()
    {
        Task<int> started;
        using (ExecutionContext.SuppressFlow()) started = new SingleFlight<int>().JoinAsync(_ => Task.FromResult(7), default, default);
        Assert.Equal(7, await started);
    }

    [Theory]
    [InlineData("poll", false)]
    [InlineData("poll", true)]
    [InlineData("pause", false)]
    [InlineData("pause", true)]
    [InlineData("result", true)]
    [InlineData("watch", true)]
    [InlineData("download", false)]
    [InlineData("stream", false)]
    [InlineData("stream", true)]
    [InlineData("upload", false)]
    [InlineData("upload", true)]
    public async Task Dispose_ends_waits_with_a_handler_from_outside(string what, bool hasToken)
    {
        using var caller = new CancellationTokenSource();
        var token = hasToken ? caller.Token : default;
        var gate = new Gate();
        using var fixture = new JobFixture(Canary, new FakeTime());
        Task waiting;
        switch (what)
        {
            case "poll":
                fixture.OnStatus(gate.Answer);
                waiting = fixture.Resume().WaitAsync(token);
                break;
            case "pause":
                fixture.OnStatus(JobFixture.Running());
                waiting = fixture.Resume().GetResultAsync(token);
                break;
            case "result":
                fixture.OnStatus(JobFixture.Done()).OnResult(gate.Answer);
                waiting = fixture.Resume().GetRawResultAsync(token);
                break;
            case "watch":
                fixture.OnStatus(gate.Answer);
                waiting = WatchAsync(fixture.Resume(), token);
                break;
            case "download":
                fixture.Handler.Then(Replies.Body("video/mp4", 200, 10, [], Replies.Send("0"), gate.Step, Replies.Stall()));
                var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
                waiting = fixture.Fal.Client.Files.SaveAsync(new FalFile { Url = "https://v3.fal.media/x.mp4" }, path);
                break;
            case "stream":
                fixture.Handler.Then(Replies.Events(Replies.Send("data: 1\n\n"), gate.Step, Replies.Stall()));
                waiting = fixture.Endpoint.StreamAsync(JobFixture.Request, cancellationToken: token).GetResultAsync();
                break;
            default:
                fixture.Handler.Then(gate.Answer);
                waiting = fixture.Fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png()), cancellationToken: token);
                break;
        }
        if (what == "pause") await fixture.Time.DelaysPendingAsync();
        else await gate.ReachedAsync();
        fixture.Fal.Client.Dispose();
        var error = await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Equal("Fal.FalClient", error.ObjectName);
    }

    [Fact]
    public async Task Dispose_during_a_submit_is_outcome_unknown_and_during_RunAsync_keeps_the_token()
    {
        var gate = new Gate();
        using var submitting = new JobFixture(Canary);
        submitting.Handler.Then(gate.Answer);
        var submit = submitting.SubmitAsync();
        await gate.ReachedAsync();
        submitting.Fal.Client.Dispose();
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => submit);

        var polled = new Gate();
        using var running = new JobFixture(Canary).OnSubmit().OnStatus(polled.Answer);
        var run = running.Endpoint.RunAsync(JobFixture.Request);
        await polled.ReachedAsync();
        running.Fal.Client.Dispose();
        Assert.Equal(JobFixture.RequestId, (await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => run)).Token!.RequestId);
    }

    [Fact]
    public async Task Use_after_Dispose_names_FalClient_and_sends_nothing()
    {
        using var fixture = new JobFixture(Canary);
        var job = fixture.Resume();
        fixture.Fal.Client.Dispose();
        fixture.Fal.Client.Dispose();
        Func<Task>[] calls =
        [
            () => fixture.SubmitAsync(), () => job.WaitAsync(), () => job.GetResultAsync(), () => job.GetStatusAsync(), () => job.CancelAsync(),
            () => fixture.Endpoint.RunDirectAsync(JobFixture.Request), () => fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync(),
            () => fixture.Fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png())),
            () => fixture.Fal.Client.Files.OpenAsync(new FalFile { Url = "https://v3.fal.media/x.mp4" }),
        ];
        foreach (var call in calls) Assert.Equal("Fal.FalClient", (await Assert.ThrowsAsync<ObjectDisposedException>(call)).ObjectName);
        Assert.Empty(fixture.Handler.Requests);
    }

    [Fact]
    public async Task A_progress_listener_that_throws_is_no_connection_fault()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.On("POST", "initiate", Replies.Json(Ticket)).On("PUT", "storage", Replies.Empty());
        var error = await Assert.ThrowsAsync<IOException>(
            () => fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png()), progress: new Throwing<FalUploadProgress>()));
        Assert.Equal("listener", error.Message);
        Assert.InRange(fal.Handler.Count("PUT"), 0, 1);
    }

    [Fact]
    public async Task A_slow_progress_listener_holds_up_no_other_part()
    {
        using var reached = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        var meter = new Fal.Media.UploadMeter(new Blocking(reached, go), 100);
        var first = Task.Run(() => meter.NewPart().Add(10));
        Assert.True(await reached.WaitAsync(TimeSpan.FromSeconds(30)));
        // The listener is inside its call; these return all the same.
        meter.NewPart().Add(20);
        meter.NewPart().Add(30);
        go.Release(2);
        await first;
    }

    private static async Task WatchAsync(FalJob<TextToClipResult> job, CancellationToken token)
    {
        await foreach (var update in job.WatchAsync(cancellationToken: token)) Assert.False(update.Status.IsFinal);
    }

    private sealed class Throwing<T> : IProgress<T>
    {
        public void Report(T value) => throw new IOException("listener");
    }

    private sealed class Blocking(SemaphoreSlim reached, SemaphoreSlim go) : IProgress<FalUploadProgress>
    {
        public void Report(FalUploadProgress value)
        {
            reached.Release();
            go.Wait();
        }
    }
}
