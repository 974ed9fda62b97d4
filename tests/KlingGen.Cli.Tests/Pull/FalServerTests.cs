using KlingGen.Cli.Pull;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Pull;

public sealed class FalServerTests
{
    private const string Id = "acme/lumen/clip";

    private static readonly string Document = ClipDocument.With(""" "note": {"type": "string"} """);

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        await using var fixture = new PullFixture((_, before) => before < 2 ? new Answer(status, "") : new Answer(200, Document));
        Assert.Equal(PullOutcome.Added, Assert.Single((await fixture.PullAsync(Id)).Results).Outcome);
        Assert.Equal([TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)], fixture.Time.Delays);
    }

    [Fact]
    public async Task A_connection_that_ends_is_tried_again()
    {
        await using var fixture = new PullFixture((_, before) => new Answer(200, Document) { CutAfter = before == 0 ? 100 : null });
        Assert.Equal(PullOutcome.Added, Assert.Single((await fixture.PullAsync(Id)).Results).Outcome);
        Assert.Equal(2, fixture.Server.Asked[PullFixture.AddressOf(Id)]);
    }

    [Fact]
    public async Task The_server_says_how_long_to_wait()
    {
        await using var fixture = new PullFixture((_, before) => before switch
        {
            0 => new Answer(429, "") { RetryAfter = "7" },
            1 => new Answer(503, "") { RetryAfter = "Wed, 02 Jan 2030 03:04:22 GMT" },
            _ => new Answer(200, Document),
        });
        Assert.Equal(PullOutcome.Added, Assert.Single((await fixture.PullAsync(Id)).Results).Outcome);
        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(10)], fixture.Time.Delays);
    }

    [Fact]
    public async Task A_wait_without_end_is_not_waited()
    {
        await using var fixture = new PullFixture((_, _) => new Answer(429, "") { RetryAfter = "86400" });
        var result = Assert.Single((await fixture.PullAsync(Id)).Results);
        Assert.Equal(PullOutcome.Unreachable, result.Outcome);
        Assert.Contains("86400 s", result.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Time.Delays);
    }

    [Fact]
    public async Task It_gives_up_after_a_few_times()
    {
        await using var fixture = new PullFixture((_, _) => new Answer(500, ""));
        var result = Assert.Single((await fixture.PullAsync(Id)).Results);
        Assert.Equal(PullOutcome.Unreachable, result.Outcome);
        Assert.Contains("500", result.Message, StringComparison.Ordinal);
        Assert.Equal(FalServer.Attempts, fixture.Server.Asked[PullFixture.AddressOf(Id)]);
    }

    [Theory]
    [InlineData(404, "404")]
    [InlineData(403, "403")]
    [InlineData(400, "400")]
    public async Task What_was_meant_is_not_asked_again(int status, string words)
    {
        await using var fixture = new PullFixture((_, _) => new Answer(status, "{}"));
        var result = Assert.Single((await fixture.PullAsync(Id)).Results);
        Assert.Equal(PullOutcome.Refused, result.Outcome);
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
        Assert.Equal(1, fixture.Server.Asked[PullFixture.AddressOf(Id)]);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read()
    {
        await using var promised = new PullFixture((_, _) => new Answer(200, "{}") { Length = FalServer.MaxBytes + 1L });
        Assert.Contains("larger than 16 MiB", Assert.Single((await promised.PullAsync(Id)).Results).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreachable_server_is_reported_with_its_URL()
    {
        string host;
        await using (var server = new DocumentServer((_, _) => new Answer(200, ""))) host = server.Host;
        using var folder = new TempFolder();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var engine = new PullEngine(new FalServer(http, new Fal.Tests.Harness.FakeTime { SkipDelays = true }, () => 0), FalAddressBook.ForHost(host));
        var report = await engine.RunAsync(new PullOrder(folder.At("specs"), [Id], [], false, false, 1), new NoProgress(), CancellationToken.None);
        var result = Assert.Single(report.Results);
        Assert.Equal(PullOutcome.Unreachable, result.Outcome);
        Assert.Contains(new Uri(host).Authority, result.Message, StringComparison.Ordinal);
    }

    private sealed class NoProgress : IPullProgress
    {
        public void Start(int count)
        {
        }

        public void Done(PullResult result)
        {
        }
    }
}
