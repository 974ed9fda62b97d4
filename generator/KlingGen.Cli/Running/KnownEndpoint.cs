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
    /// <summary>The document and its overlays as they were read.</summary>
    public required SpecSource Source { get; init; }

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
        return set.Plan.Files.OfType<EndpointFileModel>().FirstOrDefault(file => file.Endpoint?.Id == id) is { } file ? In(set, file) : null;
    }

    /// <summary>The document of an endpoint that is part of a set; null if it cannot be read.</summary>
    public static KnownEndpoint? In(SpecSet set, EndpointFileModel file)
    {
        var at = Enumerable.Range(0, set.Sources.Count).First(i => ReferenceEquals(set.Readings[i].Model?.Endpoint, file.Endpoint));
        var document = SpecReader.ReadJson(set.Sources[at], new ReadContext(set.Sources[at]));
        return document is null ? null : new KnownEndpoint(set.Readings[at].Model!, document) { Source = set.Sources[at] };
    }

    /// <summary>
    /// A request as a value of the document, from which C# can be written; null if it does not fit the document.
    /// </summary>
    public ValueModel? ReadValue(string json)
    {
        if (RequestSchema() is not { } schema || JsonReader.Read(json).Root is not { } request) return null;
        var types = new SchemaReader(Document.Get("components")!.Get("schemas")!, new ReadContext(Source));
        var input = types.ReadRoot(schema, TypeRole.Input | TypeRole.InputRoot);
        return ValueJudge.Fault(request, input, types) is null ? ValueReader.Read(request, input, types) : null;
    }

    private string? SchemaName()
    {
        const string Pointer = "#/components/schemas/";
        return RequestSchema()?.Get("$ref") is { Kind: JsonKind.String } reference && reference.Text.StartsWith(Pointer, StringComparison.Ordinal)
            ? reference.Text[Pointer.Length..] : null;
    }

    private JsonNode? RequestSchema()
    {
        foreach (var path in Document.Get("paths")?.Members ?? [])
        {
            var body = path.Value.Get("post")?.Get("requestBody");
            if (body?.Get("content")?.Get("application/json")?.Get("schema") is { } schema) return schema;
        }

        return null;
    }
}
