using KlingGen.Cli.Checking;
using KlingGen.Cli.Documents;
using KlingGen.Model;
using KlingGen.Planning;
using KlingGen.Specs;

namespace KlingGen.Cli.Running;

/// <summary>An endpoint whose document is at hand.</summary>
/// <param name="Model">What the document says, by which requests are read and checked as the typed clients check them.</param>
/// <param name="Document">The document itself, its overlays applied.</param>
internal sealed record KnownEndpoint(SpecModel Model, JsonNode Document)
{
    /// <summary>The request; null where it has no shape.</summary>
    public ObjectModel? Request => Find(Model.Endpoint!.Input) as ObjectModel;

    public TypeModel? Find(TypeUse use)
    {
        foreach (var type in Model.Types)
        {
            if (type.Name == use.Name) return type;
        }

        return null;
    }

    /// <summary>What NJsonSchema says about a request; empty if nothing, or if it cannot read the document.</summary>
    public IReadOnlyList<string> SchemaFaults(string json)
        => SchemaName() is { } name && SchemaJudge.Of(Document)?.Find(name) is { } schema ? SchemaJudge.Faults(schema, json) : [];

    /// <summary>Finds the endpoint's document: the user's own before the bundled one, as the generator would.</summary>
    public static KnownEndpoint? Find(string id, IReadOnlyList<SpecInput> local)
    {
        var set = SpecSet.Read(local, ["**"]);
        foreach (var file in set.Plan.Files.OfType<EndpointFileModel>())
        {
            if (file.Endpoint?.Id != id) continue;
            var at = Enumerable.Range(0, set.Sources.Count).First(i => ReferenceEquals(set.Readings[i].Model?.Endpoint, file.Endpoint));
            return SpecReader.ReadJson(set.Sources[at], new ReadContext(set.Sources[at])) is { } document ? new KnownEndpoint(set.Readings[at].Model!, document) : null;
        }

        return null;
    }

    private string? SchemaName()
    {
        const string Pointer = "#/components/schemas/";
        foreach (var path in Document.Get("paths")?.Members ?? [])
        {
            var schema = path.Value.Get("post")?.Get("requestBody")?.Get("content")?.Get("application/json")?.Get("schema");
            if (schema?.Get("$ref") is { Kind: JsonKind.String } reference && reference.Text.StartsWith(Pointer, StringComparison.Ordinal)) return reference.Text[Pointer.Length..];
        }

        return null;
    }
}
