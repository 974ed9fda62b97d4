namespace Fal.Tests.Jobs;

/// <summary>What the default schedule costs, computed over the durations that real video jobs took.</summary>
public sealed class PollScheduleTests(Xunit.Abstractions.ITestOutputHelper output)
{
    /// <summary>How long fal and the network take to answer a poll.</summary>
    private const double RoundTrip = 0.15;

    [Fact]
    public void Every_video_of_82_to_234_seconds_costs_about_60_polls_at_most_and_ends_less_than_3_percent_late_on_average()
    {
        var (polls, late) = (new List<int>(), new List<double>());
        var random = new Random(20260506);
        for (var duration = 82.0; duration <= 234; duration += 1)
        {
            var (mostPolls, meanLate) = Simulate(new FalPolling(), duration, random, runs: 1000);
            Assert.InRange(mostPolls, 20, 63);
            // Where the end falls between two polls differs with the duration; no single one is far off.
            Assert.InRange(meanLate / duration, 0, 0.04);
            polls.Add(mostPolls);
            late.Add(meanLate / duration);
        }
        output.WriteLine(
            $"polls: at most {polls.Max()}, on average {polls.Average():0.0}; late: at most {late.Max():P2}, on average {late.Average():P2}");
        Assert.InRange(polls.Average(), 30, 55);
        Assert.InRange(late.Average(), 0.005, 0.025);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(20)]
    public void A_short_job_is_seen_within_a_second_or_two(double duration)
    {
        var (polls, late) = Simulate(new FalPolling(), duration, new Random(7), runs: 2000);
        Assert.InRange(polls, 1, 24);
        Assert.InRange(late, 0, 1.4);
    }

    [Fact]
    public void A_job_of_an_hour_is_asked_for_at_most_every_15_seconds()
    {
        var (polls, late) = Simulate(new FalPolling(), 3600, new Random(7), runs: 20);
        Assert.InRange(polls, 200, 330);
        Assert.InRange(late, 5, 9);
    }

    [Fact]
    public void Pauses_stay_in_range_for_ten_thousand_draws_and_the_longest_waits()
    {
        var polling = new FalPolling();
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var waited = TimeSpan.FromSeconds(Math.Pow(10, random.NextDouble() * 9 - 2));
            var pause = PollSchedule.Pause(polling, waited, random.NextDouble()).TotalSeconds;
            Assert.InRange(pause, 0.4 * 0.9 - 1e-6, 15 * 1.1 + 1e-6);
        }
        Assert.Equal(15, PollSchedule.Pause(polling, TimeSpan.MaxValue, 0.5).TotalSeconds, 3);
        Assert.Equal(0.4, PollSchedule.Pause(polling, TimeSpan.FromSeconds(-5), 0.5).TotalSeconds, 3);
    }

    [Fact]
    public void A_pause_after_a_fault_doubles_and_never_overflows()
    {
        var polling = new FalPolling();
        double[] expected = [1, 2, 4, 8, 15, 15];
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], PollSchedule.PauseAfterFault(polling, TimeSpan.Zero, i + 1, null, 0.5).TotalSeconds, 3);
        Assert.Equal(15, PollSchedule.PauseAfterFault(polling, TimeSpan.Zero, 10_000, null, 0.5).TotalSeconds, 3);
        Assert.Equal(15, PollSchedule.PauseAfterFault(polling, TimeSpan.Zero, int.MaxValue, null, 0.5).TotalSeconds, 3);
    }

    [Fact]
    public void The_servers_wish_lengthens_a_pause_and_never_shortens_it()
    {
        var polling = new FalPolling();
        Assert.Equal(42, PollSchedule.PauseAfterFault(polling, TimeSpan.Zero, 1, TimeSpan.FromSeconds(42), 0.5).TotalSeconds, 3);
        Assert.Equal(1, PollSchedule.PauseAfterFault(polling, TimeSpan.Zero, 1, TimeSpan.FromSeconds(0.1), 0.5).TotalSeconds, 3);
    }

    [Fact]
    public void A_fixed_interval_is_kept_to()
    {
        var polling = FalPolling.Every(TimeSpan.FromSeconds(3));
        polling.Validate();
        foreach (var waited in new[] { 0, 10, 5000 })
            Assert.Equal(3, PollSchedule.Pause(polling, TimeSpan.FromSeconds(waited), 0.9).TotalSeconds, 6);
    }

    public static TheoryData<FalPolling> Wrong() =>
    [
        new FalPolling { Pace = -1 },
        new FalPolling { Pace = double.NaN },
        new FalPolling { Jitter = 1 },
        new FalPolling { Jitter = double.NaN },
        new FalPolling { Shortest = TimeSpan.Zero },
        new FalPolling { Longest = TimeSpan.FromSeconds(0.1) },
        new FalPolling { Longest = TimeSpan.FromDays(2) },
        new FalPolling { GiveUpAfter = TimeSpan.FromSeconds(-1) },
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_schedule_that_cannot_work_is_refused_with_the_option_named(FalPolling polling)
    {
        var error = Assert.Throws<ArgumentException>(polling.Validate);
        Assert.StartsWith("FalPolling.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new FalClient(new FalClientOptions { Key = Harness.CanaryGuard.Key, Polling = polling }));
    }

    private static (int MostPolls, double MeanLate) Simulate(FalPolling polling, double duration, Random random, int runs)
    {
        var (most, late) = (0, 0.0);
        for (var run = 0; run < runs; run++)
        {
            // The job ends at some moment, not on a whole second.
            var end = duration + random.NextDouble() * 0.25;
            var (now, polls) = (0.0, 0);
            do
            {
                now += PollSchedule.Pause(polling, TimeSpan.FromSeconds(now), random.NextDouble()).TotalSeconds + RoundTrip;
                polls++;
            }
            while (now - RoundTrip / 2 < end);
            most = Math.Max(most, polls);
            late += now - end;
        }
        return (most, late / runs);
    }
}
