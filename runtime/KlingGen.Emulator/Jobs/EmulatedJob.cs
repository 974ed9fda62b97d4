using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>An accepted job: its request and its run.</summary>
internal sealed class EmulatedJob
{
    private readonly object _lock = new();
    private JobFacts _facts;
    private TaskCompletionSource _changed = NewSignal();
    private JsonNode? _result;

    public EmulatedJob(string requestId, ServedDocument document, JsonElement input, JobFacts facts, string? refusal)
    {
        RequestId = requestId;
        Document = document;
        Input = input;
        _facts = facts;
        Refusal = refusal;
    }

    public string RequestId { get; }

    public ServedDocument Document { get; }

    public FalEndpointId Endpoint => Document.Endpoint;

    /// <summary>The request as JSON.</summary>
    public JsonElement Input { get; }

    /// <summary>The length of the request.</summary>
    public int InputLength { get; init; }

    /// <summary>The response in place of a result if the request is invalid; otherwise null.</summary>
    public string? Refusal { get; }

    /// <summary>The webhook URL; null for none.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>The lifetime that the request sets for the generated files; null for none.</summary>
    public FileLifecycle? OutputLifecycle { get; init; }

    /// <summary>Whether the platform API shows input and output: false if the request forbade it or they were deleted.</summary>
    public bool KeepsPayloads { get; set; } = true;

    public FalEmulatedRun Run => _facts.Run;

    public DateTimeOffset SubmittedAt => _facts.SubmittedAt;

    /// <summary>Gets the times of the start and the end.</summary>
    public (DateTimeOffset Start, DateTimeOffset End) Times()
    {
        lock (_lock) return JobTimeline.TimesOf(_facts);
    }

    public JobMoment At(DateTimeOffset now)
    {
        lock (_lock) return JobTimeline.At(_facts, now);
    }

    /// <summary>Requests cancellation, and returns the state of the job before it.</summary>
    public JobMoment Cancel(DateTimeOffset now)
    {
        lock (_lock)
        {
            var before = JobTimeline.At(_facts, now);
            if (!before.IsOver && _facts.CancelledAt is null)
            {
                _facts = _facts with { CancelledAt = now };
                _changed.TrySetResult();
                _changed = NewSignal();
            }
            return before;
        }
    }

    /// <summary>Waits on the clock until the job changes.</summary>
    public async Task<JobMoment> WaitForChangeAsync(JobMoment seen, TimeProvider time, CancellationToken cancellationToken)
    {
        Task changed;
        lock (_lock) changed = _changed.Task;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(Until(seen.NextChange, time), time, stop.Token);
        // If the clock or the job has changed, there is nothing to wait for.
        if (At(time.GetUtcNow()) is var now && now.NextChange == seen.NextChange && now.End == seen.End)
            await Task.WhenAny(delay, changed).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return At(time.GetUtcNow());
    }

    /// <summary>Waits on the clock until the job is over.</summary>
    public async Task<JobMoment> WaitForEndAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var moment = At(time.GetUtcNow());
        while (!moment.IsOver) moment = await WaitForChangeAsync(moment, time, cancellationToken).ConfigureAwait(false);
        return moment;
    }

    /// <summary>
    /// Gets the result. It is created lazily on the first call, so that files are stored only for results that a client fetches.
    /// </summary>
    public JsonNode? Result(ResultMaker results)
    {
        lock (_lock) return _result ??= results.Make(Document, Input, RequestId, OutputLifecycle);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TimeSpan Until(DateTimeOffset? moment, TimeProvider time)
    {
        // A timer is limited to about 49 days, so the caller waits in a loop.
        if (moment is not { } next) return Timeout.InfiniteTimeSpan;
        var left = next - time.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < OptionLimits.LongestTimer ? left : OptionLimits.LongestTimer;
    }
}
