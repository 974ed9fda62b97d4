using System.Reflection;
using KlingGen.Diagnostics;
using KlingGen.Emission;
using KlingGen.Model;
using KlingGen.Overlays;
using KlingGen.Planning;
using KlingGen.Schemas;

namespace KlingGen.Cli.Documents;

/// <summary>Documents brought together as the generator brings them together, by the same calls into Core.</summary>
internal sealed class SpecSet
{
    /// <summary>As in <c>[GeneratedCode]</c>; Core has the version of the generator.</summary>
    public static readonly string Version = typeof(SpecReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion
        .Split('+')[0];

    private SpecSet(IReadOnlyList<SpecSource> sources, IReadOnlyList<SpecReading> readings, Plan plan, IReadOnlyList<SpecDiagnostic> problems)
    {
        Sources = sources;
        Readings = readings;
        Plan = plan;
        Problems = problems;
    }

    /// <summary>The documents, each with its overlays.</summary>
    public IReadOnlyList<SpecSource> Sources { get; }

    /// <summary>What came of each document, in the order of <see cref="Sources"/>.</summary>
    public IReadOnlyList<SpecReading> Readings { get; }

    public Plan Plan { get; }

    /// <summary>All diagnostics of the generator.</summary>
    public IReadOnlyList<SpecDiagnostic> Problems { get; }

    /// <param name="inputs">The user's files.</param>
    /// <param name="patterns">Which of the documents that come with the tool are wanted as well, as in <c>FalEndpoints</c>.</param>
    public static SpecSet Read(IEnumerable<SpecInput> inputs, IReadOnlyList<string>? patterns = null)
    {
        var all = new List<SpecInput>(inputs);
        if (patterns is { Count: > 0 }) all.AddRange(SpecFiles.Bundled().Where(file => IsWanted(file.Key, patterns)));
        var overlays = OverlayPairs.Sort(all.Where(file => OverlayPairs.IsOverlay(file.Key))
            .Select(file => new OverlayFile(file.Path, OverlayPairs.TargetOf(file.Key), file.IsBundled, file.Text)));
        var enumProblems = new List<SpecDiagnostic>();
        var enums = EnumFile.Sort(overlays.Where(file => EnumFile.IsTarget(file.TargetKey)).Select(file => EnumFile.Read(file, enumProblems)));
        SpecSource[] sources =
        [
            .. all.Where(file => !OverlayPairs.IsOverlay(file.Key))
                .Select(file => OverlayPairs.Apply(new SpecSource(file.Path, file.Key, file.IsBundled, file.Text, EquatableArray<SpecOverlay>.Empty),
                overlays))
                .Select(source => EnumFile.AddTo(source, enums)),
        ];
        SpecReading[] readings = [.. sources.AsParallel().AsOrdered().Select(source => FaultGuard.Read(SpecReader.Read, source))];
        var plan = Planner.Make(readings.Select(reading => reading.Model).OfType<SpecModel>());
        SpecDiagnostic[] problems =
        [
            .. readings.SelectMany(reading => reading.Problems),
            .. PlanProblems.Place(plan.Problems, readings.Select(reading => reading.Anchors).OfType<SpecAnchors>().ToArray()),
            .. enumProblems,
            .. OverlayPairs.Orphans(sources.Select(source => source.Key), overlays),
        ];
        return new SpecSet(sources, readings, plan, problems);
    }

    private static bool IsWanted(string key, IReadOnlyList<string> patterns)
        => EndpointGlob.MatchesAny(patterns, OverlayPairs.TargetOf(key))
        || (OverlayPairs.IsOverlay(key) && EnumFile.IsTarget(OverlayPairs.TargetOf(key)));

    /// <summary>The files that the generator would add, in ordinal order of their names.</summary>
    /// <param name="rootNamespace">As <c>FalNamespace</c>.</param>
    /// <param name="isPublic">As <c>FalVisibility</c>.</param>
    /// <param name="faults">Hears of files that could not be made.</param>
    public IReadOnlyList<SourceFile> Emit(string rootNamespace, bool isPublic, ICollection<string> faults)
    {
        var options = new EmissionOptions(rootNamespace, isPublic, Version);
        var files = new List<SourceFile>();
        foreach (var planned in Plan.Files)
        {
            var result = EmissionGuard.Emit(FileEmitter.Emit, planned, options);
            if (result.File is { } file) files.Add(file);
            if (result.Fault is not null) faults.Add(result.Fault);
        }

        return [.. files.OrderBy(file => file.HintName, StringComparer.Ordinal)];
    }
}
