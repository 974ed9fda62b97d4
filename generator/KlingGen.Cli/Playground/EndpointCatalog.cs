using KlingGen.Cli.Documents;
using KlingGen.Cli.Running;
using KlingGen.Model;
using KlingGen.Planning;

namespace KlingGen.Cli.Playground;

/// <summary>The endpoints of the page, read once: the user's documents and the bundled ones, under the names that the generator would emit.</summary>
internal sealed class EndpointCatalog
{
    private readonly Dictionary<string, CatalogEntry> _entries = new(StringComparer.Ordinal);

    /// <param name="local">The user's documents.</param>
    public EndpointCatalog(IReadOnlyList<SpecInput> local)
    {
        var set = SpecSet.Read(local, ["**"]);
        var paths = ClientPath.All(set.Plan);
        foreach (var file in set.Plan.Files.OfType<EndpointFileModel>())
        {
            if (file.Endpoint is { } endpoint)
                _entries[endpoint.Id] = new CatalogEntry(set, file, paths[(file.App.Namespace, file.ClientName)]);
        }
    }

    public IEnumerable<CatalogEntry> Entries => _entries.Values.OrderBy(entry => entry.Id, StringComparer.Ordinal);

    /// <summary>The endpoint with this id, or null.</summary>
    public CatalogEntry? Find(string? id) => id is null ? null : _entries.GetValueOrDefault(id);
}

/// <summary>An endpoint of the catalog.</summary>
/// <param name="set">The documents.</param>
/// <param name="file">What the generator would emit for the endpoint.</param>
/// <param name="clientPath">The C# expression that leads to the client.</param>
internal sealed class CatalogEntry(SpecSet set, EndpointFileModel file, string clientPath)
{
    private readonly Lazy<KnownEndpoint?> _known = new(() => KnownEndpoint.In(set, file));
    private readonly Lazy<string> _form = new(() => new EndpointForm(KnownEndpoint.In(set, file)!, file, clientPath).ToText());

    public string Id => file.Endpoint!.Id;

    public string ClientPath => clientPath;

    public EndpointFileModel File => file;

    /// <summary>The document and its model.</summary>
    public KnownEndpoint Known => _known.Value ?? throw new ToolException($"The document of '{Id}' cannot be read.");

    /// <summary>The description from which the page builds its form, as JSON.</summary>
    public string Form => _form.Value;

    /// <summary>The app and the first part of the path, under which the page lists the endpoint: <c>kling-video v2.6</c>.</summary>
    public string Family
    {
        get
        {
            var parts = Id.Split('/');
            return parts.Length > 3 ? $"{parts[1]} {parts[2]}" : parts[1];
        }
    }
}
