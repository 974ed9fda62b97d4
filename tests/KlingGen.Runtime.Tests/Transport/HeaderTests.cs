using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

public sealed class HeaderTests : CanaryTest
{
    public static TheoryData<string> Unsendable()
        => ["a\r\nX-Evil: 1", "a\rb", "a\nb", "a\0b", "ä", "😀", "a\tb", "a\u0085b", "a\u2028b", "\u007f", new string('a', 8193)];

    [Theory]
    [MemberData(nameof(Unsendable))]
    public void A_value_that_cannot_be_sent_is_refused_before_anything_is(string value)
    {
        Assert.Throws<ArgumentException>(() => FalHeaders.RequireExtra("X-Own", value));
        Assert.Throws<ArgumentException>(() => FalHeaders.RequireValue("FalSubmitOptions.RunnerHint", value));
        Assert.Throws<ArgumentException>(() => new FalClient(new FalClientOptions { Key = CanaryGuard.Key, UserAgent = value }));
    }

    [Theory]
    [MemberData(nameof(Unsendable))]
    public async Task A_header_that_slipped_through_stops_the_call(string value)
    {
        if (value.Length > 8000) return;
        using var fal = new TestFal(Canary);
        await Assert.ThrowsAsync<ArgumentException>(() => fal.Transport.SendToFalAsync(
            FalHost.Queue, "/a/b", HttpMethod.Post, TestFal.Content("{}"), FalCallKind.Submit, headers => headers.TryAddWithoutValidation(
                "X-Own",
                value), default));
        Assert.Empty(fal.Handler.Requests);
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("authorization")]
    [InlineData("Host")]
    [InlineData("x-fal-target-url")]
    [InlineData("X-FAL-TARGET-URL")]
    [InlineData("Content-Length")]
    [InlineData("Content-Type")]
    [InlineData("Cookie")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Connection")]
    public void A_header_that_is_not_the_callers_is_refused(string name)
        => Assert.Contains(
            "FalClient's to describe",
            Assert.Throws<ArgumentException>(() => FalHeaders.RequireExtra(name, "x")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("X Own")]
    [InlineData("X:Own")]
    [InlineData("X\r\nOwn")]
    [InlineData("Authorization ")]
    [InlineData("Ünd")]
    public void What_is_not_a_header_name_is_refused(string name)
        => Assert.DoesNotContain('\n', Assert.Throws<ArgumentException>(() => FalHeaders.RequireExtra(name, "x")).Message);

    [Fact]
    public void An_ordinary_header_passes()
    {
        FalHeaders.RequireExtra("X-My-Trace_1", "printable ASCII, \"quotes\" and ~");
        Assert.Equal("", FalHeaders.RequireValue("x", ""));
        Assert.Throws<ArgumentException>(() => FalHeaders.RequireValue("x", null));
    }

    [Fact]
    public async Task Nothing_a_caller_adds_replaces_the_key()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("{}");
        using var response = await fal.Transport.SendToFalAsync(FalHost.Run, "/a/b", HttpMethod.Post, TestFal.Content(
            "{}"), FalCallKind.RunDirect, headers =>
        {
            headers.TryAddWithoutValidation("Authorization", "Bearer other");
            headers.TryAddWithoutValidation("Accept", "text/event-stream");
        }, default);
        Assert.Equal("Key " + CanaryGuard.Key, fal.Handler.Request["Authorization"]);
        Assert.Equal("text/event-stream", fal.Handler.Request["Accept"]);
    }

    [Fact]
    public async Task The_programs_name_stands_before_ours()
    {
        using var fal = new TestFal(Canary, change: options => options.UserAgent = "my-app/1.2 (test)");
        fal.Handler.Json("{}");
        using var response = await fal.StatusAsync();
        Assert.StartsWith($"my-app/1.2 (test) KlingGen/{FalVersion.Text} (", fal.Handler.Request["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_the_assemblys()
    {
        var version = typeof(FalClient).Assembly.GetName().Version!;
        Assert.Equal(FalVersion.Text, $"{version.Major}.{version.Minor}.{version.Build}");
    }
}
