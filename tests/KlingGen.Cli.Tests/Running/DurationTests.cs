using KlingGen.Cli.Common;

namespace KlingGen.Cli.Tests.Running;

public sealed class DurationTests
{
    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7200)]
    [InlineData("45d", 3_888_000)]
    public void Times_are_read_as_they_are_typed(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("46d")]
    [InlineData("5w")]
    [InlineData("1e9")]
    [InlineData("2000h")]
    public void What_is_no_time_is_refused(string text) => Assert.Throws<ToolException>(() => Duration.Parse(text));

    [Fact]
    public void No_time_is_none() => Assert.Null(Duration.Parse(null));
}
