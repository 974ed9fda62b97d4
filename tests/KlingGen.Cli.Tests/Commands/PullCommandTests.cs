using KlingGen.Cli.Commands;
using KlingGen.Cli.Pull;
using KlingGen.Cli.Tests.Harness;
using KlingGen.Cli.Tests.Pull;

namespace KlingGen.Cli.Tests.Commands;

public sealed class PullCommandTests
{
    private const string Note = """ "note": {"type": "string"} """;
    private const string More = """ "note": {"type": "string"}, "more": {"type": "integer"} """;

    private static Task<ToolRun> PullAsync(PullFixture fixture, params string[] args)
        => ToolRun.Of(["pull", .. args, "--to", fixture.Specs, "--host", fixture.Server.Host]);

    [Fact]
    public async Task A_new_document_is_named_and_a_second_pull_says_nothing()
    {
        await using var fixture = new PullFixture((ClipDocument.Id, ClipDocument.With(Note)));
        var first = (await PullAsync(fixture, ClipDocument.Id)).Fine();
        Assert.Equal($"new          {fixture.Specs}/acme/lumen/clip.json\n", first.Out);
        Assert.Contains("[1/1] acme/lumen/clip: new\n1 document: 1 new.", first.Error, StringComparison.Ordinal);
        var second = (await PullAsync(fixture, "--update")).Fine();
        Assert.Equal("", second.Out);
        Assert.Contains("1 document: 1 unchanged.", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pasted_url_of_the_page_names_the_endpoint()
    {
        await using var fixture = new PullFixture((ClipDocument.Id, ClipDocument.With(Note)));
        var run = (await PullAsync(fixture, "https://fal.ai/models/acme/lumen/clip/api")).Fine();
        Assert.Equal($"new          {fixture.Specs}/acme/lumen/clip.json\n", run.Out);
    }

    [Fact]
    public async Task A_changed_document_is_followed_by_what_it_breaks()
    {
        await using var fixture = new PullFixture((ClipDocument.Id, ClipDocument.With(Note)));
        fixture.Folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(More));
        var run = (await PullAsync(fixture, "--update", "--dry-run")).Fine();
        Assert.Contains("breaking      ClipRequest.More: is gone", run.Out, StringComparison.Ordinal);
        Assert.Contains("nothing was written", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_names_the_endpoint_and_ends_with_1()
    {
        await using var fixture = new PullFixture((ClipDocument.Id, """{"error": "gone"}"""));
        var run = await PullAsync(fixture, ClipDocument.Id);
        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.Contains("klinggen: error: acme/lumen/clip: fal says: gone.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(PullOutcome.Unchanged), 0)]
    [InlineData(nameof(PullOutcome.Refused), 1)]
    [InlineData(nameof(PullOutcome.Unreachable), 2)]
    public void The_worst_outcome_decides(string outcome, int code)
        => Assert.Equal(code, PullCommand.ExitCodeOf(new PullReport(
            [new PullResult("acme/lumen/a", "", PullOutcome.Added), new PullResult("acme/lumen/b", "", Enum.Parse<PullOutcome>(outcome))],
            [])));

    [Theory]
    [InlineData("Name endpoints")]
    [InlineData("is not an endpoint id", "../../etc/passwd")]
    [InlineData("is not an endpoint id", "https://example.com/models/x/y")]
    [InlineData("must use https", "acme/lumen/clip", "--host", "http://fal.example")]
    [InlineData("not the URL of a host", "acme/lumen/clip", "--host", "fal")]
    [InlineData("1 to 64", "acme/lumen/clip", "--jobs", "0")]
    public async Task What_makes_no_sense_ends_with_2(string words, params string[] args)
    {
        var run = await ToolRun.Of(["pull", .. args]);
        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }
}
