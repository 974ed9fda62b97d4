using System.Text.Json;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Commands;

public sealed class DiffCommandTests
{
    private const string Note = """ "note": {"type": "string"} """;

    private static (TempFolder Folder, string Old, string New) Sides(string old, string @new)
    {
        var folder = new TempFolder();
        var before = folder.Write("old/specs/acme/lumen/clip.json", ClipDocument.With(old));
        var after = folder.Write("new/specs/acme/lumen/clip.json", ClipDocument.With(@new));
        return (folder, before, after);
    }

    [Fact]
    public async Task A_breaking_change_ends_with_1_and_a_compatible_one_with_0()
    {
        var (folder, old, @new) = Sides(Note, Note + """, "more": {"type": "integer"} """);
        using var _ = folder;
        var forward = (await ToolRun.Of("diff", old, @new)).Fine();
        Assert.Contains("compatible    ClipRequest.More: is new and may be left out", forward.Out, StringComparison.Ordinal);
        Assert.Contains("0 breaking, 1 compatible, 0 in documentation only.", forward.Out, StringComparison.Ordinal);
        var backward = await ToolRun.Of("diff", @new, old);
        Assert.Equal(1, backward.Code);
        Assert.Contains("breaking      ClipRequest.More: is gone", backward.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", true, 0)]
    [InlineData("breaking", true, 1)]
    [InlineData("any", true, 1)]
    [InlineData("breaking", false, 0)]
    [InlineData("any", false, 1)]
    public async Task What_fails_is_chosen(string failOn, bool isBreaking, int code)
    {
        var (folder, old, @new) = Sides(Note, Note + """, "more": {"type": "integer"} """);
        using var _ = folder;
        Assert.Equal(code, (await ToolRun.Of("diff", isBreaking ? @new : old, isBreaking ? old : @new, "--fail-on", failOn)).Code);
    }

    [Fact]
    public async Task The_same_folder_has_no_changes()
    {
        var run = (await ToolRun.Of("diff", Repository.Specs, Repository.Specs, "--fail-on", "any")).Fine();
        Assert.Equal("Nothing changes for C# code.\n", run.Out);
    }

    [Fact]
    public async Task Json_names_the_members_and_the_endpoints()
    {
        var (folder, old, @new) = Sides(
            """ "steps": {"type": "integer", "maximum": 10, "default": 4} """,
            """ "steps": {"type": "integer", "maximum": 5, "default": 5} """);
        using var _ = folder;
        var run = await ToolRun.Of("diff", old, @new, "--format", "json");
        var root = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(1, root.GetProperty("summary").GetProperty("breaking").GetInt32());
        var change = root.GetProperty("changes").EnumerateArray().Single(change => change.GetProperty("class").GetString() == "breaking");
        Assert.Equal("constraintTightened", change.GetProperty("kind").GetString());
        Assert.Equal("Fal.Acme.Lumen", change.GetProperty("namespace").GetString());
        Assert.Equal("ClipRequest", change.GetProperty("type").GetString());
        Assert.Equal("Steps", change.GetProperty("member").GetString());
        Assert.Equal("steps", change.GetProperty("wireName").GetString());
        Assert.Equal("5", change.GetProperty("new").GetString());
        Assert.Equal(ClipDocument.Id, change.GetProperty("endpoints")[0].GetString());
        Assert.Contains("answered differently", root.GetProperty("changes").EnumerateArray()
            .Single(other => other.GetProperty("kind").GetString() == "defaultChanged")
            .GetProperty("note")
            .GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_takes_no_markup_from_a_document()
    {
        var (folder, old, @new) = Sides(Note, """ "note": {"type": "string", "pattern": "a|<b>@team`*[x](y)"} """);
        using var _ = folder;
        var run = await ToolRun.Of("diff", old, @new, "--format", "markdown");
        Assert.Contains("### Breaking (1)", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "| `acme/lumen/clip` | `ClipRequest.Note` | must match a\\|&lt;b&gt;&#64;team\\`\\*\\[x\\](y) now |",
            run.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_overlay_is_part_of_what_is_compared()
    {
        var (folder, old, @new) = Sides(Note, Note);
        using var _ = folder;
        folder.Write(
            "new/specs/acme/lumen/clip.overlay.json",
            """{"overlay": "1.0.0", "info": {"title": "More", "version": "1"}, "actions": [{"target":"""
                + """ "$.components.schemas.Input.properties.note", "update": {"maxLength": 10}}]}""");
        var run = await ToolRun.Of("diff", folder.At("old"), folder.At("new"));
        Assert.Equal(1, run.Code);
        Assert.Contains("ClipRequest.Note: is at most 10 characters long now", run.Out, StringComparison.Ordinal);
        Assert.Equal(1, (await ToolRun.Of("diff", old, @new)).Code);
    }

    [Theory]
    [InlineData("nowhere.json", "There is no file or folder 'nowhere.json'")]
    [InlineData("nowhere:specs", "Git knows no 'nowhere:specs'")]
    public async Task What_is_not_there_ends_with_2(string side, string words)
    {
        var run = await ToolRun.Of("diff", side, Repository.Specs);
        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_ends_with_2()
    {
        using var folder = new TempFolder();
        var bad = folder.Write("bad.json", "{");
        var run = await ToolRun.Of("diff", bad, Repository.Specs);
        Assert.Equal(2, run.Code);
        Assert.Contains("klinggen check", run.Error, StringComparison.Ordinal);
    }
}
