using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Threading;
using KlingGen.Diagnostics;
using KlingGen.Emission;
using KlingGen.Model;
using KlingGen.Overlays;
using KlingGen.Planning;
using KlingGen.Schemas;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen;

/// <content>The steps, in the order of <see cref="Initialize"/>.</content>
public sealed partial class SpecGenerator
{
    private const string KeyMetadata = "build_metadata.AdditionalFiles.FalSpec";
    private const string BundledMetadata = "build_metadata.AdditionalFiles.FalSpecBundled";
    private const string EndpointListMetadata = "build_metadata.AdditionalFiles.FalEndpointList";
    private const string EndpointsProperty = "build_property.FalEndpointPatterns";
    private const string NamespaceProperty = "build_property.FalNamespace";
    private const string VisibilityProperty = "build_property.FalVisibility";
    private const string RegistrationProperty = "build_property.FalEmitsRegistration";
    private const string AIProperty = "build_property.FalEmitsAI";
    private const string ReferencedProperty = "build_property.FalReferencedEndpoints";

    private static readonly string Version = typeof(SpecGenerator).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion
        .Split('+')[0];

    private static SpecFile? SelectFile((AdditionalText File, AnalyzerConfigOptionsProvider Options) input, CancellationToken cancellation)
    {
        var options = input.Options.GetOptions(input.File);
        if (!options.TryGetValue(KeyMetadata, out var key) || key.Length == 0) return null;
        var isBundled = options.TryGetValue(BundledMetadata, out var bundled) && bundled.Equals("true", StringComparison.OrdinalIgnoreCase);
        var file = new SpecFile(input.File, key.Replace('\\', '/').Trim('/'), isBundled);
        return !isBundled || file.IsEnumFile || EndpointGlob.MatchesAny(PatternsOf(input.Options, cancellation), file.TargetKey) ? file : null;
    }

    private static OverlayFile ReadOverlay(SpecFile? file, CancellationToken cancellation)
        => new(file!.File.Path, file.TargetKey, file.IsBundled, TextOf(file, cancellation));

    private static EquatableArray<T> ListOf<T>(ImmutableArray<T> items, CancellationToken cancellation)
        where T : class, IEquatable<T>
        => items.ToArray();

    private static EquatableArray<OverlayFile> SortOverlays(ImmutableArray<OverlayFile> overlays, CancellationToken cancellation)
        => OverlayPairs.Sort(overlays);

    private static SpecSource ReadText(SpecFile? file, CancellationToken cancellation)
        => new(file!.File.Path, file.Key, file.IsBundled, TextOf(file, cancellation), EquatableArray<SpecOverlay>.Empty);

    private static string TextOf(SpecFile file, CancellationToken cancellation) => file.File.GetText(cancellation)?.ToString() ?? "";

    private static SpecSource AddOverlays((SpecSource Source, EquatableArray<OverlayFile> Overlays) input, CancellationToken cancellation)
        => OverlayPairs.Apply(input.Source, input.Overlays);

    private static EnumReading ReadEnums(OverlayFile file, CancellationToken cancellation)
    {
        var problems = new List<SpecDiagnostic>();
        return new(EnumFile.Read(file, problems), problems);
    }

    private static EnumFile EnumsOf(EnumReading reading, CancellationToken cancellation) => reading.File;

    private static EquatableArray<EnumFile> SortEnums(ImmutableArray<EnumFile> files, CancellationToken cancellation) => EnumFile.Sort(files);

    private static SpecSource AddEnums((SpecSource Source, EquatableArray<EnumFile> Enums) input, CancellationToken cancellation)
        => EnumFile.AddTo(input.Source, input.Enums);

    private static IEnumerable<SpecDiagnostic> EnumProblemsOf(EnumReading reading, CancellationToken cancellation) => reading.Problems;

    private static T ResultOf<T>(Lazy<T> work, CancellationToken cancellation) => work.Value;

    private static SpecModel? ModelOf(SpecReading reading, CancellationToken cancellation) => reading.Model;

    private static ReferencedCode UsableReferences((ReferencedCode Code, ProjectOptions Options) input, CancellationToken cancellation)
        => ReferenceReader.UsableWith(input.Code, input.Options.Emission) with { LeadsToAll = input.Options.LeadsToReferences };

    private static EquatableArray<SpecModel> ModelsOf(ImmutableArray<SpecModel?> models, CancellationToken cancellation) => models.ToArray()!;

    private static Plan MakePlan((EquatableArray<SpecModel> Models, ReferencedCode References) input, CancellationToken cancellation)
        => Planner.Make(input.Models, input.References, cancellation);

