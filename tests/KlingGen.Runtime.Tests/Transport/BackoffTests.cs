namespace Fal.Tests.Transport;

public sealed class BackoffTests
{
    [Fact]
    public void Jitter_stays_in_range_for_ten_thousand_draws()
    {
        var options = new FalRetryOptions { BaseDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(1000), Jitter = 0.25 };
        var random = new Random(7);
        var backoff = new Backoff(options, random.NextDouble);
        var draws = Enumerable.Range(0, 10_000).Select(_ => backoff.Next(3, null).TotalSeconds).ToArray();
        Assert.All(draws, seconds => Assert.InRange(seconds, 6, 10));
        Assert.True(draws.Min() < 6.1 && draws.Max() > 9.9);
        Assert.InRange(draws.Average(), 7.9, 8.1);
    }

    [Fact]
    public void Pauses_double_up_to_the_longest_and_never_overflow()
    {
        var backoff = new Backoff(new FalRetryOptions { Jitter = 0 }, () => 0.5);
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 20, 20], Enumerable.Range(0, 8).Select(repeat => backoff.Next(repeat, null).TotalSeconds));
        Assert.Equal(20, backoff.Next(10_000, null).TotalSeconds);
        Assert.Equal(20, backoff.Next(int.MaxValue, null).TotalSeconds);
        Assert.Equal(0.5, backoff.Next(-1, null).TotalSeconds);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(7)]
    [InlineData(double.NegativeInfinity)]
    public void A_draw_out_of_range_does_no_harm(double draw)
        => Assert.InRange(new Backoff(new FalRetryOptions(), () => draw).Next(0, null).TotalSeconds, 0.374, 0.626);

    [Fact]
    public void The_servers_wish_lengthens_a_pause_and_never_shortens_it()
    {
        var backoff = new Backoff(new FalRetryOptions { Jitter = 0 }, () => 0.5);
        Assert.Equal(30, backoff.Next(0, TimeSpan.FromSeconds(30)).TotalSeconds);
        Assert.Equal(2, backoff.Next(2, TimeSpan.FromSeconds(1)).TotalSeconds);
    }

    public static TheoryData<FalRetryOptions> Wrong() =>
    [
        new() { MaxRetries = -1 }, new() { MaxRetries = 101 }, new() { BaseDelay = TimeSpan.FromSeconds(-1) }, new() {
            BaseDelay = TimeSpan.FromSeconds(30) }, new() { MaxDelay = TimeSpan.FromDays(2) },
        new() { Jitter = -0.1 }, new() { Jitter = 1.1 }, new() { Jitter = double.NaN }, new() { MaxRetryAfter = TimeSpan.FromSeconds(-1) }, new() {
            MaxRetryAfter = TimeSpan.FromDays(2) },
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Options_that_cannot_work_are_refused(FalRetryOptions retry)
        => Assert.Contains(
            "FalRetryOptions.",
            Assert.Throws<ArgumentException>(() => new FalClient(new FalClientOptions { Key = "a:b", Retry = retry })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void None_repeats_nothing() => Assert.Equal(0, FalRetryOptions.None.MaxRetries);
}
