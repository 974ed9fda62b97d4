using KlingGen.Cli.Pull;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Pull;

public sealed class ModelListTests
{
    private static PullOrder All(PullFixture fixture, params string[] patterns)
        => new(fixture.Specs, [], patterns, Refresh: false, IsDryRun: false, Jobs: 2);

    private static Answer DocumentAt(string path)
    {
        var id = Uri.UnescapeDataString(path[(path.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return new Answer(200, ClipDocument.With(""" "note": {"type": "string"} """, id: id, title: "R" + id[^1] + "Request"));
    }

    [Fact]
    public async Task Patterns_choose_from_all_pages()
    {
        await using var fixture = new PullFixture((path, _) => path switch
        {
            "/v1/models" => new Answer(200, """{"models": [{"endpoint_id": "acme/lumen/a", "metadata": {"status": "active"}}, {"endpoint_id":"""
                + """ "acme/other/b"}], "next_cursor": "Mg==", "has_more": true}"""),
            "/v1/models?cursor=Mg%3D%3D" => new Answer(
                200,
                """{"models": [{"endpoint_id": "acme/lumen/deep/c"}, {"unknown": 1}], "next_cursor": null}"""),
            _ => DocumentAt(path),
        });
        await fixture.RunAsync(All(fixture, "acme/lumen/**"));
        Assert.Equal(["acme/lumen/a.json", "acme/lumen/deep/c.json"], fixture.Files());
    }

    [Theory]
    [InlineData("""{"models": [{"endpoint_id": "../../etc/passwd"}]}""")]
    [InlineData("""{"models": [{"endpoint_id": "acme/lumen/..%2f..%2fx"}]}""")]
    [InlineData("""{"models": [{"endpoint_id": "acme/lumen/CON"}]}""")]
    [InlineData("""{"models": [{"endpoint_id": "acme/lumen/x.overlay"}]}""")]
    [InlineData("""{"models": [{"endpoint_id": "/acme/lumen"}]}""")]
    public async Task An_id_that_must_not_become_a_path_is_refused(string list)
    {
        await using var fixture = new PullFixture((path, _) => path == "/v1/models" ? new Answer(200, list) : DocumentAt(path));
        var report = await fixture.RunAsync(All(fixture, "**"));
        Assert.Equal(PullOutcome.Refused, Assert.Single(report.Results).Outcome);
        Assert.Empty(fixture.Files());
        Assert.Equal("/v1/models", Assert.Single(fixture.Server.Asked).Key);
    }

    [Fact]
    public async Task Ids_that_differ_in_case_only_do_not_overwrite_each_other()
    {
        await using var fixture = new PullFixture((path, _) => path == "/v1/models"
            ? new Answer(200, """{"models": [{"endpoint_id": "acme/lumen/a"}, {"endpoint_id": "acme/lumen/A"}]}""")
            : DocumentAt(path));
        var report = await fixture.RunAsync(All(fixture, "**"));
        Assert.Equal([PullOutcome.Added, PullOutcome.Refused], report.Results.Select(result => result.Outcome));
    }

    [Theory]
    [InlineData("""{"models": [], "next_cursor": "again"}""", "read already")]
    [InlineData("""{"items": []}""", "'models' is missing")]
    [InlineData("<html>", "'models' is missing")]
    [InlineData("""{"models": [{"endpoint_id": "acme/other/x"}]}""", "matches 'acme/lumen/\u002a\u002a'")]
    public async Task A_list_of_no_use_is_said(string list, string words)
    {
        await using var fixture = new PullFixture((_, _) => new Answer(200, list));
        var fault = await Assert.ThrowsAsync<ToolException>(() => fixture.RunAsync(All(fixture, "acme/lumen/**")));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }
}
