namespace Fal;

/// <summary>The state of one job, and the single polling loop of all waiting callers. The end is final: no request follows it.</summary>
/// <param name="services">The transport, the options and the budget of the client.</param>
/// <param name="address">The job.</param>
/// <param name="age">How old the job is already; null if this is not known.</param>
internal sealed partial class JobTracker(JobServices services, JobAddress address, TimeSpan? age)
{
    private readonly SingleFlight<FalJobStatus> _tracking = new();
    private readonly SingleFlight<JobOutcome> _fetching = new();
    private JobLog? _log;
    private readonly long _made = services.Transport.Time.GetTimestamp();
    private StatusNode _news = new(null);
    private TaskCompletionSource? _changed;
    private volatile bool _wantsLogs;
    private volatile bool _logsTooLong;
    private bool _hasLogs;

    public JobServices Services => services;

    public JobAddress Address => address;

    /// <summary>What is reported of the job.</summary>
    public JobTelemetry Telemetry { get; } = new(services.Transport, address);

    /// <summary>The last status, from whichever call.</summary>
    public FalJobStatus? Latest
    {
        get
        {
            lock (this) return _news.Status;
        }
    }

    /// <summary>Whether a caller requested the log lines.</summary>
    public bool WantsLogs => _wantsLogs;

    /// <summary>The final status; null until the job has ended.</summary>
    private FalJobStatus? End => Latest is { IsFinal: true } end ? end : null;

    private FalTransport Transport => Services.Transport;

    private TimeProvider Time => Transport.Time;

    private TimeSpan Waited => (age ?? TimeSpan.Zero) + Time.GetElapsedTime(_made);

    /// <summary>Records an answer, and notifies the watchers of a change.</summary>
    public FalJobStatus Apply(in StatusReading reading, bool withLogs, bool newLinesOnly)
    {
        TaskCompletionSource? changed = null;
        FalJobStatus latest;
        var isNews = false;
        lock (this)
        {
            // An answer that was long under way must not bring a finished job back to life.
            if (_news.Status is { IsFinal: true } && !reading.State.IsFinal) return _news.Status;
            var newLines = withLogs && reading.Logs is { Count: > 0 } lines ? (_log ??= new JobLog()).Merge(Redact(lines), newLinesOnly) : 0;
            _hasLogs |= withLogs;
            if (_news.Status is null || newLines > 0 || !IsSame(_news.Status, reading))
            {
                var status = new FalJobStatus
                {
                    State = reading.State,
                    QueuePosition = reading.QueuePosition,
                    InferenceTime = reading.InferenceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                    Error = reading.Error is null ? null : Transport.Redact(reading.Error),
                    ErrorType = reading.ErrorType is null ? null : Transport.Redact(reading.ErrorType),
                    Logs = _log?.Snapshot() ?? [],
                };
                isNews = true;
                var news = new StatusNode(status);
                _news.Next = news;
                _news = news;
                changed = _changed;
                _changed = null;
            }
            latest = _news.Status!;
        }
        if (isNews) Telemetry.Changed(latest, isNewJob: age == TimeSpan.Zero);
        changed?.TrySetResult();
        return latest;
    }

    private List<FalLogLine> Redact(List<FalLogLine> lines)
        => lines.ConvertAll(line => line with
        {
            Message = Transport.Redact(line.Message),
            TimestampText = line.TimestampText is null ? null : Transport.Redact(line.TimestampText),
            Level = line.Level is null ? null : Transport.Redact(line.Level),
            Source = line.Source is null ? null : Transport.Redact(line.Source),
        });

    /// <summary>The last update, which a new watcher receives first.</summary>
    public StatusNode News
    {
        get
        {
            lock (this) return _news;
        }
    }

    /// <summary>What came after <paramref name="seen"/>; where nothing did, a task that ends when there is more.</summary>
    public (StatusNode? News, Task Changed) GetNext(StatusNode seen)
    {
        lock (this)
        {
            if (seen.Next is { } news) return (news, Task.CompletedTask);
            _changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (null, _changed.Task);
        }
    }

    /// <summary>Waits, together with all others, until the job is over; returns its final status.</summary>
    public Task<FalJobStatus> TrackAsync(FalWaitOptions options, bool logs, CancellationToken cancellationToken)
    {
        if (logs) _wantsLogs = true;
        if (End is { } end) return Task.FromResult(end);
        return _tracking.JoinAsync(stop => TrackAsync(options, stop), Transport.Closing, cancellationToken);
    }

    private static bool IsSame(FalJobStatus status, in StatusReading reading) =>
        status.State.Word == reading.State.Word
        && status.QueuePosition == reading.QueuePosition
        && (status.Error is null) == (reading.Error is null)
        && status.ErrorType == reading.ErrorType
        && status.InferenceTime?.TotalSeconds == (reading.InferenceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds).TotalSeconds : null);
}

/// <summary>
/// Node of a linked list of status updates. Each watcher keeps a cursor into it, so that nodes which all have seen can be collected.
/// </summary>
internal sealed class StatusNode(FalJobStatus? status)
{
    /// <summary>Null before the first.</summary>
    public FalJobStatus? Status { get; } = status;

    public StatusNode? Next { get; set; }
}
