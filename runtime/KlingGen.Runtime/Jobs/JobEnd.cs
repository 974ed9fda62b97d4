using System.Diagnostics;

namespace Fal;

/// <summary>The end of a job for telemetry: one span from submit to end, metrics, and an event for the observer.</summary>
internal sealed record JobEnd(string EndpointId, string RequestId)
{
    /// <summary>The source of the end: <c>poll</c>, <c>result</c> or <c>webhook</c>.</summary>
    public required string KnownBy { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>The time at which the job was first seen to run.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The trace context of the submit.</summary>
    public string? TraceParent { get; init; }

    public string? ErrorType { get; init; }

    public TimeSpan? InferenceTime { get; init; }

    public decimal? BillableUnits { get; init; }

    public int Polls { get; init; }

    public string? Host { get; init; }

    public IReadOnlyList<ActivityEvent> Events { get; init; } = [];

    public TimeSpan? Duration => SubmittedAt is { } submitted ? AtLeastZero(EndedAt - submitted) : null;

    public TimeSpan? RunTime => InferenceTime ?? (StartedAt is { } started ? AtLeastZero(EndedAt - started) : null);

    public TimeSpan? QueueTime => (StartedAt, SubmittedAt, Duration, InferenceTime) switch
    {
        ({ } started, { } submitted, _, _) => AtLeastZero(started - submitted),
        (_, _, { } duration, { } run) => AtLeastZero(duration - run),
        _ => null,
    };

    /// <summary>Reports the end, unless this process did so before: a second handle and a webhook receive the same end.</summary>
    public void Report(FalObserver? observer)
    {
        if (!Reported.TryAdd(EndpointId + " " + RequestId)) return;
        FalTelemetry.Tell(this, JobMetrics.RecordJob);
        observer.Notify(
            new FalJobEndedEvent(EndpointId, RequestId)
            {
                ErrorType = ErrorType,
                Duration = Duration,
                QueueTime = QueueTime,
                RunTime = RunTime,
                Polls = Polls,
                BillableUnits = BillableUnits,
            },
            static (observer, ended) => observer.OnJobEnded(ended));
    }

    private static TimeSpan AtLeastZero(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    /// <summary>The jobs whose end was reported recently. Bounded: an evicted job can be reported again.</summary>
    private static class Reported
    {
        private const int Most = 4096;
        private static readonly object Gate = new();
        private static readonly HashSet<string> Known = new(StringComparer.Ordinal);
        private static readonly Queue<string> Order = new();

        public static bool TryAdd(string job)
        {
            lock (Gate)
            {
                if (!Known.Add(job)) return false;
                Order.Enqueue(job);
                if (Order.Count > Most) Known.Remove(Order.Dequeue());
                return true;
            }
        }
    }
}
