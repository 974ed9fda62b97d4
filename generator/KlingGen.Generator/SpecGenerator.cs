using System;
using System.Threading;
using KlingGen.Diagnostics;
using KlingGen.Emission;
using KlingGen.Overlays;
using KlingGen.Planning;
using KlingGen.Schemas;
using Microsoft.CodeAnalysis;

namespace KlingGen;

/// <summary>
/// Turns fal's documents among the additional files into C#. This file has the pipeline; the steps themselves are in
/// <c>SpecGenerator.Steps.cs</c>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed partial class SpecGenerator : IIncrementalGenerator
{
    private readonly BackgroundStep<SpecSource, SpecReading> _reading;
    private readonly BackgroundStep<EmissionJob, EmitResult> _emission;

    /// <summary>Creates the generator.</summary>
    public SpecGenerator()
        : this(SpecReader.Read, FileEmitter.Emit)
    {
    }

    /// <summary>Lets tests replace the reader or the emitter by a faulty one.</summary>
    internal SpecGenerator(
        Func<SpecSource, CancellationToken, SpecReading> read,
        Func<FileModel, EmissionOptions, CancellationToken, SourceFile> emit)
    {
        _reading = new((source, cancellation) => FaultGuard.Read(read, source, cancellation));
        _emission = new((job, cancellation) => EmissionGuard.Emit(emit, job.File, job.Options, cancellation));
    }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Which files are ours, and with which overlays. What passes from step to step is of a reference type, for the
        // reason that EquatableArray gives.
        var files = context.AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider).Select(SelectFile)
            .Where(static file => file is not null);
        var overlays = files.Where(static file => file!.IsOverlay).Select(ReadOverlay).Collect().Select(SortOverlays)
            .WithTrackingName(StepNames.Overlays);
        var enumFiles = files.Where(static file => file!.IsEnumFile).Select(ReadOverlay).Select(ReadEnums);
        var enums = enumFiles.Select(EnumsOf).Collect().Select(SortEnums).WithTrackingName(StepNames.Enums);
        var sources = files.Where(static file => !file!.IsOverlay).Select(ReadText).WithTrackingName(StepNames.Texts)
            .Combine(overlays).Select(AddOverlays).Combine(enums).Select(AddEnums).WithTrackingName(StepNames.Sources);

        // The driver makes the outputs in this order: the thread pool reads documents while the compiler loads the references. The second output is
        // what two references have and the project names.
        var started = sources.Select(_reading.Start);
        context.RegisterSourceOutput(started, static (_, _) => { });
        var referenced = context.CompilationProvider.Select(ReferenceReader.Read);
        context.RegisterSourceOutput(referenced.SelectMany(AmbiguousTypesOf).Combine(context.CompilationProvider), ReportAmbiguous);

        // Text to models, models to files, files to text.
        var readings = started.Select(ResultOf).WithTrackingName(StepNames.Read);
        var models = readings.Select(ModelOf).WithTrackingName(StepNames.Models).Where(static model => model is not null);
        var options = context.AnalyzerConfigOptionsProvider.Combine(context.ParseOptionsProvider).Select(ReadOptions)
            .WithTrackingName(StepNames.Options);
        var references = referenced.Combine(options).Select(UsableReferences)
            .WithTrackingName(StepNames.References);
        var plan = models.Collect().Select(ModelsOf).Combine(references).Select(MakePlan).WithTrackingName(StepNames.Plan);

        // The driver remembers outputs by input and position. Files are taken from the plan document by document, so that a removed
        // document leaves the positions of all other files as they were.
        var documentFiles = models.Combine(plan).SelectMany(FilesOf).WithTrackingName(StepNames.Files);
        context.RegisterSourceOutput(
            documentFiles.Combine(options).SelectMany(JobsOf).Select(_emission.Start).Select(ResultOf).WithTrackingName(StepNames.Emit),
            AddSources);
        var otherFiles = plan.SelectMany(OtherFilesOf).WithTrackingName(StepNames.Files);
        context.RegisterSourceOutput(
            otherFiles.Combine(options).SelectMany(JobsOf).Select(_emission.Start).Select(ResultOf).WithTrackingName(StepNames.Emit),
            AddSources);

        var registration = plan.And(references).Combine(options).SelectMany(RegistrationOf).WithTrackingName(StepNames.Registration);
        context.RegisterSourceOutput(registration, AddRegistration);

        // A second reading of the JSON, in projects with package KlingGen.AI alone.
        var schemas = sources.Combine(options).Select(ReadInputSchema).WithTrackingName(StepNames.InputSchemas)
            .Where(static schema => schema is not null);
        var adapters = schemas.Collect().Select(SchemasOf).And(plan).And(references).Combine(options).SelectMany(AdaptersOf)
            .WithTrackingName(StepNames.Adapters);
        context.RegisterSourceOutput(adapters.Combine(options), AddAdapter);

        // What is wrong goes its own way, so that a moved line in a document never touches code.
        context.RegisterSourceOutput(readings.SelectMany(ProblemsOf).WithTrackingName(StepNames.Problems), Report);
        var anchors = readings.SelectMany(AnchorsOf).Collect().Select(ListOf);
        context.RegisterSourceOutput(
            plan.Select(PlanProblemsOf).Combine(anchors).SelectMany(PlaceProblems).WithTrackingName(StepNames.PlanProblems),
            Report);
        context.RegisterSourceOutput(enumFiles.SelectMany(EnumProblemsOf), Report);
        context.RegisterSourceOutput(sources.Select(KeyOf).Collect().Select(ListOf).Combine(overlays).SelectMany(OrphansOf), Report);
        context.RegisterSourceOutput(options.Combine(plan).SelectMany(SettingProblemsOf), Report);

        // What the package has and the project does not choose.
        var bundled = context.AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider).SelectMany(ReadEndpointList).Collect()
            .Select(ListOf);
        var patterns = context.AnalyzerConfigOptionsProvider.Select(PatternsOf);
        context.RegisterSourceOutput(
            patterns.And(sources.Select(BundledKeyOf).Collect().Select(ListOf)).Combine(bundled).SelectMany(IdlePatternsOf), Report);
        var uses = context.SyntaxProvider.CreateSyntaxProvider(MissingEndpoints.IsName, MissingEndpoints.Read).Where(static use => use is not null)
            .Collect().Select(NamesOf);
        var missing = uses.And(bundled).And(plan.Select(NamespacesOf)).And(patterns).Combine(options).SelectMany(MissingOf)
            .WithTrackingName(StepNames.Missing);
        context.RegisterSourceOutput(missing.Combine(context.CompilationProvider), ReportMissing);
    }
}
