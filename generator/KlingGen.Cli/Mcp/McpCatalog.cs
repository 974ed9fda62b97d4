using System.Collections.Concurrent;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Listing;
using KlingGen.Cli.Running;
using KlingGen.Planning;

namespace KlingGen.Cli.Mcp;

/// <summary>The endpoints whose documents are at hand: the user's and those that come with the tool. Read once, at the first question.</summary>
internal sealed class McpCatalog(IReadOnlyList<SpecInput> local)
{
    private readonly Lazy<Content> _content = new(() => Content.Read(local));
    private readonly ConcurrentDictionary<string, KnownEndpoint> _known = new(StringComparer.Ordinal);

    /// <summary>The endpoints that have every one of these words in their id or summary, in ordinal order.</summary>
    public IEnumerable<(string Id, string? Summary)> Search(IReadOnlyList<string> words)
        => from file in _content.Value.Files.Values
           let endpoint = file.Endpoint!
           let text = endpoint.Id + " " + endpoint.Summary
           where words.All(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))
           orderby endpoint.Id
           select (endpoint.Id, endpoint.Summary);

    /// <exception cref="ToolException">There is no document for this id.</exception>
    public KnownEndpoint Find(string id) => _known.GetOrAdd(id, Read);

    /// <summary>What the list of endpoints shows about one.</summary>
    /// <exception cref="ToolException">There is no document for this id.</exception>
    public EndpointEntry Describe(string id) => _content.Value.Entries.GetValueOrDefault(id) ?? throw Missing(id);

    private KnownEndpoint Read(string id)
        => _content.Value.Files.TryGetValue(id, out var file) && KnownEndpoint.In(_content.Value.Set, file) is { } known ? known : throw Missing(id);

    private ToolException Missing(string id)
    {
        var next = EndpointHint.Nearest(id, [.. _content.Value.Files.Keys]) is { } nearest ? $"did you mean '{nearest}'?"
            : "'search' finds those that are known, and the user can fetch others with 'klinggen pull'.";
        return new ToolException($"There is no document for '{id}', so its requests cannot be checked; {next}");
    }

    private sealed record Content(
        SpecSet Set, IReadOnlyDictionary<string, EndpointFileModel> Files, IReadOnlyDictionary<string, EndpointEntry> Entries)
    {
        public static Content Read(IReadOnlyList<SpecInput> local)
        {
            var set = SpecSet.Read(local, ["**"]);
            var files = set.Plan.Files.OfType<EndpointFileModel>().Where(file => file.Endpoint is not null);
            return new Content(
                set,
                files.ToDictionary(file => file.Endpoint!.Id, StringComparer.Ordinal),
                EndpointList.FromSpecs(set).ToDictionary(entry => entry.Id, StringComparer.Ordinal));
        }
    }
}
