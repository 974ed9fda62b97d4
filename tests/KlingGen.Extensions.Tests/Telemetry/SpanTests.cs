using System.Diagnostics;

namespace Fal.Tests.Telemetry;

public sealed class SpanTests
{
    private static readonly FalFile Clip = new() { Url = "https://files.example/a.mp4" };

    private static FalClient Client(Action<FalTestRun>? run = null)
        => FalTesting.CreateClient(run ?? (static run => run.InQueue(2).InProgress().Complete(Clip, 2.5m)));

    private static FalDynamicEndpoint Clips(FalClient fal, Telemetry telemetry) => fal.Endpoint(telemetry.Endpoint);

    [Fact]
    public async Task A_submit_alone_is_one_span_with_its_request_below_it()
    {
        using var telemetry = new Telemetry();
        using var fal = Client();
        using var request = Telemetry.Request("POST /clips");
        var job = await Clips(fal, telemetry).SubmitAsync(Apps.Input);
        var submit = Assert.Single(telemetry.Spans("submit "));
        Assert.Equal(("submit " + telemetry.Endpoint, ActivityKind.Producer, request.SpanId), (submit.DisplayName, submit.Kind, submit.ParentSpanId));
        Assert.Equal(job.RequestId, submit.GetTagItem("fal.request_id"));
        Assert.Equal(submit.SpanId, Assert.Single(telemetry.Calls(request.TraceId)).ParentSpanId);
        // The handle is dropped: nothing else was begun, and so nothing is left open.
        Assert.Empty(telemetry.Spans("generate_content "));
        Assert.Equal((0, 0), telemetry.Histogram("fal.job.duration"));
    }

    [Fact]
    public async Task A_job_that_is_waited_for_is_one_span_from_submit_to_end()
    {
        using var telemetry = new Telemetry();
        using var fal = Client();
        using var request = Telemetry.Request("POST /clips");
        await Clips(fal, telemetry).RunAsync(Apps.Input);
        var submit = Assert.Single(telemetry.Spans("submit "));
        var job = Assert.Single(telemetry.Spans("generate_content "));
        Assert.Equal(("generate_content " + telemetry.Endpoint, ActivityKind.Client, submit.SpanId), (job.DisplayName, job.Kind, job.ParentSpanId));
        Assert.Equal("generate_content", job.GetTagItem("gen_ai.operation.name"));
        Assert.Equal("fal", job.GetTagItem("gen_ai.provider.name"));
        Assert.Equal(telemetry.Endpoint, job.GetTagItem("gen_ai.request.model"));
        Assert.Equal(2.5, job.GetTagItem("fal.billable_units"));
        Assert.Equal(0.5, job.GetTagItem("fal.run_time"));
        Assert.Equal("queue.fal.run", job.GetTagItem("server.address"));
        Assert.Equal(job.GetTagItem("gen_ai.response.id"), submit.GetTagItem("fal.request_id"));
        Assert.InRange(job.StartTimeUtc, submit.StartTimeUtc, submit.StartTimeUtc + submit.Duration + TimeSpan.FromSeconds(1));
        Assert.Equal(["queued", "queued", "started"], job.Events.Select(happened => happened.Name));
        // Polls run outside the context of the callers that wait, and still belong to the job's trace.
        var calls = telemetry.Calls(request.TraceId);
        Assert.Equal(["submit", "read", "read", "read", "result"], calls.Select(call => (string?)call.GetTagItem("fal.call")));
        Assert.All(calls, call => Assert.Equal(submit.SpanId, call.ParentSpanId));
        Assert.Equal((1, 2.5), telemetry.Histogram("fal.job.billable_units"));
        Assert.Equal((1, 3), telemetry.Histogram("fal.job.polls"));
        Assert.Equal((1, 0.5), telemetry.Histogram("fal.job.run_time"));
        Assert.Equal(1, telemetry.Histogram("fal.job.duration").Count);
        Assert.Equal(1, telemetry.Histogram("fal.job.queue_time").Count);
        Assert.Contains(3600, telemetry.Bounds("fal.job.duration"));
    }

