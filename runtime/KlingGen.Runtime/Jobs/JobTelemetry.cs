using System.Diagnostics;

namespace Fal;

/// <summary>
/// Collects the telemetry of a job while it is followed. A job whose status is never requested has only the span of its
/// submit: the job's span is created when its end becomes known, so that no span stays open for the duration of a job.
/// </summary>
internal sealed class JobTelemetry(FalTransport transport, JobAddress address)
{
    private const int MaxEvents = 64;
    private List<ActivityEvent>? _events;
    private string? _traceParent = address.TraceParent;
    private DateTimeOffset? _startedAt;
    private FalJobStatus? _last;
    private int _polls;
    private int _readers;

    /// <summary>Counts a status request.</summary>
    public void CountPoll() => Interlocked.Increment(ref _polls);

    /// <summary>Records a status that differs from the last one.</summary>
    public void Changed(FalJobStatus status, bool isNewJob)
    {
        var now = transport.Time.GetUtcNow();
        bool isFirst, isMoved, isEnd;
        lock (this)
        {
            isFirst = _last is null;
            isMoved = _last?.State != status.State || _last.QueuePosition != status.QueuePosition;
            isEnd = status.IsFinal && _readers == 0;
            AddEvents(status, now, isMoved);
            _last = status;
        }
        // The first status of a new job is in the answer to the submit, which has its own event.
        if (isMoved && !(isFirst && isNewJob)) Notify(static (observer, job) => observer.OnJobChanged(job));
        if (isEnd) Report("poll", JobMetrics.ErrorTypeOf(status), null);
    }

    /// <summary>Reports a poll that failed after its retries.</summary>
    public void PollFailed(FalException failure)
    {
        var name = failure.GetType().Name;
        Notify((observer, job) => observer.OnPollFailed(job, name));
    }

    /// <summary>Reports that this process submitted the job.</summary>
    public void Submitted() => Notify(static (observer, job) => observer.OnSubmitted(job));

    /// <summary>Records the fetched result, success or error: now the end is certain, and so is the cost.</summary>
    public void Fetched(JobOutcome outcome)
    {
        FalTelemetry.RecordUnits(address.Endpoint.ToString(), outcome.BillableUnits);
        Report("result", outcome.Error is { } error ? FalTelemetry.ErrorTypeOf(error) : null, outcome.BillableUnits);
    }

    /// <summary>
    /// Announces a caller that will fetch the result: until then a final status is not reported as the end, because the
    /// result has more data. The result is fetched outside the context of its callers, so a job without a trace gets that of the first.
    /// </summary>
    public ResultReader ExpectResult()
    {
        lock (this)
        {
            _readers++;
            _traceParent ??= FalTelemetry.CurrentTraceParent;
        }
        return new ResultReader(this);
    }

    private void Leave()
    {
        FalJobStatus? ended;
        lock (this) ended = --_readers == 0 && _last is { IsFinal: true } ? _last : null;
        if (ended is not null) Report("poll", JobMetrics.ErrorTypeOf(ended), null);
    }

    private void AddEvents(FalJobStatus status, DateTimeOffset now, bool isMoved)
    {
        var isRunning = status.State == FalJobState.InProgress;
        if (isRunning) _startedAt ??= now;
        // Events are for the span of the job, which does not exist without a listener.
        if (!FalTelemetry.Source.HasListeners()) return;
        _events ??= [];
        if (_events.Count >= MaxEvents) return;
        if (isMoved && status.State == FalJobState.InQueue)
        {
            var tags = status.QueuePosition is { } position ? new ActivityTagsCollection { ["fal.queue_position"] = position } : null;
            _events.Add(new ActivityEvent("queued", now, tags));
        }
        else if (isRunning && _last?.State != status.State)
        {
            _events.Add(new ActivityEvent("started", now));
        }
        if (isRunning && status.Logs.Count > (_last?.Logs.Count ?? 0))
        {
            _events.Add(new ActivityEvent("progress", now, new ActivityTagsCollection { ["fal.log_lines"] = status.Logs.Count }));
        }
    }

    private void Report(string knownBy, string? errorType, decimal? units)
    {
        if (transport.Observer is null && !JobMetrics.IsObserved) return;
        JobEnd end;
        lock (this)
        {
            end = new JobEnd(address.Endpoint.ToString(), address.RequestId)
            {
                KnownBy = knownBy,
                EndedAt = transport.Time.GetUtcNow(),
                SubmittedAt = address.SubmittedAt,
                StartedAt = _startedAt,
                TraceParent = _traceParent,
                ErrorType = errorType,
                InferenceTime = _last?.InferenceTime,
                BillableUnits = units,
                Polls = _polls,
                Host = transport.QueueAddress.Host,
                Events = _events is null ? [] : [.. _events],
            };
        }
        end.Report(transport.Observer);
    }

    private void Notify(Action<FalObserver, FalJobEvent> notify)
    {
        if (transport.Observer is { } observer) observer.Notify(NewEvent(), notify);
    }

    private FalJobEvent NewEvent()
    {
        lock (this)
        {
            var passed = transport.Time.GetUtcNow() - address.SubmittedAt;
            // The token can be from a machine whose clock is ahead.
            if (passed < TimeSpan.Zero) passed = TimeSpan.Zero;
            return new FalJobEvent(address.Endpoint.ToString(), address.RequestId, _last?.State.Word, _last?.QueuePosition, passed);
        }
    }

    /// <summary>A caller that will fetch the result.</summary>
    internal readonly struct ResultReader(JobTelemetry telemetry) : IDisposable
    {
        public void Dispose() => telemetry.Leave();
    }
}
