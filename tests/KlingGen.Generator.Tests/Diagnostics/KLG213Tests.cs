using System.Globalization;
using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG213: an endpoint that two referenced assemblies emit.</summary>
public sealed class KLG213Tests
{
    private static readonly SpecText Clip = new(Rule.Id, Documents.WithMembers(""" "prompt": {"type": "string"} """));

    [Fact]
    public void It_names_both_and_says_which_to_drop()
    {
        var (first, second) = (new Project("First", Clip).Build(), new Project("Second", Clip).Build());
        var problem = Assert.Single(new Project("App", Clip) { References = [first.Reference, second.Reference] }.Problems());
        Assert.Equal(("KLG213", DiagnosticSeverity.Error), (problem.Id, problem.Severity));
        Assert.Contains("'First' and 'Second'; let 'Second' reference 'First'", problem.GetMessage(CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class C { Fal.Acme.Lumen.Level? Level { get; set; } }", "Level")]
    [InlineData("using Fal.Acme.Lumen; class C { object Make() => Level.Low; }", "Level")]
    [InlineData("using Fal.Acme.Lumen; class C { Level First; Level Second; }", "Level")]
    [InlineData("class C { object Make() => new Fal.Acme.Lumen.ClipRequest(); }", null)]
    [InlineData("class Level { } class C { Level Make() => new(); }", null)]
    [InlineData("", null)]
    public void A_type_that_both_emit_is_reported_where_it_is_named(string code, string? place)
    {
        const string Level = """
            "level": {"type": "string", "enum": ["low", "high"], "x-klinggen-enum": {"name": "Level", "values": ["low", "high"]}}
            """;
        var loop = new SpecText("acme/lumen/loop", Documents.WithMembers(Level, "acme/lumen/loop", "LoopRequest"));
        var clip = new SpecText(Rule.Id, Documents.WithMembers(Level));
        var (first, second) = (new Project("First", clip).Build(), new Project("Second", loop).Build());
        var problems = new Project("App") { Code = code, References = [first.Reference, second.Reference] }.Problems();
        Assert.Equal(place is null ? [] : ["KLG213"], problems.Select(problem => problem.Id));
        if (place is null) return;
        Assert.Equal(place, code.Substring(problems[0].Location.SourceSpan.Start, problems[0].Location.SourceSpan.Length));
        Assert.StartsWith(
            "'Fal.Acme.Lumen.Level' is emitted by two referenced assemblies, 'First' and 'Second'; let 'Second' reference 'First'",
            problems[0].GetMessage(CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_the_two_may_keep_its_code_to_itself()
    {
        var (first, second) = (new Project("First", Clip).Build(), new Project("Second", Clip) { Visibility = "internal" }.Build());
        Assert.Equal("KLG211", Assert.Single(new Project("App", Clip) { References = [first.Reference, second.Reference] }.Problems()).Id);
    }
}
