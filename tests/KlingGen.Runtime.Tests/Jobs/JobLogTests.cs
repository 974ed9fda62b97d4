namespace Fal.Tests.Jobs;

/// <summary>Every line once, whether an answer repeats the whole log or brings what is new.</summary>
public sealed class JobLogTests
{
    [Fact]
    public void A_poll_repeats_the_whole_log_and_only_the_rest_is_new()
    {
        var log = new JobLog();
        Assert.Equal(1, log.Merge(Lines("a"), newLinesOnly: false));
        Assert.Equal(0, log.Merge(Lines("a"), newLinesOnly: false));
        Assert.Equal(2, log.Merge(Lines("a", "b", "b"), newLinesOnly: false));
        Assert.Equal("a|b|b", Text(log.Snapshot()));
    }

    [Fact]
    public void A_log_that_lost_its_beginning_or_changed_its_order_repeats_nothing()
    {
        var log = new JobLog();
        log.Merge(Lines("a", "b", "c"), newLinesOnly: false);
        Assert.Equal(1, log.Merge(Lines("c", "d"), newLinesOnly: false));
        Assert.Equal(1, log.Merge(Lines("b", "a", "c", "d", "d"), newLinesOnly: false));
        Assert.Equal("a|b|c|d|d", Text(log.Snapshot()));
    }

    [Fact]
    public void Lines_of_a_stream_are_new_unless_their_time_says_otherwise()
    {
        var log = new JobLog();
        log.Merge([At("a", 1)], newLinesOnly: false);
        Assert.Equal(1, log.Merge([At("a", 1), At("a", 2)], newLinesOnly: true));
        Assert.Equal(2, log.Merge(Lines("tick", "tick"), newLinesOnly: true));
        Assert.Equal(1, log.Merge(Lines("tick"), newLinesOnly: true));
        Assert.Equal(5, log.Snapshot().Count);
    }

    [Fact]
    public void A_snapshot_stays_as_it_was_while_the_log_grows()
    {
        var log = new JobLog();
        Assert.Empty(log.Snapshot());
        log.Merge(Lines("a", "b"), newLinesOnly: false);
        var lines = log.Snapshot();
        for (var i = 0; i < 50; i++) log.Merge(Lines($"x{i}"), newLinesOnly: true);
        Assert.Equal("a|b", Text(lines));
        Assert.Equal("b", lines[1].Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => lines[2]);
        Assert.Throws<NotSupportedException>(() => ((IList<FalLogLine>)lines)[0] = lines[1]);
    }

    private static List<FalLogLine> Lines(params string[] messages) => [.. messages.Select(message => new FalLogLine { Message = message })];

    private static FalLogLine At(string message, int second) => new() { Message = message, TimestampText = $"2026-05-06T07:08:{second:00}Z" };

    private static string Text(IReadOnlyList<FalLogLine> lines) => string.Join('|', lines.Select(line => line.Message));
}
