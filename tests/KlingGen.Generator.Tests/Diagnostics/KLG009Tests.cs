namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG009: one title, two meanings, in one app.</summary>
public sealed class KLG009Tests
{
    private const string Size = """ "size": {"type": "integer"} """;

    [Fact]
    public void It_fires_at_the_title_in_each_document()
    {
        var marked = Documents.WithMembers(Size).Replace("{\"title\": \"ClipRequest\"", "{\"title\": «\"ClipRequest\"»", StringComparison.Ordinal);
        var other = new SpecText("acme/lumen/loop", Documents.WithMembers(""" "size": {"type": "string"} """, "acme/lumen/loop"));
        var expected = Marked.Parse(marked);
        var problems = Rule.Run(new SpecText(Rule.Id, expected.Text), other).Problems;
        Assert.Equal(
            ["/specs/acme/lumen/clip.json", "/specs/acme/lumen/loop.json"],
            problems.Select(problem => problem.Location.GetLineSpan().Path).Order());
        Assert.All(problems, problem => Assert.Equal(
            ("KLG009", expected.Line, expected.Column),
            (problem.Id, Marked.PlaceOf(problem).Line, Marked.PlaceOf(problem).Column)));
    }

    [Fact]
    public void Both_types_get_the_name_of_their_endpoint()
    {
        var outcome = Rule.Run(
            new SpecText(Rule.Id, Documents.WithMembers(Size)),
            new SpecText("acme/lumen/loop", Documents.WithMembers(""" "size": {"type": "string"} """, "acme/lumen/loop")));
        Assert.Contains("partial record ClipClipRequest", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
        Assert.Contains("partial record LoopClipRequest", outcome.Text("acme.lumen.loop.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Documents_that_agree_share_the_type()
        => Rule.Quiet(Documents.WithMembers(Size), new SpecText("acme/lumen/loop", Documents.WithMembers(Size, "acme/lumen/loop")));

    [Fact]
    public void Descriptions_may_differ()
        => Rule.Quiet(Documents.WithMembers(Size), new SpecText(
            "acme/lumen/loop",
            Documents.WithMembers(""" "size": {"type": "integer", "description": "How large."} """, "acme/lumen/loop")));

    [Fact]
    public void Another_app_may_mean_what_it_likes()
        => Rule.Quiet(
            Documents.WithMembers(Size),
            new SpecText("acme/other/clip", Documents.WithMembers(""" "size": {"type": "string"} """, "acme/other/clip")));
}
