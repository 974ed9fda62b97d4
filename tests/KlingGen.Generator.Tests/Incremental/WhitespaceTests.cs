using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Incremental;

public sealed class WhitespaceTests
{
    [Fact]
    public void Whitespace_in_a_document_reads_it_again()
    {
        var session = Edited();
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], session.Reasons(StepNames.Sources));
        Assert.Single(session.Step(StepNames.Sources), output => output.Reason == IncrementalStepRunReason.Modified);
        Assert.Single(session.Step(StepNames.Read), output => output.Reason == IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void Whitespace_in_a_document_leaves_its_model_unchanged()
    {
        var session = Edited();
        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached], session.Reasons(StepNames.Models));
        Assert.Single(session.Step(StepNames.Models), output => output.Reason == IncrementalStepRunReason.Unchanged);
    }

    [Fact]
    public void Whitespace_in_a_document_stops_at_the_models()
    {
        var session = Edited();
        Assert.All(Steps.AfterModels, step => Assert.Equal([IncrementalStepRunReason.Cached], session.Reasons(step)));
        Assert.Empty(session.Emitted());
    }

    [Fact]
    public void Whitespace_in_a_document_changes_no_output()
    {
        var session = Edited();
        Assert.DoesNotContain(IncrementalStepRunReason.Modified, session.OutputReasons());
        Assert.DoesNotContain(IncrementalStepRunReason.New, session.OutputReasons());
    }

    [Fact]
    public void A_member_put_before_another_is_no_whitespace_and_changes_output()
    {
        var file = Documents.File("acme/lumen/clip", Documents.WithMembers("""
            "prompt": {"type": "string"}, "style": {"type": "string"}
            """));
        var session = new Session(file);
        session.Replace(Documents.File("acme/lumen/clip", Documents.WithMembers("""
            "style": {"type": "string"}, "prompt": {"type": "string"}
            """)));
        Assert.Equal([IncrementalStepRunReason.Modified], session.Reasons(StepNames.Models));
        Assert.NotEmpty(session.Emitted());
    }

    private static Session Edited()
    {
        var session = new Session(Documents.Many(3));
        var file = Documents.Numbered(1);
        session.Replace(new SpecText(file.Key, "\n\n" + file.GetText().ToString().Replace(": ", " :  ", StringComparison.Ordinal) + "\n"));
        return session;
    }
}
