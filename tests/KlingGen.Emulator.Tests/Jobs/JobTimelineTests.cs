namespace Fal.Emulation.Tests.Jobs;

public sealed class JobTimelineTests
{
    private static readonly DateTimeOffset Zero = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Waits 2 × 10 s, runs 60 s.
    private static readonly FalEmulatedRun Run = new()
    {
        QueuePositions = [4, 1],
        PositionTime = TimeSpan.FromSeconds(10),
        Duration = TimeSpan.FromSeconds(60),
        Logs = [new("begin") { At = TimeSpan.Zero }, "half", "full"],
    };

    [Theory]
    [InlineData(0, "IN_QUEUE", 4, 0)]
    [InlineData(9.999, "IN_QUEUE", 4, 0)]
    [InlineData(10, "IN_QUEUE", 1, 0)]
    [InlineData(20, "IN_PROGRESS", null, 1)]
    [InlineData(50, "IN_PROGRESS", null, 2)]
    [InlineData(80, "COMPLETED", null, 3)]
    [InlineData(1e9, "COMPLETED", null, 3)]
    public void A_job_waits_runs_and_ends(double seconds, string state, int? position, int lines)
    {
        var moment = At(new JobFacts(Run, Zero), seconds);
        Assert.Equal((state, position, lines), (moment.State.Word, moment.QueuePosition, moment.Logs.Count));
        Assert.Equal(seconds >= 80 ? JobEndState.Succeeded : JobEndState.None, moment.End);
    }

    [Fact]
    public void Each_change_is_announced_by_the_one_before()
    {
        var changes = new List<double>();
        for (var moment = At(new JobFacts(Run, Zero), 0); moment.NextChange is { } next; moment = JobTimeline.At(new JobFacts(Run, Zero), next))
            changes.Add((next - Zero).TotalSeconds);
        Assert.Equal([10, 20, 50, 80], changes);
    }

    [Fact]
    public void A_job_without_a_queue_or_work_is_over_at_once()
    {
        var moment = At(new JobFacts(FalEmulatedRun.Instant, Zero), 0);
        Assert.Equal((JobEndState.Succeeded, null), (moment.End, moment.NextChange));
    }

    [Theory]
    [InlineData(5, 5, "Cancelled")]
    [InlineData(30, 33, "Cancelled")]
    [InlineData(78, 80, "Succeeded")]
    public void A_cancelled_job_ends_when_it_has_stopped(double cancelledAt, double endsAt, string end)
    {
        var facts = new JobFacts(Run with { StopTime = TimeSpan.FromSeconds(3) }, Zero, CancelledAt: Zero.AddSeconds(cancelledAt));
        Assert.Equal(("None", end), (At(facts, endsAt - 0.001).End.ToString(), At(facts, endsAt).End.ToString()));
    }

    [Fact]
    public void A_job_that_does_not_listen_ends_as_it_would_have()
    {
        var facts = new JobFacts(Run with { StopTime = null }, Zero, CancelledAt: Zero.AddSeconds(30));
        Assert.Equal((JobEndState.None, JobEndState.Succeeded), (At(facts, 79).End, At(facts, 80).End));
    }

    [Theory]
    [InlineData(15.0, 15, "StartTimedOut")]
    [InlineData(20.0, 80, "Succeeded")]
    public void A_job_that_cannot_start_in_time_ends(double limit, double endsAt, string end)
    {
        var facts = new JobFacts(Run, Zero, StartTimeout: TimeSpan.FromSeconds(limit));
        Assert.Equal(("None", end), (At(facts, endsAt - 0.001).End.ToString(), At(facts, endsAt).End.ToString()));
    }

    [Fact]
    public void A_request_that_breaks_its_document_fails_as_soon_as_it_runs()
    {
        var facts = new JobFacts(Run, Zero, Refused: true);
        Assert.Equal((JobEndState.None, JobEndState.Refused), (At(facts, 19.999).End, At(facts, 20).End));
    }

    [Fact]
    public void A_failure_comes_at_the_end_of_the_work()
    {
        var facts = new JobFacts(Run with { Failure = FalEmulatedFailure.ByFal("runner_disconnected") }, Zero);
        Assert.Equal((JobEndState.None, JobEndState.Failed), (At(facts, 79).End, At(facts, 80).End));
    }

    [Fact]
    public void Times_without_end_never_pass()
    {
        var waits = At(new JobFacts(Run with { PositionTime = Timeout.InfiniteTimeSpan }, Zero), 1e9);
        Assert.Equal((FalJobState.InQueue, 4, null), (waits.State, waits.QueuePosition, waits.NextChange));
        var works = At(new JobFacts(Run with { Duration = Timeout.InfiniteTimeSpan }, Zero), 1e9);
        Assert.Equal((FalJobState.InProgress, 3, null), (works.State, works.Logs.Count, works.NextChange));
        var stays = At(new JobFacts(
            Run with { StopTime = Timeout.InfiniteTimeSpan, Duration = Timeout.InfiniteTimeSpan },
            Zero,
            CancelledAt: Zero.AddSeconds(30)), 1e9);
        Assert.Equal(JobEndState.None, stays.End);
    }

    private static JobMoment At(JobFacts facts, double seconds) => JobTimeline.At(facts, Zero.AddSeconds(seconds));
}
