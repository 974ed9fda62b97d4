using KlingGen.Cli.Checking;
using KlingGen.Cli.Documents;
using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Overlays;
using KlingGen.Planning;
using KlingGen.Schemas;

namespace KlingGen.Cli.Running;

/// <summary>An endpoint whose document is at hand.</summary>
/// <param name="model">The model of the document, by which requests are read and validated as typed clients do.</param>
/// <param name="document">The document itself, its overlays applied.</param>
internal sealed class KnownEndpoint(SpecModel model, SpecNode document)
{
    // Reading the schemas takes longer than a check by them, and a batch has many requests.
    private readonly Lazy<NJsonSchema.JsonSchema?> _schema = new(
        () => SchemaName(document) is { } name ? SchemaValidator.FromDocument(document)?.Find(name) : null);

    public SpecModel Model => model;

    public SpecNode Document => document;

    /// <summary>The document and its overlays as they were read.</summary>
    public required SpecSource Source { get; init; }

    /// <summary>The request; null where it has no shape.</summary>
    public ObjectModel? Request => Find(Model.Endpoint!.Input) as ObjectModel;

    /// <summary>The type of the request.</summary>
    public TypeUse RequestUse => new() { Kind = TypeKind.Object, Name = Request?.Name };

    /// <summary>The type of a property, an element or a map's value; null if the document does not define it.</summary>
    /// <param name="use">The type of what holds it.</param>
    /// <param name="step">The name of the property, or the index.</param>
    public TypeUse? TypeInside(TypeUse? use, string step) => use?.Kind switch
    {
        TypeKind.Object => (Find(use) as ObjectModel)?.Properties.FirstOrDefault(property => property.WireName == step)?.Type,
        TypeKind.List or TypeKind.Map => use.Element,
        _ => null,
    };

    /// <summary>Whether a value of this type can be media.</summary>
    public bool TakesMedia(TypeUse use) => use.Kind == TypeKind.Media
        || (use.Kind == TypeKind.Union && Find(use) is UnionModel union && union.Branches.Any(branch => branch.Type.Kind == TypeKind.Media));

    public TypeModel? Find(TypeUse use)
    {
        foreach (var type in Model.Types)
        {
            if (type.Name == use.Name) return type;
        }

        return null;
    }

    /// <summary>The errors that NJsonSchema finds in a request; empty if there are none, or if it cannot read the document.</summary>
    public IReadOnlyList<string> SchemaFaults(string json)
        => _schema.Value is { } schema ? SchemaValidator.Faults(schema, json) : [];

    /// <summary>Finds the endpoint's document: the user's own before the bundled one, as the generator would.</summary>
    public static KnownEndpoint? Find(string id, IReadOnlyList<SpecInput> local) => Find(id, SpecSet.Read(local, ["**"]));

    /// <summary>Finds the endpoint's document among those that were read.</summary>
    public static KnownEndpoint? Find(string id, SpecSet set)
        => set.Plan.Files.OfType<EndpointFileModel>().FirstOrDefault(file => file.Endpoint?.Id == id) is { } file ? In(set, file) : null;

    /// <summary>The document of an endpoint that is part of a set; null if it cannot be read.</summary>
    public static KnownEndpoint? In(SpecSet set, EndpointFileModel file)
    {
        var at = Enumerable.Range(0, set.Sources.Count).First(i => ReferenceEquals(set.Readings[i].Model?.Endpoint, file.Endpoint));
        var document = DocumentReader.Read(set.Sources[at], new ReadContext(set.Sources[at]));
        return document is null ? null : new KnownEndpoint(set.Readings[at].Model!, document) { Source = set.Sources[at] };
    }

    /// <summary>
    /// A request as a value of the document, from which C# can be written; null if it does not fit the document.
    /// </summary>
    public ValueModel? ReadValue(string json)
    {
        if (RequestSchema(document) is not { } schema || JsonReader.Read(json).Root is not { } request) return null;
        var types = new SchemaReader(Document.Get("components")!.Get("schemas")!, new ReadContext(Source));
        var input = types.ReadRoot(schema, TypeRole.Input | TypeRole.InputRoot);
        return ValueValidator.Fault(request, input, types) is null ? ValueReader.Read(request, input, types) : null;
    }

    private static string? SchemaName(SpecNode document)
    {
        const string Pointer = "#/components/schemas/";
        return RequestSchema(document)?.Get("$ref") is { Kind: JsonKind.String } reference
            && reference.Text.StartsWith(Pointer, StringComparison.Ordinal)
            ? reference.Text[Pointer.Length..] : null;
    }

    private static SpecNode? RequestSchema(SpecNode document)
    {
        foreach (var path in document.Get("paths")?.Members ?? [])
        {
            var body = path.Value.Get("post")?.Get("requestBody");
            if (body?.Get("content")?.Get("application/json")?.Get("schema") is { } schema) return schema;
        }

        return null;
    }
}
