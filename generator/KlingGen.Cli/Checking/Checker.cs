using KlingGen.Cli.Documents;
using KlingGen.Diagnostics;
using KlingGen.Json;
using KlingGen.Overlays;
using KlingGen.Planning;

namespace KlingGen.Cli.Checking;

/// <summary>Collects all diagnostics of a set of documents.</summary>
internal static class Checker
{
    /// <returns>In the order of files and lines.</returns>
    public static IReadOnlyList<ReportedDiagnostic> Check(SpecSet set)
    {
        ReportedDiagnostic[] generator = [.. set.Problems.Select(ReportedDiagnostic.FromSpec)];
        var reported = generator.Where(diagnostic
            => diagnostic.Rule == DiagnosticRules.DefaultViolatesConstraints
                || diagnostic.Rule == DiagnosticRules.ExampleViolatesConstraints).Select(Start).ToHashSet();

        // A value that the generator reports is not reported again.
        var others = set.Sources.AsParallel().AsOrdered().SelectMany(source => Others(source).ToArray())
            .Where(diagnostic => !reported.Contains(Start(diagnostic)));
        return
        [
            .. generator.Concat(others)
                .OrderBy(diagnostic => diagnostic.Location.Path, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Location.Range
                    .Start).ThenBy(diagnostic => diagnostic.Rule.Id, StringComparer.Ordinal),
        ];
    }

    private static (string Path, int Start) Start(ReportedDiagnostic diagnostic) => (diagnostic.Location.Path, diagnostic.Location.Range.Start);

    private static IEnumerable<ReportedDiagnostic> Others(SpecSource source)
    {
        // Invalid JSON and documents that are not fal's are reported by the generator, with better messages.
        if (JsonReader.Read(source.Text, 0).Root is not { } root || root.Get("openapi") is null) return [];
        var places = new ReadContext(source);
        SourceLocation Place(SpecNode node) => places.Place(node.Kind is JsonKind.Object or JsonKind.Array ? node.Head() : node.Range, node.Source);
        return OpenApiDiagnostics.Find(source.Text, root, Place)
            .Concat(ValueDiagnostics.Find(DocumentReader.Read(source, new ReadContext(source)) ?? root, Place));
    }
}
