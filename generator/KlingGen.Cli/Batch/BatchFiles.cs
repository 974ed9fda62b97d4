using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fal;
using Fal.Jobs;
using KlingGen.Cli.Running;

namespace KlingGen.Cli.Batch;

/// <summary>The local files of a batch. Their paths count from the folder of the file with the jobs.</summary>
/// <param name="folder">That folder.</param>
internal sealed class BatchFiles(string folder)
{
    // A file is opened and hashed once, however many jobs name it.
    private readonly ConcurrentDictionary<string, FalMedia> _media = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<FalMedia, string> _paths = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<string, Lazy<(long Length, string Sha256)>> _contents = new(StringComparer.Ordinal);

    /// <summary>Opens a file.</summary>
    /// <exception cref="ToolException">It is not there.</exception>
    public FalMedia Open(string path)
    {
        var full = Path.GetFullPath(path, folder);
        if (!File.Exists(full)) throw new ToolException($"there is no file '{path}' (a path counts from the folder of the jobs)");
        return _media.GetOrAdd(full, key =>
        {
            var media = FalMedia.FromFile(key);
            _paths[media] = key;
            return media;
        });
    }

    /// <summary>Replaces local files of an input by null and returns references with JSON path, length and hash.</summary>
    /// <exception cref="ToolException">A file cannot be read.</exception>
    public (JsonElement Input, IReadOnlyList<FalMediaReference> Media) Detach(JsonObject input)
    {
        var references = new List<FalMediaReference>();
        return (JsonSerializer.SerializeToElement(Detached(input, "", references)), references);
    }

    private JsonNode? Detached(JsonNode? node, string pointer, List<FalMediaReference> references)
    {
        switch (node)
        {
            case JsonObject members:
                return new JsonObject(members.Select(member
                    => KeyValuePair.Create(member.Key, Detached(member.Value, $"{pointer}/{Escape(member.Key)}", references))));
            case JsonArray items:
                return new JsonArray([.. items.Select((item, index)
                    => Detached(item, FormattableString.Invariant($"{pointer}/{index}"), references))]);
        }
        if (RequestValue.MediaOf(node) is not { } media) return node?.DeepClone();
        var path = _paths[media];
        var (length, hash) = _contents.GetOrAdd(path, static key => new(() => Hash(key))).Value;
        references.Add(new FalMediaReference { JsonPointer = pointer, Path = path, Length = length, Sha256 = hash });
        return null;
    }

    private static (long Length, string Sha256) Hash(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return (stream.Length, Convert.ToHexString(SHA256.HashData(stream)).ToLowerInvariant());
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"the file '{path}' cannot be read: {ex.Message}", ex);
        }
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
