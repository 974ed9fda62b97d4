namespace Fal.Tests.Harness;

/// <summary>
/// A clock that stands still until a test moves it. Delays (<c>Task.Delay</c>) and deadlines (a token source with a
/// time limit) are told apart, so that a test can skip every delay and still leave deadlines alone.
/// </summary>
public sealed class FakeTime : TimeProvider
{
    private const int FreelySkipped = 1000;
    private const int MostSkipped = 10_000;
    private static readonly TimeSpan RealLimit = TimeSpan.FromSeconds(60);
    private readonly object _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private readonly List<TimeSpan> _delays = [];
    private readonly List<TimeSpan> _deadlines = [];
    private readonly List<(Func<bool> Condition, TaskCompletionSource Done)> _waits = [];
    private int _skipped;
    private DateTimeOffset _now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>When true, every delay passes at once: the clock jumps to its end.</summary>
    public bool SkipDelays { get; init; }

    /// <summary>The place whose time zone the clock reports.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Every delay that was asked for, in order.</summary>
    public IReadOnlyList<TimeSpan> Delays { get { lock (_lock) return [.. _delays]; } }

    /// <summary>Every deadline that was set, in order.</summary>
    public IReadOnlyList<TimeSpan> Deadlines { get { lock (_lock) return [.. _deadlines]; } }

    /// <summary>Delays that are being waited for now.</summary>
    public int PendingDelays { get { lock (_lock) return _timers.Count(timer => timer.IsDelay); } }

    /// <summary>Timers of any kind that are armed now: after a finished call there should be none.</summary>
    public int PendingTimers { get { lock (_lock) return _timers.Count; } }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() { lock (_lock) return _now; }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock; every timer on the way fires at its own moment.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset target;
        lock (_lock) target = _now + by;
        AdvanceTo(target);
    }

    /// <summary>Completes when at least <paramref name="count"/> delays are being waited for.</summary>
    public Task DelaysPendingAsync(int count = 1) => WhenAsync(() => _timers.Count(timer => timer.IsDelay) >= count, $"{count} pending delays");

    /// <summary>Completes when at least <paramref name="count"/> delays have been asked for since the start.</summary>
    public Task DelaysSeenAsync(int count) => WhenAsync(() => _delays.Count >= count, $"{count} delays in all");

    /// <summary>Completes when at least <paramref name="count"/> timers of any kind are armed.</summary>
    public Task TimersPendingAsync(int count = 1) => WhenAsync(() => _timers.Count >= count, $"{count} armed timers");

    /// <summary>Completes when no timer is armed any more.</summary>
    public Task NoTimersAsync() => WhenAsync(() => _timers.Count == 0, "no armed timer");

    private void AdvanceTo(DateTimeOffset target)
    {
        while (true)
        {
            FakeTimer? next;
            List<TaskCompletionSource> met = [];
            lock (_lock)
            {
                next = _timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
                if (next is null)
                {
                    if (target > _now) _now = target;
                    return;
                }
                if (next.Due > _now) _now = next.Due;
                if (next.Period > TimeSpan.Zero) next.Due = _now + next.Period;
                else met = Remove(next);
            }
            met.ForEach(wait => wait.TrySetResult());
            next.Fire();
        }
    }

    private async Task WhenAsync(Func<bool> condition, string what)
    {
        TaskCompletionSource done;
        lock (_lock)
        {
            if (condition()) return;
            done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((condition, done));
        }
        try
        {
            await done.Task.WaitAsync(RealLimit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The code under test never reached: {what}.");
        }
    }

    private void Arm(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan)
        {
            Disarm(timer);
            return;
        }
        bool skip;
        List<TaskCompletionSource> met;
        lock (_lock)
        {
            _timers.Remove(timer);
            timer.Due = _now + dueTime;
            timer.Period = period;
            _timers.Add(timer);
            (timer.IsDelay ? _delays : _deadlines).Add(dueTime);
            skip = timer.IsDelay && SkipDelays;
            met = TakeMet();
        }
        met.ForEach(wait => wait.TrySetResult());
        if (!skip) return;
        // Not on this thread: the code that makes a timer has not stored it yet. A loop that only a test's own continuation ends must not take the
        // cores and the memory from it meanwhile, so what goes on for long is held up.
        // No test needs the most: a loop that goes on behind a finished test ends there, with a delay that never passes.
        var skipped = Interlocked.Increment(ref _skipped);
        if (skipped > MostSkipped) return;
        if (skipped > FreelySkipped) _ = SkipLaterAsync(timer);
        else ThreadPool.UnsafeQueueUserWorkItem(static t => t.Owner.Skip(t), timer, preferLocal: false);
    }

    private void Disarm(FakeTimer timer)
    {
        List<TaskCompletionSource> met;
        lock (_lock) met = Remove(timer);
        met.ForEach(wait => wait.TrySetResult());
    }

    private List<TaskCompletionSource> Remove(FakeTimer timer) => _timers.Remove(timer) ? TakeMet() : [];

    /// <summary>The waits whose condition holds now. Only under the lock.</summary>
    private List<TaskCompletionSource> TakeMet()
    {
        var met = _waits.FindAll(wait => wait.Condition());
        _waits.RemoveAll(met.Contains);
        return met.ConvertAll(wait => wait.Done);
    }

    private async Task SkipLaterAsync(FakeTimer timer)
    {
        await Task.Delay(1).ConfigureAwait(false);
        Skip(timer);
    }

    private void Skip(FakeTimer timer)
    {
        DateTimeOffset due;
        lock (_lock)
        {
            if (!_timers.Contains(timer)) return;
            due = timer.Due;
        }
        AdvanceTo(due);
    }

    private sealed class FakeTimer(FakeTime owner, TimerCallback callback, object? state) : ITimer
    {
        public FakeTime Owner => owner;

        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; set; }

        // Task.Delay hands its own task to the timer, a token source hands itself.
        public bool IsDelay => state is Task;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            owner.Arm(this, dueTime, period);
            return true;
        }

        public void Dispose() => owner.Disarm(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
