using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Incremental;

public sealed class OverlayTests
{
    [Fact]
    public void An_edited_overlay_reads_only_its_own_document_again()
    {
        var session = Started();
        session.Replace(Overlay(60));
        Assert.Equal([IncrementalStepRunReason.Modified], session.Reasons(StepNames.Overlays));
        Assert.Equal([IncrementalStepRunReason.Cached], session.Reasons(StepNames.Texts));
        Assert.Single(session.Step(StepNames.Sources), output => output.Reason == IncrementalStepRunReason.Modified);
        Assert.Single(session.Step(StepNames.Read), output => output.Reason == IncrementalStepRunReason.Modified);
        Assert.Equal(2, session.Step(StepNames.Read).Count(output => output.Reason == IncrementalStepRunReason.Cached));
        Assert.Equal(["acme.lumen.step-01.g.cs"], session.Emitted());
    }

    [Fact]
    public void White_space_in_an_overlay_changes_no_output()
    {
        var session = Started();
        session.Replace(new SpecText(Overlay(50).Key, "\n" + Overlay(50).GetText()));
        Assert.Empty(session.Emitted());
        Assert.Single(session.Step(StepNames.Sources), output => output.Reason == IncrementalStepRunReason.Modified);
        Assert.Single(session.Step(StepNames.Read), output => output.Reason == IncrementalStepRunReason.Unchanged);
    }

    [Fact]
    public void A_removed_overlay_gives_the_document_back()
    {
        var plain = new Session(Documents.Many(3)).Texts;
        var session = Started();
        Assert.NotEqual(plain, session.Texts);
        session.Remove(session.Files.Single(file => file.Key.EndsWith(".overlay", StringComparison.Ordinal)));
        Assert.Equal(plain, session.Texts);
    }

    private static Session Started() => new([.. Documents.Many(3), Overlay(50)]);

    private static SpecText Overlay(int maximum) => new("acme/lumen/step-01.overlay", $$$"""
        {"overlay": "1.0.0", "info": {"title": "x", "version": "1"}, "actions": [{"target": "$.components.schemas.Input.properties.prompt", "update": {"maxLength": {{{maximum}}} } }]}
        """);
}
