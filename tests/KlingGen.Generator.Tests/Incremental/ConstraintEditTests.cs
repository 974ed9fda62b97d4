using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Incremental;

public sealed class ConstraintEditTests
{
    private const int Edited = 7;

    [Fact]
    public void Editing_one_of_twenty_documents_reads_exactly_one()
    {
        var session = new Session(Documents.Many(20));
        var before = session.Files.ToDictionary(file => file.Path, file => file.Reads);
        var file = Documents.Numbered(Edited, maximum: 300);
        session.Replace(file);
        Assert.Equal(1, file.Reads);
        Assert.All(session.Files.Where(other => other.Path != file.Path), other => Assert.Equal(before[other.Path], other.Reads));
    }

    [Theory]
    [InlineData(StepNames.Sources, 19)]
    [InlineData(StepNames.Read, 19)]
    [InlineData(StepNames.Models, 19)]
    public void A_changed_limit_changes_one_document_and_leaves_the_others_cached(string step, int others)
    {
        var session = After();
        Assert.Single(session.Step(step), output => output.Reason == IncrementalStepRunReason.Modified);
        Assert.Equal(others, session.Step(step).Count(output => output.Reason == IncrementalStepRunReason.Cached));
    }

    [Fact]
    public void A_changed_limit_changes_the_plan()
        => Assert.Equal([IncrementalStepRunReason.Modified], After().Reasons(StepNames.Plan));

    [Fact]
    public void A_changed_limit_changes_the_plan_of_one_file_only()
    {
        var files = After().Step(StepNames.Files);
        Assert.Single(files, output => output.Reason == IncrementalStepRunReason.Modified);
        Assert.True(files.Length > 20);
        Assert.Equal(files.Length - 1, files.Count(output => output.Reason is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached));
    }

    [Fact]
    public void A_changed_limit_emits_only_the_files_of_its_document()
    {
        var session = After();
        Assert.Equal(["acme.lumen.step-07.g.cs"], session.Emitted());
        Assert.All(
            session.Step(StepNames.Emit).Where(output => output.Reason != IncrementalStepRunReason.Modified),
            output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Fact]
    public void A_changed_limit_changes_the_texts_of_its_document_only()
    {
        var session = new Session(Documents.Many(20));
        var before = session.Texts;
        session.Replace(Documents.Numbered(Edited, maximum: 300));
        var changed = session.Texts.Where(pair => before[pair.Key] != pair.Value).Select(pair => pair.Key);
        Assert.Equal(["acme.lumen.step-07.g.cs"], changed);
        Assert.Contains("400", session.Texts["acme.lumen.step-07.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_text_in_a_new_file_changes_nothing()
    {
        var session = new Session(Documents.Many(3));
        session.Replace(Documents.Numbered(1));
        Assert.Single(session.Step(StepNames.Texts), output => output.Reason == IncrementalStepRunReason.Unchanged);
        Assert.DoesNotContain(IncrementalStepRunReason.Modified, session.Reasons(StepNames.Texts));
        Assert.All(
            [StepNames.Sources, StepNames.Read, StepNames.Models, .. Steps.AfterModels],
            step => Assert.Equal([IncrementalStepRunReason.Cached], session.Reasons(step)));
        Assert.Equal([IncrementalStepRunReason.Cached], session.OutputReasons());
    }

    private static Session After()
    {
        var session = new Session(Documents.Many(20));
        session.Replace(Documents.Numbered(Edited, maximum: 300));
        return session;
    }
}
