using KlingGen.Overlays;

namespace KlingGen.Generator.Tests.Incremental;

/// <summary>A document more or less renames nothing that another one brought.</summary>
public sealed class AddAndRemoveTests
{
    private const string Hub = "Acme.Lumen.Clients.g.cs";

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(9)]
    public void An_added_document_changes_no_file_of_another(int number)
    {
        var added = Documents.Numbered(number);
        var session = new Session([.. Documents.Many(10).Where(file => file.Key != added.Key)]);
        var before = session.Texts;
        session.Add(added);
        Assert.All(before.Where(pair => pair.Key != Hub), pair => Assert.Equal(pair.Value, session.Texts[pair.Key]));
        Assert.Equal(before.Count + 1, session.Texts.Count);
    }

    [Fact]
    public void An_added_document_takes_no_line_from_the_way_to_the_others()
    {
        var session = new Session(Documents.Many(4));
        var before = session.Texts[Hub];
        session.Add(Documents.Numbered(4));
        Assert.Subset(Lines(session.Texts[Hub]), Lines(before));
        Assert.Contains("Step04", session.Texts[Hub], StringComparison.Ordinal);
        Assert.DoesNotContain("Step04", before, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_removed_document_takes_only_its_own_files_with_it(int number)
    {
        var files = Documents.Many(9);
        var session = new Session(files);
        var before = session.Texts;
        session.Remove(files[number]);
        Assert.Equal([$"acme.lumen.step-{number:00}.g.cs"], before.Keys.Except(session.Texts.Keys).Order(StringComparer.Ordinal));
        Assert.All(session.Texts.Where(pair => pair.Key != Hub), pair => Assert.Equal(before[pair.Key], pair.Value));
    }

    [Fact]
    public void Removing_the_first_document_of_the_catalogue_emits_only_what_its_app_shares()
    {
        var files = Catalogue.Read();
        var first = files.First(file => !OverlayPairs.IsOverlay(file.Key));
        var session = new Session(files);
        var before = session.Texts;
        session.Remove(first);
        Assert.Equal([first.Key.Replace('/', '.') + ".g.cs"], before.Keys.Except(session.Texts.Keys).Order(StringComparer.Ordinal));
        Assert.All(session.Emitted(), name => Assert.Contains(name, (string[])["KlingImage.Clients.g.cs", "KlingImage.Shared.g.cs"]));
        Assert.NotEmpty(session.Emitted());
    }

    [Fact]
    public void Removing_an_app_emits_no_file_of_another_app()
    {
        var alone = new SpecText("acme/amber/clip", Documents.WithMembers(""" "prompt": {"type": "string"} """, "acme/amber/clip", "AmberRequest"));
        var session = new Session([alone, .. Documents.Many(5)]);
        session.Remove(alone);
        Assert.Empty(session.Emitted());
        Assert.DoesNotContain(session.Texts.Keys, name => name.Contains("Amber", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Two_documents_with_one_key_are_emitted_once()
    {
        var outcome = Driver.Run(Documents.Numbered(1), Documents.Numbered(2), Documents.Numbered(2)).Clean();
        Assert.Equal(["KLG008"], outcome.Problems.Select(problem => problem.Id));
        Assert.Single(outcome.Result.Results[0].GeneratedSources, source => source.HintName == "acme.lumen.step-02.g.cs");
    }

    [Fact]
    public void A_document_added_and_removed_leaves_everything_as_it_was()
    {
        var session = new Session(Documents.Many(4));
        var before = session.Texts;
        var more = Documents.Numbered(30);
        session.Add(more);
        Assert.NotEqual(before, session.Texts);
        session.Remove(more);
        Assert.Equal(before, session.Texts);
    }

    [Fact]
    public void A_document_in_the_middle_of_a_path_renames_no_client()
    {
        var session = new Session(Plain("acme/lumen/v1/standard/clip"));
        var before = session.Texts["acme.lumen.v1.standard.clip.g.cs"];
        session.Add(Plain("acme/lumen/v1/standard"));
        session.Add(Plain("acme/lumen/v1"));
        session.Add(Plain("acme/lumen"));
        Assert.Equal(before, session.Texts["acme.lumen.v1.standard.clip.g.cs"]);
    }

    [Fact]
    public void A_second_user_of_a_type_moves_it_and_keeps_its_name()
    {
        const string Shared = """
            "Size": {"title": "Size", "type": "object", "properties": {"width": {"type": "integer", "minimum": 1, "maximum": 4096}}},
            """;
        static SpecText Using(string id, string title) => new(id, Documents.WithMembers("""
            "size": {"$ref": "#/components/schemas/Size"}
            """, id, title, more: Shared));
        var session = new Session(Using("acme/lumen/one", "OneRequest"));
        Assert.Contains("sealed partial record Size", session.Texts["acme.lumen.one.g.cs"], StringComparison.Ordinal);
        session.Add(Using("acme/lumen/two", "TwoRequest"));
        Assert.DoesNotContain("sealed partial record Size", session.Texts["acme.lumen.one.g.cs"], StringComparison.Ordinal);
        Assert.Contains("sealed partial record Size", session.Texts["Acme.Lumen.Shared.g.cs"], StringComparison.Ordinal);
        Assert.Contains("public Size? Size { get; init; }", session.Texts["acme.lumen.one.g.cs"], StringComparison.Ordinal);
    }

    private static SpecText Plain(string id) => new(id, Documents.Endpoint(
        id,
        $$$$"""{"title": "Ask{{{{id.Length}}}}Request", "type": "object", "properties": {"prompt": {"type": "string"}}}""",
        $$$$"""{"title": "Ask{{{{id.Length}}}}Result", "type": "object", "properties": {"note": {"type": "string"}}}"""));

    private static HashSet<string> Lines(string text) => [.. text.Split('\n').Select(line => line.Trim())];
}
