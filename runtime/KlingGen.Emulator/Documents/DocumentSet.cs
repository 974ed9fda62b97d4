using KlingGen.Planning;

namespace Fal.Emulation;

/// <summary>The served documents. A bundled document is loaded lazily, when its endpoint is first called.</summary>
internal sealed class DocumentSet
{
    private const string Overlay = ".overlay.json";

    private static readonly Lazy<string[]> BundledDocuments = new(() =>
        [.. FalBundledSpecs.Paths
            .Where(path => !path.EndsWith(Overlay, StringComparison.Ordinal) && ServedDocument.HasPaths(FalBundledSpecs.Read(path)))]);

    private readonly Dictionary<string, Lazy<ServedDocument>> _byId = new(StringComparer.Ordinal);

    /// <param name="bundled">Patterns over the ids of the bundled endpoints.</param>
    /// <param name="paths">The user's own files and folders.</param>
    /// <param name="texts">The user's own documents as JSON strings.</param>
    /// <exception cref="ArgumentException">A path does not exist, a document is invalid, or two documents describe the same
    /// endpoint.</exception>
    public DocumentSet(IEnumerable<string> bundled, IEnumerable<string> paths, IList<string> texts)
    {
        foreach (var path in BundledDocuments.Value)
        {
            var id = path[..^".json".Length];
            if (!bundled.Any(pattern => EndpointGlob.Matches(pattern, id))) continue;
            _byId[id] = new(() => ServedDocument.Read(FalBundledSpecs.Read(path), path));
        }
        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in paths.SelectMany(FilesOf)) AddOwn(own, ServedDocument.Read(File.ReadAllText(file), file));
        for (var i = 0; i < texts.Count; i++) AddOwn(own, ServedDocument.Read(texts[i], $"FalEmulatorOptions.Documents[{i}]"));
    }

    /// <summary>The endpoint ids in ordinal order.</summary>
    public IReadOnlyList<string> Endpoints => [.. _byId.Keys.Order(StringComparer.Ordinal)];

    public ServedDocument? Find(FalEndpointId endpoint) => _byId.GetValueOrDefault(endpoint.ToString())?.Value;

    private void AddOwn(HashSet<string> own, ServedDocument document)
    {
        var id = document.Endpoint.ToString();
        if (!own.Add(id)) throw new ArgumentException($"Two documents describe the endpoint {id}; the emulator can serve one of them.");
        _byId[id] = new(document);
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path)) throw new ArgumentException($"FalEmulatorOptions.Paths names '{path}', which is neither a file nor a folder.");
        return Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(Overlay, StringComparison.OrdinalIgnoreCase)
                && ServedDocument.HasPaths(File.ReadAllText(file))).Order(StringComparer.Ordinal);
    }
}
