using KlingGen.Cli.Documents;
using KlingGen.Planning;
using KlingGen.Specs;

namespace KlingGen.Cli.Checking;

/// <summary>Everything there is to say about a set of documents.</summary>
internal static class Checker
{
    /// <returns>In the order of files and lines.</returns>
    public static IReadOnlyList<Finding> Check(SpecSet set)
    {
        Finding[] generator = [.. set.Problems.Select(Finding.Of)];
        var said = generator.Where(finding
            => finding.Rule == SpecRules.DefaultViolatesConstraints
                || finding.Rule == SpecRules.ExampleViolatesConstraints).Select(Start).ToHashSet();

        // Where the generator has said it, the other judge only says it again.
        var others = set.Sources.AsParallel().AsOrdered().SelectMany(source => Others(source).ToArray())
            .Where(finding => !said.Contains(Start(finding)));
        return
        [
            .. generator.Concat(others)
                .OrderBy(finding => finding.Place.Path, StringComparer.Ordinal).ThenBy(finding => finding.Place.Range
                    .Start).ThenBy(finding => finding.Rule.Id, StringComparer.Ordinal),
        ];
    }

    private static (string Path, int Start) Start(Finding finding) => (finding.Place.Path, finding.Place.Range.Start);

    private static IEnumerable<Finding> Others(SpecSource source)
    {
        // What is no JSON or no document of fal's, the generator has said, and the others would say worse.
        if (JsonReader.Read(source.Text, 0).Root is not { } root || root.Get("openapi") is null) return [];
        var places = new ReadContext(source);
        SpecPlace Place(JsonNode node) => places.Place(node.Kind is JsonKind.Object or JsonKind.Array ? node.Head() : node.Range, node.Source);
        return OpenApiFindings.Of(source.Text, root, Place)
            .Concat(ValueFindings.Of(DocumentReader.Read(source, new ReadContext(source)) ?? root, Place));
    }
}