    private static IEnumerable<FileModel> FilesOf((SpecModel? Document, Plan Plan) input, CancellationToken cancellation)
        => input.Plan.FilesOf(input.Document!);

    private static IEnumerable<FileModel> OtherFilesOf(Plan plan, CancellationToken cancellation) => plan.Others;

    private static ProjectOptions ReadOptions((AnalyzerConfigOptionsProvider Config, ParseOptions Parse) input, CancellationToken cancellation)
    {
        var faults = new List<string>();
        var ns = Setting(input.Config, NamespaceProperty, EmissionOptions.DefaultNamespace);
        if (!Text.Identifier.IsValidNamespace(ns))
        {
            faults.Add("FalNamespace is '" + ns + "', which is not a C# namespace");
            ns = EmissionOptions.DefaultNamespace;
        }

        var visibility = Setting(input.Config, VisibilityProperty, "public");
        if (visibility is not ("public" or "internal")) faults.Add("FalVisibility is '" + visibility + "'; it must be 'public' or 'internal'");
        var canCompile = input.Parse is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp11 };
        return new ProjectOptions(
            new EmissionOptions(ns, visibility != "internal", Version),
            canCompile,
            IsOn(input.Config, RegistrationProperty),
            IsOn(input.Config, AIProperty),
            IsOn(input.Config, ReferencedProperty),
            faults);
    }

    private static bool IsOn(AnalyzerConfigOptionsProvider config, string name)
        => Setting(config, name, "false").Equals("true", StringComparison.OrdinalIgnoreCase);

    private static string Setting(AnalyzerConfigOptionsProvider config, string name, string fallback)
        => config.GlobalOptions.TryGetValue(name, out var value) && value.Trim().Length > 0 ? value.Trim() : fallback;

    // Below the minimum language version one diagnostic explains it; errors in generated code would not.
    private static IEnumerable<EmissionJob> JobsOf((FileModel File, ProjectOptions Options) input, CancellationToken cancellation)
        => input.Options.CanCompile ? new[] { new EmissionJob(input.File, input.Options.Emission) } : [];

    private static void AddSources(SourceProductionContext context, EmitResult result)
    {
        if (result.File is { } file) context.AddSource(file.HintName, SourceText.From(file.Text, System.Text.Encoding.UTF8));
        if (result.Fault is not null) context.ReportDiagnostic(Diagnostic.Create(Descriptors.InternalFault, Location.None, result.Fault, ""));
    }

    private static IEnumerable<RegistrationJob> RegistrationOf(
        (StepInputs<Plan, ReferencedCode> Code, ProjectOptions Options) input, CancellationToken cancellation)
    {
        var ((plan, references), options) = input;
        if (!options.HasExtensions || !options.CanCompile) yield break;
        var model = RegistrationModel.FromPlan(plan, references, options.Emission.RootNamespace);
        if (model.Clients.Count > 0) yield return new RegistrationJob(model, options.Emission);
    }

    private static void AddRegistration(SourceProductionContext context, RegistrationJob job)
    {
        var file = RegistrationEmitter.Emit(job.Model, job.Options);
        context.AddSource(file.HintName, SourceText.From(file.Text, System.Text.Encoding.UTF8));
    }

    private static EndpointSchema? ReadInputSchema((SpecSource Source, ProjectOptions Options) input, CancellationToken cancellation)
        => input.Options is { HasAI: true, CanCompile: true } ? EndpointSchema.Read(input.Source, cancellation) : null;

    private static EquatableArray<EndpointSchema> SchemasOf(ImmutableArray<EndpointSchema?> schemas, CancellationToken cancellation)
        => schemas.ToArray()!;

    private static IEnumerable<AIAdapterModel> AdaptersOf(
        (StepInputs<StepInputs<EquatableArray<EndpointSchema>, Plan>, ReferencedCode> Code, ProjectOptions Options) input,
        CancellationToken cancellation)
    {
        var (((schemas, plan), references), options) = input;
        return schemas.Count == 0 ? [] : AIAdapterModel.FromSchemas(schemas, plan, references, options.Emission.RootNamespace);
    }

    private static void AddAdapter(SourceProductionContext context, (AIAdapterModel Model, ProjectOptions Options) input)
    {
        var file = AIAdapterEmitter.Emit(input.Model, input.Options.Emission);
        context.AddSource(file.HintName, SourceText.From(file.Text, System.Text.Encoding.UTF8));
    }

    private static IEnumerable<SpecDiagnostic> ProblemsOf(SpecReading reading, CancellationToken cancellation) => reading.Problems;

    private static IEnumerable<SpecAnchors> AnchorsOf(SpecReading reading, CancellationToken cancellation)
        => reading.Anchors is { } anchors ? [anchors] : [];

    private static void Report(SourceProductionContext context, SpecDiagnostic problem)
        => context.ReportDiagnostic(ProblemReporter.ToDiagnostic(problem));

    private static EquatableArray<PlanProblem> PlanProblemsOf(Plan plan, CancellationToken cancellation) => plan.Problems;

    private static IEnumerable<SpecDiagnostic> PlaceProblems(
        (EquatableArray<PlanProblem> Problems, EquatableArray<SpecAnchors> Anchors) input,
        CancellationToken cancellation)
        => PlanProblems.Place(input.Problems, input.Anchors);

    private static string KeyOf(SpecSource source, CancellationToken cancellation) => source.Key;

    private static IEnumerable<SpecDiagnostic> OrphansOf(
        (EquatableArray<string> Keys, EquatableArray<OverlayFile> Overlays) input,
        CancellationToken cancellation)
        => OverlayPairs.Orphans(input.Keys, input.Overlays);

    private static IEnumerable<SettingProblem> SettingProblemsOf((ProjectOptions Options, Plan Plan) input, CancellationToken cancellation)
    {
        if (!input.Plan.Files.Any()) yield break;
        if (!input.Options.CanCompile) yield return new SettingProblem(SettingProblemKind.LanguageTooOld);
        foreach (var fault in input.Options.Faults) yield return new SettingProblem(SettingProblemKind.BadSetting, fault);
    }

    private static EquatableArray<string> PatternsOf(AnalyzerConfigOptionsProvider config, CancellationToken cancellation)
        => EndpointGlob.Split(config.GlobalOptions.TryGetValue(EndpointsProperty, out var value) ? value : null);

    private static string BundledKeyOf(SpecSource source, CancellationToken cancellation) => source.IsBundled ? source.Key : "";

    private static IEnumerable<SettingProblem> IdlePatternsOf(
        (StepInputs<EquatableArray<string>, EquatableArray<string>> Choice, EquatableArray<string> Bundled) input, CancellationToken cancellation)
    {
        var ((patterns, keys), bundled) = input;
        return EndpointGlob.Idle(patterns, keys)
            .Select(pattern => new SettingProblem(SettingProblemKind.IdlePattern, pattern, EndpointHint.DidYouMean(pattern, bundled)));
    }

    private static IEnumerable<string> ReadEndpointList((AdditionalText File, AnalyzerConfigOptionsProvider Options) input,
        CancellationToken cancellation)
    {
        if (!input.Options.GetOptions(input.File).TryGetValue(EndpointListMetadata, out var isList)
            || !isList.Equals("true", StringComparison.OrdinalIgnoreCase)) return [];
        return (input.File.GetText(cancellation)?.ToString() ?? "").Split('\n').Select(static line => line.Trim())
            .Where(static line => line.Length > 0);
    }

    private static EquatableArray<NameUse> NamesOf(ImmutableArray<NameUse?> uses, CancellationToken cancellation) => uses.ToArray()!;

    private static EquatableArray<string> NamespacesOf(Plan plan, CancellationToken cancellation)
        => plan.Files.Select(static file => file.App.Namespace).Distinct().ToArray();

    private static IEnumerable<SpecDiagnostic> MissingOf(
        (StepInputs<StepInputs<StepInputs<EquatableArray<NameUse>, EquatableArray<string>>, EquatableArray<string>>, EquatableArray<string>> Names,
            ProjectOptions Options) input,
        CancellationToken cancellation)
    {
        var ((((uses, bundled), emitted), patterns), options) = input;
        return MissingEndpoints.Find(uses, bundled, emitted, patterns, options.Emission.RootNamespace);
    }

    private static IEnumerable<AmbiguousType> AmbiguousTypesOf(ReferencedCode code, CancellationToken cancellation) => code.FindAmbiguousTypes();

    private static void ReportAmbiguous(SourceProductionContext context, (AmbiguousType Type, Compilation Compilation) input)
    {
        if (AmbiguousTypes.FindUse(input.Type, input.Compilation, context.CancellationToken) is { } problem) Report(context, problem);
    }

    private static void ReportMissing(SourceProductionContext context, (SpecDiagnostic Problem, Compilation Compilation) input)
    {
        if (MissingEndpoints.IsMissing(input.Problem, input.Compilation)) Report(context, input.Problem);
    }

    private static void Report(SourceProductionContext context, SettingProblem problem)
        => context.ReportDiagnostic(ProblemReporter.ToDiagnostic(problem));
}
