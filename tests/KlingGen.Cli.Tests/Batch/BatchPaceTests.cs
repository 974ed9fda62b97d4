using Fal.Jobs;
using KlingGen.Cli.Batch;
using Fal.Tests.Harness;

namespace KlingGen.Cli.Tests.Batch;

/// <summary>The line that says how far a batch is.</summary>
public sealed class BatchPaceTests
{
    [Fact]
    public void The_rate_counts_what_ended_since_the_start()
    {
        var time = new FakeTime();
        var pace = new BatchPace(time, Counts(0, (FalLedgerState.Saved, 40), (FalLedgerState.Queued, 60)));
        Assert.Equal("40 of 100 done; cost 0 USD", pace.Line(Counts(0, (FalLedgerState.Saved, 40), (FalLedgerState.Queued, 60))));
        time.Advance(TimeSpan.FromMinutes(5));
        var later = Counts(
            3.5m, (FalLedgerState.Saved, 48), (FalLedgerState.Failed, 2), (FalLedgerState.Submitted, 8),
            (FalLedgerState.Queued, 40), (FalLedgerState.Unknown, 2));
        Assert.Equal("50 of 100 done, 8 in flight, 2 failed, 2 unknown; cost 3.5 USD; 2 per minute; 24 min 0 s left", pace.Line(later));
    }

    [Theory]
    [InlineData(5, "5 s")]
    [InlineData(65, "1 min 5 s")]
    [InlineData(3_700, "1 h 1 min")]
    [InlineData(100_000, "1 d 3 h")]
    public void Times_have_two_units(int seconds, string expected) => Assert.Equal(expected, BatchText.Span(TimeSpan.FromSeconds(seconds)));

    private static FalLedgerCounts Counts(decimal cost, params (FalLedgerState State, int Count)[] states)
        => new() { States = states.ToDictionary(item => item.State, item => item.Count), Cost = cost };
}
