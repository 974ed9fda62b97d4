using KlingGen.Cli.Documents;
using KlingGen.Model;
using KlingGen.Overlays;
using KlingGen.Planning;
using KlingGen.Schemas;

namespace KlingGen.Cli.Pull;

/// <summary>The documents of a folder by their endpoint, wherever they lie in it.</summary>
internal static class PresentDocuments
{
    public static IReadOnlyDictionary<string, SpecInput> By(IEnumerable<SpecInput> files)
    {
        var known = new Dictionary<string, SpecInput>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (OverlayPairs.IsOverlay(file.Key)) continue;
            var model = SpecReader.Read(new SpecSource(file.Path, file.Key, false, file.Text, EquatableArray<SpecOverlay>.Empty)).Model;

            // A broken file at an endpoint's own place is still that endpoint's, and a refresh mends it.
            var id = model is null ? file.Key : model.Endpoint?.Id;
            if (id is not null && SpecPath.ForEndpoint(id, out _) is not null) known.TryAdd(id, file);
        }

        return known;
    }
}
