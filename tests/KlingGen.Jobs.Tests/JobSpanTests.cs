using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Fal.Jobs.Tests.Contract;

namespace Fal.Jobs.Tests;

/// <summary>The span and the metrics of a finished entry: once, in the trace in which the entry was added, whichever process sees the end.</summary>
public sealed class JobSpanTests : IDisposable
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(2);

    // Sources and meters belong to the process, so the endpoint tells the spans of one test from others.
    private readonly string _endpoint = $"acme/span-{Guid.NewGuid():N}/clip";
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;
    private readonly MeterListener _meters = new();
    private readonly ScriptedFal _fal = new();
    private readonly FalMemoryLedger _ledger = new();
    private int _durations;

    public JobSpanTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == FalDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.OperationName.EndsWith(_endpoint, StringComparison.Ordinal)) _spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
        _meters.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument is { Name: "fal.job.duration", Meter.Name: FalDiagnostics.MeterName }) meters.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
                if (tag is { Key: "fal.endpoint", Value: string endpoint } && endpoint == _endpoint) Interlocked.Increment(ref _durations);
        });
        _meters.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meters.Dispose();
        _fal.Dispose();
    }

    [Fact]
    public async Task Entry_that_another_process_submitted_has_one_span_below_its_submit()
    {
        using var first = _fal.CreateClient();
        using var second = _fal.CreateClient();
        _fal.BillableUnits = "2.5";
        ActivityTraceId trace;
        FalLedgerEntry entry;
        using (var order = StartTrace("order"))
        {
            trace = order.TraceId;
            entry = await SubmitAsync(first);
        }
        await RunAsync(second);
        await RunAsync(first);
        Assert.Equal(FalLedgerState.Saved, (await _ledger.FindAsync(entry.Id))!.State);
        var submit = Assert.Single(_spans, span => span.OperationName.StartsWith("submit ", StringComparison.Ordinal));
        var job = Assert.Single(Jobs());
        Assert.Equal((trace, submit.SpanId), (job.TraceId, job.ParentSpanId));
        Assert.Equal(trace, submit.TraceId);
        Assert.Equal(("result", 2.5), (job.GetTagItem("fal.known_by"), job.GetTagItem("fal.billable_units")));
        Assert.Equal(1, _durations);
    }

    [Fact]
    public async Task Entry_whose_job_was_found_by_its_id_has_one_span_in_its_trace()
    {
        using var client = _fal.CreateClient();
        ActivityTraceId trace;
        using (var order = StartTrace("order"))
        {
            trace = order.TraceId;
            await AddAsync();
        }
        var claim = new FalClaim { Owner = "dead", Kind = FalClaimKind.New, Limit = 1 };
        var entry = Assert.Single(await _ledger.ClaimAsync(claim));
        entry = await ApplyAsync(entry, entry with { State = FalLedgerState.Submitting, WireBody = "{}", IntentAt = entry.AddedAt });
        var unknown = entry with { State = FalLedgerState.Unknown, Reason = "lost", LeaseOwner = null, LeaseUntil = null };
        entry = await ApplyAsync(entry, unknown);
        var token = client.Endpoint(_endpoint).Resume(Guid.NewGuid().ToString()).ToToken();
        Assert.Null(token.TraceParent);
        await ApplyAsync(entry, FalJobDecisions.Resolve(entry, token, DateTimeOffset.UtcNow));
        await RunAsync(client);
        Assert.Equal(trace, Assert.Single(Jobs()).TraceId);
    }

    [Fact]
    public async Task Entry_that_a_webhook_finishes_has_one_span_below_its_submit()
    {
        var observer = new Observer();
        using var client = _fal.CreateClient(options => options.Observer = observer);
        FalLedgerEntry entry;
        using (StartTrace("order")) entry = await SubmitAsync(client);
        var runner = NewRunner(client);
        var webhook = FalJson.Read<FalWebhook>(
            $$$$"""{"request_id":"{{{{entry.RequestId}}}}","status":"OK","payload":{"video":{"url":"https://files.invalid/clip.mp4"}}}""");
        for (var delivery = 0; delivery < 2; delivery++)
        {
            using (StartTrace("POST /hook")) Assert.True(await runner.RecordWebhookAsync(entry.SubmitId!, webhook));
        }
        await RunAsync(client);
        var submit = Assert.Single(_spans, span => span.OperationName.StartsWith("submit ", StringComparison.Ordinal));
        var job = Assert.Single(Jobs());
        Assert.Equal((submit.TraceId, submit.SpanId, "webhook"), (job.TraceId, job.ParentSpanId, job.GetTagItem("fal.known_by")));
        Assert.Equal([(entry.RequestId, null)], observer.Ended);
        Assert.Equal(1, _durations);
    }

    private static Activity StartTrace(string name) => new Activity(name).SetIdFormat(ActivityIdFormat.W3C).SetParentId(
        ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded).Start();

    private IEnumerable<Activity> Jobs() => _spans.Where(span => span.OperationName.StartsWith("generate_content ", StringComparison.Ordinal));

    private async Task AddAsync()
    {
        await _ledger.AddBatchAsync("once", new FalJobPolicy());
        using var input = JsonDocument.Parse("""{"prompt":"snow"}""");
        await _ledger.AddAsync([new FalNewEntry("once", "a", _endpoint, input.RootElement.Clone())]);
    }

    private async Task<FalLedgerEntry> SubmitAsync(FalClient client)
    {
        using var input = JsonDocument.Parse("""{"prompt":"snow"}""");
        var once = await _ledger.SubmitOnceAsync(client.Endpoint(_endpoint), "a", new FalRawResult { Json = input.RootElement.Clone() });
        return once.Entry;
    }

    private async Task<FalLedgerEntry> ApplyAsync(FalLedgerEntry before, FalLedgerEntry after)
    {
        Assert.Equal(FalApplyOutcome.Applied, await _ledger.ApplyAsync(before, after));
        return after with { Fence = before.Fence + 1 };
    }

    private FalJobRunner NewRunner(FalClient client) => new(client, _ledger, new FalJobRunnerOptions
    {
        Saver = new NoFiles(),
        PollInterval = TimeSpan.FromMilliseconds(20),
    });

    private Task<FalBatch> RunAsync(FalClient client) => NewRunner(client).RunUntilIdleAsync("once").WaitAsync(HangGuard);

    private sealed class Observer : FalObserver
    {
        public ConcurrentQueue<(string? RequestId, string? ErrorType)> Ended { get; } = new();

        public override void OnJobEnded(FalJobEndedEvent ended) => Ended.Enqueue((ended.RequestId, ended.ErrorType));
    }

    private sealed class NoFiles : IFalJobSaver
    {
        public Task<IReadOnlyList<string>> SaveAsync(FalSaveCall save, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<string>>(["film.mp4"]);
    }
}
