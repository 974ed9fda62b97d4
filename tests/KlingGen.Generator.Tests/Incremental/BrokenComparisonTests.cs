using KlingGen.Model;
using KlingGen.Overlays;
using KlingGen.Schemas;
using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Incremental;

/// <summary>A guard that cannot fail guards nothing: the same edits against generators whose models do not compare.</summary>
public sealed class BrokenComparisonTests
{
    [Fact]
    public void A_model_that_compares_by_reference_is_found_out_by_whitespace()
    {
        var session = Edited(new Careless(static model => new ByReference(model!)));
        Assert.Contains(IncrementalStepRunReason.Modified, session.Reasons(StepNames.Models));
        Assert.Contains(IncrementalStepRunReason.Modified, session.OutputReasons());
    }

    [Fact]
    public void A_model_with_a_plain_list_is_found_out_by_whitespace()
    {
        var session = Edited(new Careless(static model => new WithList([.. model!.Types.Select(type => type.Name)])));
        Assert.Contains(IncrementalStepRunReason.Modified, session.Reasons(StepNames.Models));
    }

    [Fact]
    public void A_model_that_compares_by_value_passes_the_same_guard()
    {
        var session = Edited(new Careless(static model => model!));
        Assert.DoesNotContain(IncrementalStepRunReason.Modified, session.Reasons(StepNames.Models));
        Assert.DoesNotContain(IncrementalStepRunReason.Modified, session.OutputReasons());
    }

    private static Session Edited(IIncrementalGenerator generator)
    {
        var file = Documents.Numbered(1);
        var session = new Session([file], generator);
        session.Replace(new SpecText(file.Key, "\n" + file.GetText()));
        return session;
    }

    private sealed class ByReference(SpecModel model)
    {
        public SpecModel Model => model;
    }

    private sealed record WithList(List<string> Names);

    private sealed class Careless(Func<SpecModel?, object> model) : IIncrementalGenerator
    {
        private static SpecSource Source(AdditionalText file, CancellationToken cancellation)
            => new(file.Path, "acme/lumen/clip", false, file.GetText(cancellation)!.ToString(), EquatableArray<SpecOverlay>.Empty);

        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            var models = context.AdditionalTextsProvider
                .Select((file, cancellation) => SpecReader.Read(Source(file, cancellation), cancellation))
                .Select((reading, _) => model(reading.Model))
                .WithTrackingName(StepNames.Models);
            context.RegisterSourceOutput(models, static (output, value) => output.AddSource("careless", "// " + value.GetType().Name));
        }
    }
}
