namespace Fal.Emulation;

/// <summary>
/// Computes the state of a job from its data and the time. It is never stored, so there is no timer, and a test clock may
/// advance by any amount.
/// </summary>
internal static class JobTimeline
{
    /// <summary>Computes the state of a job at a time.</summary>
    public static JobMoment At(JobFacts job, DateTimeOffset now)
    {
        var start = After(job.SubmittedAt, QueueTime(job.Run));
        var (end, how) = EndOf(job, start);
        var over = now >= end;
        var lines = Lines(job.Run, start);
        // A line at exactly the end time still belongs to this run.
        var visible = lines.Where(line => line.At <= now && line.At <= end).ToArray();
        if (over) return new(FalJobState.Completed, null, visible, how, null);
        var nextChange = lines.Select(line => line.At).Append(start).Append(end).Concat(Boundaries(job))
            .Where(moment => moment > now && moment <= end && moment < DateTimeOffset.MaxValue).Cast<DateTimeOffset?>().Min();
        return now < start
            ? new(FalJobState.InQueue, Position(job, now), [], JobEndState.None, nextChange)
            : new(FalJobState.InProgress, null, visible, JobEndState.None, nextChange);
    }

    /// <summary>Computes the start and the end. The end may be earlier than the start, if the job ends in the queue.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End) TimesOf(JobFacts job)
    {
        var start = After(job.SubmittedAt, QueueTime(job.Run));
        return (start, EndOf(job, start).At);
    }

    private static (DateTimeOffset At, JobEndState How) EndOf(JobFacts job, DateTimeOffset start)
    {
        var run = job.Run;
        var latestStart = job.StartTimeout is { } limit ? After(job.SubmittedAt, limit) : DateTimeOffset.MaxValue;
        if (job.CancelledAt is { } asked && asked < start && asked < latestStart) return (asked, JobEndState.Cancelled);
        if (latestStart < start) return (latestStart, JobEndState.StartTimedOut);
        if (job.Refused) return (start, JobEndState.Refused);
        var end = After(start, run.Duration);
        var how = run.Failure is null ? JobEndState.Succeeded : JobEndState.Failed;
        if (job.CancelledAt is { } stop && run.StopTime is { } stopTime && After(stop, stopTime) is var stopped && stopped < end)
            return (stopped, JobEndState.Cancelled);
        return (end, how);
    }

    private static TimeSpan QueueTime(FalEmulatedRun run)
    {
        if (run.QueuePositions.Count == 0) return TimeSpan.Zero;
        return run.PositionTime == Timeout.InfiniteTimeSpan ? run.PositionTime : run.PositionTime * run.QueuePositions.Count;
    }

    private static IEnumerable<DateTimeOffset> Boundaries(JobFacts job)
        => job.Run.PositionTime == Timeout.InfiniteTimeSpan
            ? []
            : job.Run.QueuePositions.Select((_, i) => job.SubmittedAt + (job.Run.PositionTime * (i + 1)));

    private static int Position(JobFacts job, DateTimeOffset now)
    {
        var positions = job.Run.QueuePositions;
        if (job.Run.PositionTime == Timeout.InfiniteTimeSpan) return positions[0];
        var passed = (int)Math.Min((now - job.SubmittedAt).Ticks / job.Run.PositionTime.Ticks, positions.Count - 1);
        return positions[Math.Max(passed, 0)];
    }

    private static List<(DateTimeOffset At, FalEmulatedLog Line)> Lines(FalEmulatedRun run, DateTimeOffset start)
    {
        var lines = new List<(DateTimeOffset At, FalEmulatedLog Line)>();
        if (start == DateTimeOffset.MaxValue) return lines;
        var loose = run.Logs.Count(line => line.At is null);
        var step = run.Duration == Timeout.InfiniteTimeSpan || loose == 0 ? TimeSpan.Zero : run.Duration / loose;
        var passed = TimeSpan.Zero;
        foreach (var line in run.Logs)
        {
            if (line.At is null) passed += step;
            lines.Add((After(start, line.At ?? passed), line));
        }
        return [.. lines.OrderBy(line => line.At)];
    }

    private static DateTimeOffset After(DateTimeOffset moment, TimeSpan time)
        => time == Timeout.InfiniteTimeSpan || moment == DateTimeOffset.MaxValue ? DateTimeOffset.MaxValue : moment + time;
}
