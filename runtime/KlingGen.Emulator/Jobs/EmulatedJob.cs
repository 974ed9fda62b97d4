using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>A job that was taken: the request, and what is to become of it.</summary>
internal sealed class EmulatedJob
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);
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

    /// <summary>The request's JSON.</summary>
    public JsonElement Input { get; }

    /// <summary>What is answered in place of a result because the request breaks its document; null if it does not.</summary>
    public string? Refusal { get; }

    /// <summary>Where to report the end; null for nowhere.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>What the request says about the lifetime of the files that the job makes; null if it says nothing.</summary>
    public FileLifecycle? OutputLifecycle { get; init; }

    /// <summary>Whether the platform API shows input and output: the request did not forbid it, and they were not deleted.</summary>
    public bool KeepsPayloads { get; set; } = true;

    public FalEmulatedRun Run => _facts.Run;

    public DateTimeOffset SubmittedAt => _facts.SubmittedAt;

    /// <summary>When the job starts and ends.</summary>
    public (DateTimeOffset Start, DateTimeOffset End) Times()
    {
        lock (_lock) return JobTimeline.TimesOf(_facts);
    }

    public JobMoment At(DateTimeOffset now)
    {
        lock (_lock) return JobTimeline.At(_facts, now);
    }

    /// <summary>Asks the job to stop, and says how things stood when it was asked.</summary>
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

    /// <summary>Waits on the clock until something about the job is not as it was seen.</summary>
    public async Task<JobMoment> WaitForChangeAsync(JobMoment seen, TimeProvider time, CancellationToken cancellationToken)
    {
        Task changed;
        lock (_lock) changed = _changed.Task;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(Until(seen.NextChange, time), time, stop.Token);
        // The clock may have moved, or the job been cancelled, since it was seen: then there is nothing to wait for.
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

    /// <summary>The result, created lazily on the first call, so that files are stored only for results that a client fetches.</summary>
    public JsonNode? Result(ResultMaker results)
    {
        lock (_lock) return _result ??= results.Make(Document, Input, RequestId, OutputLifecycle);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TimeSpan Until(DateTimeOffset? moment, TimeProvider time)
    {
        // A timer holds at most about 49 days, so the caller waits in a loop.
        if (moment is not { } next) return Timeout.InfiniteTimeSpan;
        var left = next - time.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestTimer ? left : LongestTimer;
    }
}
