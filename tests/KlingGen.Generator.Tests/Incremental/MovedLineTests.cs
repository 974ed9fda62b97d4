using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Incremental;

/// <summary>Positions live in the diagnostics alone.</summary>
public sealed class MovedLineTests
{
    private static readonly string Faulty = Documents.WithMembers("""
        "prompt": {"type": "string", "maxLength": 3, "default": "too long"}
        """);

    [Fact]
    public void A_moved_line_moves_the_diagnostic()
    {
        var (before, after, _) = Moved();
        Assert.Equal(before.StartLinePosition.Line + 2, after.StartLinePosition.Line);
        Assert.Equal(before.StartLinePosition.Character, after.StartLinePosition.Character);
    }

    [Fact]
    public void A_moved_line_touches_no_code()
    {
        var (_, _, session) = Moved();
        Assert.Equal([IncrementalStepRunReason.Modified], session.Reasons(StepNames.Problems));
        Assert.Equal([IncrementalStepRunReason.Unchanged], session.Reasons(StepNames.Models));
        Assert.All(Steps.AfterModels, step => Assert.Equal([IncrementalStepRunReason.Cached], session.Reasons(step)));
    }

    [Fact]
    public void A_moved_line_moves_the_problems_between_documents_and_touches_no_code()
    {
        var one = new SpecText("acme/lumen/one", Documents.WithMembers(""" "size": {"type": "integer"} """, "acme/lumen/one"));
        var two = Documents.WithMembers(""" "size": {"type": "string"} """, "acme/lumen/two");
        var session = new Session(one, new SpecText("acme/lumen/two", two));
        var before = session.Result.Diagnostics
            .Single(problem => problem.Id == "KLG009" && problem.Location.GetLineSpan().Path == "/specs/acme/lumen/two.json")
            .Location
            .GetLineSpan();
        session.Replace(new SpecText("acme/lumen/two", "\n" + two));
        var after = session.Result.Diagnostics.Single(problem => problem.Id == "KLG009" && problem.Location.GetLineSpan().Path == before.Path)
            .Location
            .GetLineSpan();
        Assert.Equal(before.StartLinePosition.Line + 1, after.StartLinePosition.Line);
        Assert.All(Steps.AfterModels, step => Assert.Equal([IncrementalStepRunReason.Cached], session.Reasons(step)));
    }

    [Fact]
    public void A_mended_fault_loses_its_diagnostic()
    {
        var session = new Session(new SpecText("acme/lumen/clip", Faulty));
        Assert.NotEmpty(session.Result.Diagnostics);
        session.Replace(new SpecText("acme/lumen/clip", Faulty.Replace("too long", "ok", StringComparison.Ordinal)));
        Assert.Empty(session.Result.Diagnostics);
    }

    private static (FileLinePositionSpan Before, FileLinePositionSpan After, Session Session) Moved()
    {
        var session = new Session(new SpecText("acme/lumen/clip", Faulty));
        var before = Assert.Single(session.Result.Diagnostics).Location.GetLineSpan();
        session.Replace(new SpecText("acme/lumen/clip", "\n\n" + Faulty));
        return (before, Assert.Single(session.Result.Diagnostics).Location.GetLineSpan(), session);
    }
}
