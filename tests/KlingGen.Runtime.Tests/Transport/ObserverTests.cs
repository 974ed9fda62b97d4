using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

public sealed class ObserverTests : CanaryTest
{
    private static readonly JsonElement Input = JsonDocument.Parse("""{"prompt":"hush"}""").RootElement.Clone();

    [Fact]
    public async Task FalObserver_hears_a_job_from_submit_to_end()
    {
        var (fal, heard, id) = Client();
        using var _ = fal;
        fal.Handler.Json($$"""{"request_id":"{{id}}","status":"IN_QUEUE","queue_position":3}""")
            .Json("{}", 503)
            .Json("""{"status":"IN_PROGRESS"}""")
            .Json("""{"status":"COMPLETED","metrics":{"inference_time":1.5}}""")
            .Json("""{"url":"https://files.example/a.mp4"}""", 200, "x-fal-billable-units: 2.5");
        await fal.Client.Endpoint("acme/lumen/clip").RunAsync(Input);
        Assert.Equal(
            [
                $"submitted acme/lumen/clip {id} IN_QUEUE 3 True",
                $"retried read queue.fal.run acme/lumen {id} 503  0 True",
                $"changed acme/lumen/clip {id} IN_PROGRESS  True",
                $"changed acme/lumen/clip {id} COMPLETED  True",
                $"ended acme/lumen/clip {id} ok 1.5 2.5 2 True True",
            ],
            heard.Lines.Where(line => !line.StartsWith("answered", StringComparison.Ordinal)));
        Assert.Equal(5, heard.Lines.Count(line => line.StartsWith("answered", StringComparison.Ordinal)));
        Assert.DoesNotContain(heard.Lines, line => line.Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TryGetResultAsync_asks_once_and_the_end_that_it_finds_has_the_billable_units()
    {
        var (fal, heard, id) = Client();
        using var _ = fal;
        Assert.Same(heard, fal.Client.Observer);
        fal.Handler.Json($$"""{"request_id":"{{id}}","status":"IN_QUEUE"}""")
            .Json("""{"status":"IN_PROGRESS"}""")
            .Json("""{"status":"COMPLETED","metrics":{"inference_time":1.5}}""")
            .Json("""{"url":"https://files.example/a.mp4"}""", 200, "x-fal-billable-units: 2.5");
        var job = await fal.Client.Endpoint("acme/lumen/clip").SubmitAsync(Input);
        Assert.Null(await job.TryGetResultAsync());
        Assert.Equal(2, fal.Handler.Requests.Count);
        Assert.NotNull(await job.TryGetResultAsync());
        Assert.Equal(4, fal.Handler.Requests.Count);
        var ended = Assert.Single(heard.Lines, line => line.StartsWith("ended", StringComparison.Ordinal));
        Assert.Equal($"ended acme/lumen/clip {id} ok 1.5 2.5 2 True True", ended);
        Assert.NotNull(await job.TryGetResultAsync());
        Assert.Equal(4, fal.Handler.Requests.Count);
    }

    [Fact]
    public async Task FalObserver_hears_why_a_job_failed()
    {
        var (fal, heard, id) = Client();
        using var _ = fal;
        fal.Handler.Json($$"""{"request_id":"{{id}}","status":"IN_QUEUE"}""")
            .Json("""{"status":"COMPLETED","error":"hush hush","error_type":"runner_disconnected"}""");
        var job = await fal.Client.Endpoint("acme/lumen/clip").SubmitAsync(Input);
        await job.WaitAsync();
        Assert.Contains($"ended acme/lumen/clip {id} runner_disconnected   1 True False", heard.Lines);
        Assert.DoesNotContain(heard.Lines, line => line.Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FalObserver_hears_submits_that_fail_and_polls_that_fail()
    {
        var (fal, heard, id) = Client(options => options.Retry = FalRetryOptions.None);
        using var _ = fal;
        fal.Handler.Json("{}", 503).Json("""{"detail":"hush"}""", 401)
            .Json($$"""{"request_id":"{{id}}","status":"IN_QUEUE"}""").Json("{}", 503).Json("""{"status":"COMPLETED"}""");
        var endpoint = fal.Client.Endpoint("acme/lumen/clip");
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => endpoint.SubmitAsync(Input));
        await Assert.ThrowsAsync<FalAuthenticationException>(() => endpoint.SubmitAsync(Input));
        await (await endpoint.SubmitAsync(Input)).WaitAsync();
        Assert.Contains("failed acme/lumen/clip FalOutcomeUnknownException  503 True", heard.Lines);
        Assert.Contains("failed acme/lumen/clip FalAuthenticationException  401 False", heard.Lines);
        Assert.Contains(heard.Lines, line => line.StartsWith($"poll acme/lumen/clip {id} Fal", StringComparison.Ordinal));
        Assert.DoesNotContain(heard.Lines, line => line.Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FalObserver_hears_a_refused_request_and_an_upload()
    {
        var (fal, heard, _) = Client();
        using var __ = fal;
        var clip = new FalEndpoint<TextToClipRequest, TextToClipResult>(fal.Client, "acme/lumen/v1/text-to-clip");
        await Assert.ThrowsAsync<FalValidationException>(() => clip.SubmitAsync(new() { Prompt = "" }));
        Assert.Contains("refused acme/lumen/v1/text-to-clip 1", heard.Lines);
        fal.Handler.Json("""{"upload_url":"https://storage.example/up?sig=hush","file_url":"https://v3.fal.media/a.bin"}""").Json("");
        await fal.Client.Files.UploadAsync(FalMedia.FromBytes(new byte[7], "application/octet-stream", "a.bin"));
        Assert.Contains("uploaded 7 True", heard.Lines);
        Assert.DoesNotContain(heard.Lines, line => line.Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_observer_throws_disturbs_no_call()
    {
        var (fal, _, id) = Client(options => options.Observer = new Thrower());
        using var __ = fal;
        fal.Handler.Json($$"""{"request_id":"{{id}}","status":"IN_QUEUE"}""").Json("""{"status":"COMPLETED"}""").Json("{}");
        await fal.Client.Endpoint("acme/lumen/clip").RunAsync(Input);
    }

    [Fact]
    public void RecordJobEnd_tells_an_observer_what_a_webhook_brings_once()
    {
        var heard = new Heard();
        var id = Guid.NewGuid().ToString();
        var webhook = new FalWebhook { RequestId = id, Status = "ERROR", Error = "hush" };
        FalDiagnostics.RecordJobEnd(webhook, "acme/lumen/clip", null, DateTimeOffset.UtcNow.AddMinutes(-1), heard);
        FalDiagnostics.RecordJobEnd(webhook, "acme/lumen/clip", null, null, heard);
        Assert.Equal([$"ended acme/lumen/clip {id} job_failed   0 True False"], heard.Lines);
    }

    [Fact]
    public void RecordJobEnd_measures_with_the_clock_of_the_submit()
    {
        var time = new FakeTime();
        var durations = new Durations();
        var submittedAt = time.GetUtcNow();
        time.Advance(TimeSpan.FromSeconds(90));
        var webhook = new FalWebhook { RequestId = Guid.NewGuid().ToString(), Status = "OK" };
        FalDiagnostics.RecordJobEnd(webhook, "acme/lumen/clip", null, submittedAt, durations, time);
        Assert.Equal(TimeSpan.FromSeconds(90), Assert.Single(durations.All));
    }

    [Fact]
    public async Task A_token_carries_the_trace_of_its_submit()
    {
        Assert.Null(FalDiagnostics.TraceParent);
        var (fal, _, id) = Client();
        using var __ = fal;
        fal.Handler.Json($$"""{"request_id":"{{id}}","status":"IN_QUEUE"}""");
        using var own = new Activity("own").Start();
        Assert.Equal(own.Id, FalDiagnostics.TraceParent);
        var endpoint = fal.Client.Endpoint("acme/lumen/clip");
        var token = (await endpoint.SubmitAsync(Input)).ToToken();
        Assert.Contains(own.TraceId.ToString(), token.TraceParent, StringComparison.Ordinal);
        var read = FalJobToken.Parse(token.ToString());
        Assert.Equal(token, read);
        Assert.Equal(token.TraceParent, endpoint.Resume(read).ToToken().TraceParent);
    }

    private (TestFal Fal, Heard Heard, string RequestId) Client(Action<FalClientOptions>? change = null)
    {
        var heard = new Heard();
        return (new TestFal(Canary, change: options => { options.Observer = heard; change?.Invoke(options); }), heard, Guid.NewGuid().ToString());
    }

    private sealed class Durations : FalObserver
    {
        public List<TimeSpan?> All { get; } = [];

        public override void OnJobEnded(FalJobEndedEvent ended) => All.Add(ended.Duration);
    }

    private sealed class Heard : FalObserver
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines { get { lock (_lines) return [.. _lines]; } }

        public override void OnRefused(FalRefusedEvent refused)
        {
            base.OnRefused(refused);
            Add($"refused {refused.EndpointId} {refused.ProblemCount}");
        }

        public override void OnSubmitted(FalJobEvent job)
        {
            base.OnSubmitted(job);
            Add($"submitted {Job(job)}");
        }

        public override void OnSubmitFailed(FalSubmitFailedEvent failed)
        {
            base.OnSubmitFailed(failed);
            Assert.True(failed.Duration >= TimeSpan.Zero);
            Add($"failed {failed.EndpointId} {failed.ErrorType} {failed.RequestId} {failed.StatusCode} {failed.IsOutcomeUnknown}");
        }

        public override void OnJobChanged(FalJobEvent job)
        {
            base.OnJobChanged(job);
            Add($"changed {Job(job)}");
        }

        public override void OnJobEnded(FalJobEndedEvent ended)
        {
            base.OnJobEnded(ended);
            var (hasDuration, hasQueueTime) = (ended.Duration is not null, ended.QueueTime is not null);
            var numbers = FormattableString.Invariant($"{ended.RunTime?.TotalSeconds} {ended.BillableUnits} {ended.Polls}");
            Add($"ended {ended.EndpointId} {ended.RequestId} {ended.ErrorType ?? "ok"} {numbers} {hasDuration} {hasQueueTime}");
        }

        public override void OnPollFailed(FalJobEvent job, string errorType)
        {
            base.OnPollFailed(job, errorType);
            Add($"poll {job.EndpointId} {job.RequestId} {errorType}");
        }

        public override void OnCallAnswered(FalCallEvent attempt)
        {
            base.OnCallAnswered(attempt);
            Assert.True(attempt.Duration >= TimeSpan.Zero);
            Add($"answered {Call(attempt)}");
        }

        public override void OnCallRetried(FalCallEvent attempt, TimeSpan pause)
        {
            base.OnCallRetried(attempt, pause);
            Add($"retried {Call(attempt)} {pause > TimeSpan.Zero}");
        }

        public override void OnUploaded(FalUploadedEvent uploaded)
        {
            base.OnUploaded(uploaded);
            Add($"uploaded {uploaded.Bytes} {uploaded.Duration >= TimeSpan.Zero}");
        }

        private static string Job(FalJobEvent job) => $"{job.EndpointId} {job.RequestId} {job.State} {job.QueuePosition} {job.Age is not null}";

        private static string Call(FalCallEvent call)
            => $"{call.Operation} {call.Host} {call.EndpointId} {call.RequestId} {call.StatusCode} {call.ErrorType} {call.ResendCount}";

        private void Add(FormattableString line)
        {
            lock (_lines) _lines.Add(line.ToString(CultureInfo.InvariantCulture));
        }
    }

    private sealed class Thrower : FalObserver
    {
        public override void OnSubmitted(FalJobEvent job) => throw new InvalidOperationException("own fault");

        public override void OnCallAnswered(FalCallEvent attempt) => throw new InvalidOperationException("own fault");

        public override void OnJobEnded(FalJobEndedEvent ended) => throw new InvalidOperationException("own fault");
    }
}
