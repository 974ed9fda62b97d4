using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Incremental;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("FalNamespace", "Studio", "namespace Studio.Acme.Lumen;")]
    [InlineData("FalVisibility", "internal", "internal sealed partial record Step01Request")]
    public void A_changed_setting_emits_everything_again(string name, string value, string expected)
    {
        var session = Changed((name, value));
        Assert.Equal([IncrementalStepRunReason.Modified], session.Reasons(StepNames.Options));

        // The file with the entry method is internal in any case.
        Assert.Contains(IncrementalStepRunReason.Modified, session.Reasons(StepNames.Emit));
        Assert.DoesNotContain(IncrementalStepRunReason.Cached, session.Reasons(StepNames.Emit));
        Assert.Contains(expected, session.Texts["acme.lumen.step-01.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_setting_reads_no_document()
    {
        var session = new Session(Documents.Many(3));
        var before = session.Reads;
        session.Options(new SpecOptions(("FalNamespace", "Studio")));
        Assert.Equal(before, session.Reads);
        Assert.All(
            [StepNames.Read, StepNames.Models, StepNames.Plan, StepNames.Files],
            step => Assert.Equal([IncrementalStepRunReason.Cached], session.Reasons(step)));
    }

    [Fact]
    public void A_setting_that_is_not_ours_changes_nothing()
    {
        var session = Changed(("SomebodyElsesSetting", "on"));
        Assert.Equal([IncrementalStepRunReason.Unchanged], session.Reasons(StepNames.Options));
        Assert.Equal([IncrementalStepRunReason.Cached], session.Reasons(StepNames.Emit));
    }

    [Fact]
    public void A_setting_spelt_out_that_is_the_default_changes_nothing()
        => Assert.Equal(
            [IncrementalStepRunReason.Unchanged],
            Changed(("FalNamespace", "Fal"), ("FalVisibility", "public")).Reasons(StepNames.Options));

    [Fact]
    public void A_chosen_endpoint_more_reads_only_its_document()
    {
        SpecText[] files = [new("acme/lumen/one", Bundled("one"), isBundled: true), new("acme/lumen/two", Bundled("two"), isBundled: true)];
        var session = new Session(files);
        Assert.Empty(session.Texts);
        Assert.Equal(0, session.Reads);
        session.Options(new SpecOptions(("FalEndpointPatterns", "acme/lumen/one")));
        Assert.Equal((1, 0), (files[0].Reads, files[1].Reads));
        session.Options(new SpecOptions(("FalEndpointPatterns", "acme/lumen/*")));
        Assert.Equal((1, 1), (files[0].Reads, files[1].Reads));
        Assert.Contains("acme.lumen.two.g.cs", session.Texts.Keys);
    }

    private static string Bundled(string name) => Documents.WithMembers(""" "prompt": {"type": "string"} """, "acme/lumen/" + name, "Ask" + name);

    private static Session Changed(params (string Name, string Value)[] properties)
    {
        var session = new Session(Documents.Many(3));
        session.Options(new SpecOptions(properties));
        return session;
    }
}
