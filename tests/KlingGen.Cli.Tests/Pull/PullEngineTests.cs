using KlingGen.Cli.Diff;
using KlingGen.Cli.Pull;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Pull;

public sealed class PullEngineTests
{
    private const string Id = "acme/lumen/clip";
    private const string Note = """ "note": {"type": "string"} """;
    private const string More = """ "note": {"type": "string"}, "more": {"type": "integer"} """;

    [Fact]
    public async Task A_new_document_lies_where_its_id_says()
    {
        await using var fixture = new PullFixture((Id, ClipDocument.With(Note)));
        var report = await fixture.PullAsync(Id);
        Assert.Equal(PullOutcome.Added, Assert.Single(report.Results).Outcome);
        Assert.Equal(["acme/lumen/clip.json"], fixture.Files());
        Assert.DoesNotContain(fixture.Server.Heads, head => head.Contains("Authorization", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_same_document_in_another_order_changes_nothing()
    {
        // Two members whose order the document leaves open, and which come the other way round the second time.
        const string reordered = """ "more": {"type": "integer"}, "note": {"type": "string"} """;
        await using var fixture = new PullFixture((_, before) => new Answer(200, ClipDocument.With(before == 0 ? More : reordered)));
        await fixture.PullAsync(Id);
        var text = fixture.Folder.Read("specs/acme/lumen/clip.json");
        var second = await fixture.PullAsync(Id);
        Assert.Equal(PullOutcome.Unchanged, Assert.Single(second.Results).Outcome);
        Assert.Equal(text, fixture.Folder.Read("specs/acme/lumen/clip.json"));
    }

    [Fact]
    public async Task A_changed_document_is_compared_and_replaced()
    {
        await using var fixture = new PullFixture((Id, ClipDocument.With(Note)));
        fixture.Folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(More));
        fixture.Folder.Write("specs/acme/lumen/clip.overlay.json", Overlay);
        var report = await fixture.PullAsync(Id);
        Assert.Equal(PullOutcome.Changed, Assert.Single(report.Results).Outcome);
        var change = Assert.Single(report.Changes);
        Assert.Equal((ChangeKind.MemberRemoved, ChangeClass.Breaking, "ClipRequest.More"), (change.Kind, change.Class, change.Place));
        Assert.Equal(Overlay, fixture.Folder.Read("specs/acme/lumen/clip.overlay.json"));
        Assert.DoesNotContain("more", fixture.Folder.Read("specs/acme/lumen/clip.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_says_it_and_writes_nothing()
    {
        await using var fixture = new PullFixture((Id, ClipDocument.With(Note)));
        var before = ClipDocument.With(More);
        fixture.Folder.Write("specs/acme/lumen/clip.json", before);
        var report = await fixture.RunAsync(new PullOrder(fixture.Specs, [Id], [], Refresh: false, IsDryRun: true, Jobs: 1));
        Assert.Single(report.Changes);
        Assert.Equal(before, fixture.Folder.Read("specs/acme/lumen/clip.json"));
        Assert.Equal(["acme/lumen/clip.json"], fixture.Files());
    }

    [Fact]
    public async Task A_refresh_finds_documents_wherever_they_lie()
    {
        await using var fixture = new PullFixture((Id, ClipDocument.With(Note)));
        fixture.Folder.Write("specs/odd/place.json", ClipDocument.With(More));
        var report = await fixture.RunAsync(new PullOrder(fixture.Specs, [], [], Refresh: true, IsDryRun: false, Jobs: 1));
        Assert.Equal(PullOutcome.Changed, Assert.Single(report.Results).Outcome);
        Assert.Equal(["odd/place.json"], fixture.Files());
    }

    [Fact]
    public async Task A_file_in_another_form_is_put_into_ours()
    {
        await using var fixture = new PullFixture((Id, ClipDocument.With(Note)));
        fixture.Folder.Write("specs/acme/lumen/clip.json", ClipDocument.With(Note).Replace("\n", "", StringComparison.Ordinal));
        var report = await fixture.PullAsync(Id);
        Assert.Equal(PullOutcome.Reformatted, Assert.Single(report.Results).Outcome);
        Assert.Empty(report.Changes);
        Assert.Equal(PullOutcome.Unchanged, Assert.Single((await fixture.PullAsync(Id)).Results).Outcome);
    }

    [Theory]
    [InlineData("""{"error": {"message": "Endpoint not found"}}""", "fal says: Endpoint not found")]
    [InlineData("""{"error": "nothing here"}""", "fal says: nothing here")]
    [InlineData("""{"detail": "Not Found"}""", "fal says: Not Found")]
    [InlineData("<!DOCTYPE html><html></html>", "a web page")]
    [InlineData("", "no JSON")]
    [InlineData("""{"openapi": """, "no JSON")]
    [InlineData("[]", "not a document")]
    [InlineData("""{"openapi": "3.0.4", "components": {"schemas": {"A": {"type": "object"}}}}""", "no paths")]
    public async Task What_is_no_document_is_refused(string body, string words)
    {
        await using var fixture = new PullFixture((Id, body));
        var before = ClipDocument.With(Note);
        fixture.Folder.Write("specs/acme/lumen/clip.json", before);
        var result = Assert.Single((await fixture.PullAsync(Id)).Results);
        Assert.Equal(PullOutcome.Refused, result.Outcome);
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
        Assert.Equal(before, fixture.Folder.Read("specs/acme/lumen/clip.json"));
    }

    [Fact]
    public async Task A_document_of_another_endpoint_is_refused()
    {
        await using var fixture = new PullFixture((Id, ClipDocument.With(Note, id: "acme/lumen/other")));
        var result = Assert.Single((await fixture.PullAsync(Id)).Results);
        Assert.Equal((PullOutcome.Refused, "the document is that of 'acme/lumen/other'"), (result.Outcome, result.Message));
        Assert.Empty(fixture.Files());
    }

    [Fact]
    public async Task One_failure_leaves_the_others_alone()
    {
        await using var fixture = new PullFixture((Id, ClipDocument.With(Note)), ("acme/lumen/bad", "<html>"));
        var report = await fixture.PullAsync("acme/lumen/bad", Id);
        Assert.Equal([PullOutcome.Refused, PullOutcome.Added], report.Results.Select(result => result.Outcome));
        Assert.Equal(["acme/lumen/clip.json"], fixture.Files());
    }

    [Fact]
    public async Task No_more_documents_are_fetched_at_once_than_asked_for()
    {
        var gate = new TaskCompletionSource();
        var arrived = 0;
        await using var fixture = new PullFixture((path, _) =>
        {
            if (Interlocked.Increment(ref arrived) == 3) gate.SetResult();
            var id = Uri.UnescapeDataString(path[(path.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            return new Answer(200, ClipDocument.With(Note, id: id)) { After = gate.Task };
        });
        string[] ids = [.. Enumerable.Range(0, 12).Select(i => $"acme/lumen/clip-{i}")];
        var report = await fixture.RunAsync(new PullOrder(fixture.Specs, ids, [], Refresh: false, IsDryRun: false, Jobs: 3));
        Assert.All(report.Results, result => Assert.Equal(PullOutcome.Added, result.Outcome));
        Assert.Equal(3, fixture.Server.Most);
    }

    [Fact]
    public async Task Stopping_leaves_nothing_behind()
    {
        using var stop = new CancellationTokenSource();
        await using var fixture = new PullFixture((path, _) =>
        {
            if (path.EndsWith("clip-1", StringComparison.Ordinal)) stop.Cancel();
            return new Answer(200, ClipDocument.With(Note, id: Uri.UnescapeDataString(path[(path.IndexOf('=', StringComparison.Ordinal) + 1)..])));
        });
        var order = new PullOrder(
            fixture.Specs,
            ["acme/lumen/clip-0", "acme/lumen/clip-1", "acme/lumen/clip-2"],
            [],
            Refresh: false,
            IsDryRun: false,
            Jobs: 1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.RunAsync(order, stop.Token));
        Assert.Empty(fixture.Files());
    }

    private const string Overlay = """{"overlay": "1.0.0", "info": {"title": "More", "version": "1"}, "actions": [{"target":"""
        + """ "$.components.schemas.Input", "update": {"description": "Asks for a clip."}}]}""";
}
