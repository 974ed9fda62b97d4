using System;
using System.Collections.Generic;
using System.Threading;
using KlingGen.Json;
using KlingGen.Naming;
using KlingGen.Overlays;
using KlingGen.Schemas;

namespace KlingGen.Planning;

/// <summary>What adapters to Microsoft.Extensions.AI need of one document.</summary>
/// <param name="Key">The document's key.</param>
/// <param name="IsBundled">It came with the package.</param>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="Summary">One sentence about the endpoint; null if the document has none.</param>
/// <param name="InputSchema">The request's JSON Schema.</param>
/// <param name="MakesImages">It turns a prompt into images.</param>
/// <param name="ReadsAloud">It turns text into speech.</param>
internal sealed record EndpointSchema(
    string Key, bool IsBundled, string EndpointId, string? Summary, string InputSchema, bool MakesImages, bool ReadsAloud)
{
    /// <summary>Reads a document; null if it has no endpoint. Problems are reported where the document is read for its types.</summary>
    public static EndpointSchema? Read(SpecSource source, CancellationToken cancellation)
    {
        var root = DocumentReader.Read(source, new ReadContext(source, cancellation));
        if (root is null || SpecReader.FindEndpoint(root) is not { } endpoint) return null;
        var input = NamesOf(endpoint.Input, root);
        var output = NamesOf(endpoint.Output, root);
        return new EndpointSchema(
            source.Key,
            source.IsBundled,
            endpoint.Id,
            endpoint.Summary,
            Schemas.InputSchema.Write(endpoint.Input, root),
            input.Contains("prompt") && (output.Contains("images") || output.Contains("image")),
            input.Contains("text") && output.Contains("audio"));
    }

    private static List<string> NamesOf(SpecNode? schema, SpecNode root)
    {
        var names = new List<string>();
        foreach (var member in Schemas.InputSchema.PropertiesOf(schema, root)) names.Add(member.Name);
        return names;
    }
}

/// <summary>The adapters of one endpoint to Microsoft.Extensions.AI.</summary>
/// <param name="Client">The full name of the endpoint's client, without <c>global::</c>.</param>
/// <param name="ClassName">The class of the extension methods, unique without regard to case, since the file is called after it.</param>
/// <param name="Schema">The schema in the document.</param>
/// <param name="YieldsToFriends">The project grants other assemblies access to its internals, which then see two methods of one name.</param>
internal sealed record AIAdapterModel(string Client, string ClassName, EndpointSchema Schema, bool YieldsToFriends)
{
    /// <summary>
    /// One model per client, in ordinal order: for the clients of the project, and for those of referenced assemblies whose document the project has.
    /// </summary>
    public static IEnumerable<AIAdapterModel> FromSchemas(
        IEnumerable<EndpointSchema> schemas, Plan plan, ReferencedCode references, string rootNamespace)
    {
        var own = new Dictionary<string, EndpointFileModel>(StringComparer.Ordinal);
        foreach (var file in plan.Files)
        {
            if (file is EndpointFileModel { Endpoint: { } endpoint } planned) own[endpoint.Id] = planned;
        }

        var byClient = new SortedDictionary<string, EndpointSchema>(StringComparer.Ordinal);
        foreach (var schema in schemas)
        {
            var client = own.TryGetValue(schema.EndpointId, out var file)
                ? file.SpecKey == schema.Key ? rootNamespace + "." + file.App.Namespace + "." + file.ClientName : null
                : references.FindEndpoint(schema.EndpointId) is [var referenced] ? referenced.Client : null;

            // Of a document of the project's own and one of the package with one key, the project's wins.
            if (client is null || (byClient.TryGetValue(client, out var other) && !other.IsBundled)) continue;
            byClient[client] = schema;
        }

        var names = new NameSet(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in byClient)
            yield return new AIAdapterModel(pair.Key, names.Count(pair.Key.Replace('.', '_') + "AI"), pair.Value, references.GrantsAccess);
    }
}
