using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>
/// Merged view of a schema, the schemas that it references, and its <c>allOf</c> parts. For a keyword that occurs several
/// times, the first layer wins: a schema overrides what it references. Constraints and required names of all layers apply.
/// </summary>
internal sealed class SchemaView
{
    private readonly ServedDocument _document;
    private readonly List<JsonObject> _layers = [];
    private readonly HashSet<JsonArray> _taken = [];

    private SchemaView(ServedDocument document) => _document = document;

    public static SchemaView ForSchema(ServedDocument document, JsonNode? schema)
    {
        var view = new SchemaView(document);
        view.Add(schema);
        return view;
    }

    /// <summary>Creates the view of this schema with one of its <see cref="Choices"/>.</summary>
    public SchemaView With(JsonNode? choice)
    {
        var view = new SchemaView(_document);
        view.Add(choice);
        view._layers.AddRange(_layers.Except(view._layers));
        view._taken.UnionWith(_taken);
        if (ChoiceList is { } taken) view._taken.Add(taken);
        return view;
    }

    /// <summary>Whether a keyword is present, also with the value null.</summary>
    public bool Has(string keyword) => _layers.Any(layer => layer.ContainsKey(keyword));

    public JsonNode? this[string keyword] => _layers.FirstOrDefault(layer => layer.ContainsKey(keyword))?[keyword];

    /// <summary>The values of a keyword in all layers.</summary>
    public IEnumerable<JsonNode> All(string keyword) => _layers.Select(layer => layer[keyword]).OfType<JsonNode>();

    /// <summary>The largest or smallest number of a keyword in all layers, which is the effective bound.</summary>
    public double? Largest(string keyword) => Numbers(keyword).Cast<double?>().Max();

    /// <inheritdoc cref="Largest"/>
    public double? Smallest(string keyword) => Numbers(keyword).Cast<double?>().Min();

    public string? Text(string keyword) => this[keyword] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public JsonArray? List(string keyword) => this[keyword] as JsonArray;

    /// <summary>The allowed types; empty if the schema has none.</summary>
    public IReadOnlyList<string> Types => this["type"] switch
    {
        JsonArray types => [.. types.OfType<JsonValue>().Select(type => type.ToString())],
        JsonValue type => [type.ToString()],
        _ => [],
    };

    public bool IsNull => Types is ["null"];

    /// <summary>The branches, except null, of the first union from which no branch is chosen yet.</summary>
    public IReadOnlyList<JsonNode?> Choices => [.. (ChoiceList ?? []).Where(choice => !ForSchema(_document, choice).IsNull)];

    public bool AllowsNull
        => Types.Contains("null") || this["nullable"] is JsonValue word && word.TryGetValue<bool>(out var nullable) && nullable
            || (ChoiceList ?? []).Any(choice => ForSchema(_document, choice).IsNull);

    public IReadOnlySet<string> Required
        => All("required").OfType<JsonArray>().SelectMany(names => names.OfType<JsonValue>()).Select(name => name.ToString()).ToHashSet();

    /// <summary>The declared properties, in fal's order if there is one.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonNode?>> Properties
    {
        get
        {
            var all = All("properties").OfType<JsonObject>().SelectMany(properties => properties).DistinctBy(property => property.Key).ToList();
            if (List("x-fal-order-properties") is not { } order) return all;
            var places = order.Select(name => name?.ToString()).ToList();
            return [.. all.OrderBy(property => (uint)places.IndexOf(property.Key))]; // unlisted properties come last
        }
    }

    /// <summary>The view of a property, also if only a branch of a union declares it; an empty schema if none does.</summary>
    public SchemaView Property(string name)
    {
        var own = All("properties").OfType<JsonObject>().FirstOrDefault(properties => properties.ContainsKey(name));
        if (own is not null) return ForSchema(_document, own[name]);
        foreach (var choice in Choices)
        {
            if (ForSchema(_document, choice).Property(name) is { IsEmpty: false } found) return found;
        }
        return ForSchema(_document, this["additionalProperties"]);
    }

    /// <summary>The view of a list's items, also if only a branch of a union is a list.</summary>
    public SchemaView Items
    {
        get
        {
            if (this["items"] is JsonObject items) return ForSchema(_document, items);
            return Choices.Select(choice => ForSchema(_document, choice).Items).FirstOrDefault(view => !view.IsEmpty) ?? ForSchema(_document, null);
        }
    }

    public bool IsEmpty => _layers.All(layer => layer.Count == 0);

    private JsonArray? ChoiceList => All("anyOf").Concat(All("oneOf")).OfType<JsonArray>().FirstOrDefault(list => !_taken.Contains(list));

    private void Add(JsonNode? schema)
    {
        if (schema is not JsonObject layer || _layers.Contains(layer)) return;
        _layers.Add(layer);
        if (layer.ContainsKey("$ref")) Add(_document.Resolve(layer));
        foreach (var part in layer["allOf"] as JsonArray ?? []) Add(part);
    }

    private IEnumerable<double> Numbers(string keyword)
        => All(keyword).OfType<JsonValue>().Select(value => value.TryGetValue<double>(out var number) ? number : double.NaN).Where(double.IsFinite);
}
