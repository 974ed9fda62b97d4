using KlingGen.Planning;

namespace Fal.Emulation;

/// <summary>The documents that are served. Bundled ones are read when their endpoint is first asked for.</summary>
internal sealed class DocumentSet
{
    private const string Overlay = ".overlay.json";

    private static readonly Lazy<string[]> BundledDocuments = new(() =>
        [.. FalBundledSpecs.Paths.Where(path => !path.EndsWith(Overlay, StringComparison.Ordinal) && ServedDocument.HasPaths(FalBundledSpecs.Read(path)))]);

    private readonly Dictionary<string, Lazy<ServedDocument>> _byId = new(StringComparer.Ordinal);

    public DocumentSet(FalEmulatorOptions options)
    {
        foreach (var path in BundledDocuments.Value)
        {
            var id = path[..^".json".Length];
            if (options.Bundled.Any(pattern => EndpointGlob.Matches(pattern, id))) _byId[id] = new(() => ServedDocument.Read(FalBundledSpecs.Read(path), path));
        }
        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in options.Paths.SelectMany(FilesOf)) AddOwn(own, ServedDocument.Read(File.ReadAllText(file), file));
        for (var i = 0; i < options.Documents.Count; i++) AddOwn(own, ServedDocument.Read(options.Documents[i], $"FalEmulatorOptions.Documents[{i}]"));
    }

    /// <summary>The endpoints, in ordinal order.</summary>
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
            .Where(file => !file.EndsWith(Overlay, StringComparison.OrdinalIgnoreCase) && ServedDocument.HasPaths(File.ReadAllText(file))).Order(StringComparer.Ordinal);
    }
}
