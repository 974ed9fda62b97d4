using Microsoft.CodeAnalysis;

namespace KlingGen;

/// <summary>
/// Turns fal's documents among the additional files into C#. This file is the contents page; the steps themselves stand in
/// <c>SpecGenerator.Steps.cs</c>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed partial class SpecGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Which files are ours, and with which overlays.
        var files = context.AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider).Select(SelectFile).Where(static file => file is not null);
        var overlays = files.Where(static file => file!.IsOverlay).Select(ReadOverlay).Collect().Select(SortOverlays).WithTrackingName(StepNames.Overlays);
        var sources = files.Where(static file => !file!.IsOverlay).Select(ReadText).Combine(overlays).Select(AddOverlays).WithTrackingName(StepNames.Sources);

        // Text to models, models to files, files to text.
        var readings = sources.Select(Read).WithTrackingName(StepNames.Read);
        var models = readings.Select(ModelOf).Where(static model => model is not null).WithTrackingName(StepNames.Models);
        var plan = models.Collect().Select(MakePlan).WithTrackingName(StepNames.Plan);
        var options = context.AnalyzerConfigOptionsProvider.Combine(context.ParseOptionsProvider).Select(ReadOptions).WithTrackingName(StepNames.Options);
        var emitted = plan.SelectMany(FilesOf).WithTrackingName(StepNames.Files).Combine(options).Select(Emit).WithTrackingName(StepNames.Emit);
        context.RegisterSourceOutput(emitted, AddSources);

        // What is wrong goes its own way, so that a moved line in a document never touches code.
        context.RegisterSourceOutput(readings.SelectMany(ProblemsOf).WithTrackingName(StepNames.Problems), Report);
        var anchors = readings.Select(AnchorsOf).Where(static anchors => anchors is not null).Collect();
        context.RegisterSourceOutput(plan.Select(PlanProblemsOf).Combine(anchors).SelectMany(PlaceProblems).WithTrackingName(StepNames.PlanProblems), Report);
        context.RegisterSourceOutput(sources.Select(KeyOf).Collect().Combine(overlays).SelectMany(OrphansOf), Report);
        context.RegisterSourceOutput(options.Combine(plan.Select(HasFiles)), ReportOptions);
        context.RegisterSourceOutput(context.AnalyzerConfigOptionsProvider.Select(PatternsOf).Combine(sources.Select(BundledKeyOf).Collect()), ReportIdlePatterns);
    }
}