    [Fact]
    public async Task A_job_that_fails_is_a_failed_span()
    {
        using var telemetry = new Telemetry();
        using var fal = Client(static run => run.InProgress().Fail("runner_disconnected", "hush"));
        await Assert.ThrowsAsync<FalJobFailedException>(() => Clips(fal, telemetry).RunAsync(Apps.Input));
        var job = Assert.Single(telemetry.Spans("generate_content "));
        Assert.Equal("runner_disconnected", job.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, job.Status);
        Assert.DoesNotContain("hush", string.Concat(job.TagObjects.Select(tag => tag.Value)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_was_submitted_here_and_ends_by_a_webhook_there_is_in_one_trace()
    {
        using var telemetry = new Telemetry();
        using var fal = Client();
        Uri webhook;
        FalJobToken token;
        ActivityTraceId trace;
        using (var request = Telemetry.Request("POST /clips"))
        {
            webhook = new Uri($"https://me.example/hook?traceparent={FalDiagnostics.TraceParent}");
            trace = request.TraceId;
            token = (await Clips(fal, telemetry).SubmitAsync(Apps.Input, new FalSubmitOptions { Webhook = webhook })).ToToken();
        }
        using (var delivery = Telemetry.Request("POST /hook"))
        {
            var traceParent = webhook.Query.Split('=')[1];
            var delivered = new FalWebhook { RequestId = token.RequestId, Status = "OK" };
            FalDiagnostics.RecordJobEnd(delivered, telemetry.Endpoint, traceParent, token.SubmittedAt);
            var job = Assert.Single(telemetry.Spans("generate_content "));
            Assert.Equal(trace, job.TraceId);
            Assert.Equal("webhook", job.GetTagItem("fal.known_by"));
            Assert.Equal(delivery.SpanId, Assert.Single(job.Links).Context.SpanId);
            Assert.Equal(token.SubmittedAt!.Value.UtcDateTime, job.StartTimeUtc, TimeSpan.FromMilliseconds(1));
        }
        // A poller of the same process that learns of it later adds nothing.
        await Clips(fal, telemetry).Resume(token).GetRawResultAsync();
        Assert.Single(telemetry.Spans("generate_content "));
        Assert.Equal(1, telemetry.Histogram("fal.job.duration").Count);
    }

    [Fact]
    public async Task Two_waiters_and_a_second_handle_make_one_span()
    {
        using var telemetry = new Telemetry();
        using var fal = Client();
        var job = await Clips(fal, telemetry).SubmitAsync(Apps.Input);
        var other = Clips(fal, telemetry).Resume(job.ToToken());
        await Task.WhenAll(job.GetResultAsync(), job.GetResultAsync(), other.GetResultAsync());
        await job.WaitAsync();
        Assert.Single(telemetry.Spans("generate_content "));
        Assert.Equal(1, telemetry.Histogram("fal.job.duration").Count);
    }

    [Fact]
    public async Task A_wait_that_is_given_up_leaves_no_span_and_the_token_goes_on()
    {
        using var telemetry = new Telemetry();
        using var fal = Client(static run => run.NeverEnd());
        FalJobToken token;
        using (var request = Telemetry.Request("POST /clips"))
        {
            var job = await Clips(fal, telemetry).SubmitAsync(Apps.Input);
            await Assert.ThrowsAsync<FalTimeoutException>(() => job.GetResultAsync(new FalWaitOptions { Deadline = TimeSpan.FromMilliseconds(30) }));
            token = job.ToToken();
        }
        Assert.Empty(telemetry.Spans("generate_content "));
        await Clips(fal, telemetry).Resume(token).CancelAsync();
        await Assert.ThrowsAsync<FalJobCancelledException>(() => Clips(fal, telemetry).Resume(FalJobToken.Parse(token.ToString())).GetResultAsync());
        var span = Assert.Single(telemetry.Spans("generate_content "));
        var submit = Assert.Single(telemetry.Spans("submit "));
        Assert.Equal((submit.TraceId, submit.SpanId), (span.TraceId, span.ParentSpanId));
        Assert.Equal("client_cancelled", span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task Waiting_without_the_result_is_an_end_as_well()
    {
        using var telemetry = new Telemetry();
        using var fal = Client();
        await (await Clips(fal, telemetry).SubmitAsync(Apps.Input)).WaitAsync();
        Assert.Equal("poll", Assert.Single(telemetry.Spans("generate_content ")).GetTagItem("fal.known_by"));
    }

    [Fact]
    public async Task A_direct_run_is_a_span_around_its_request()
    {
        using var telemetry = new Telemetry();
        using var fal = Client();
        using var request = Telemetry.Request("POST /clips");
        await Clips(fal, telemetry).RunDirectAsync(Apps.Input);
        var run = Assert.Single(telemetry.Spans("generate_content "));
        Assert.Equal(run.SpanId, Assert.Single(telemetry.Calls(request.TraceId)).ParentSpanId);
    }
}
