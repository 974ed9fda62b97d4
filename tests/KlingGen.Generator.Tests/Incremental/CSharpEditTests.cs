using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Incremental;

/// <summary>Typing in C# must cost nothing: it happens a thousand times for every edit of a document.</summary>
public sealed class CSharpEditTests
{
    public static TheoryData<string> DocumentSteps => [.. Steps.OfDocuments];

    [Theory]
    [MemberData(nameof(DocumentSteps))]
    public void Typing_in_CSharp_leaves_every_step_cached(string step)
    {
        var session = new Session(Documents.Many(3));
        session.EditCSharp("class Program { int _edited; }");
        Assert.NotEmpty(session.Step(step));
        Assert.Equal([IncrementalStepRunReason.Cached], session.Reasons(step));
    }

    [Fact]
    public void Typing_in_CSharp_reads_no_document()
    {
        var session = new Session(Documents.Many(3));
        var before = session.Reads;
        Assert.Equal(3, before);
        session.EditCSharp("class Program { int _edited; }");
        session.EditCSharp("class Program { int _editedAgain; }");
        Assert.Equal(before, session.Reads);
    }

    [Fact]
    public void Typing_in_CSharp_adds_no_output_again()
    {
        var session = new Session(Documents.Many(3));
        session.EditCSharp("class Program { int _edited; }");
        Assert.Equal([IncrementalStepRunReason.Cached], session.OutputReasons());
    }

    [Theory]
    [MemberData(nameof(DocumentSteps))]
    public void The_first_run_makes_everything_new(string step)
    {
        var session = new Session(Documents.Many(2));
        Assert.Equal([IncrementalStepRunReason.New], session.Reasons(step));
    }
}
