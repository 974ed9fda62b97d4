using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>
/// A schema with everything that holds beside it: what it refers to and what it joins with <c>allOf</c>. The innermost word counts where several are
/// said; limits and required names count all.
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

    /// <summary>This schema once one of its <see cref="Choices"/> is taken.</summary>
    public SchemaView With(JsonNode? choice)
    {
        var view = new SchemaView(_document);
        view.Add(choice);
        view._layers.AddRange(_layers.Except(view._layers));
        view._taken.UnionWith(_taken);
        if (ChoiceList is { } taken) view._taken.Add(taken);
        return view;
    }

    /// <summary>Whether a keyword is there, also with the value null.</summary>
    public bool Has(string keyword) => _layers.Any(layer => layer.ContainsKey(keyword));

    public JsonNode? this[string keyword] => _layers.FirstOrDefault(layer => layer.ContainsKey(keyword))?[keyword];

    /// <summary>What all layers say.</summary>
    public IEnumerable<JsonNode> All(string keyword) => _layers.Select(layer => layer[keyword]).OfType<JsonNode>();

    /// <summary>The lowest or highest limit that all layers keep to.</summary>
    public double? Largest(string keyword) => Numbers(keyword).Cast<double?>().Max();

    /// <inheritdoc cref="Largest"/>
    public double? Smallest(string keyword) => Numbers(keyword).Cast<double?>().Min();

    public string? Text(string keyword) => this[keyword] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public JsonArray? List(string keyword) => this[keyword] as JsonArray;

    /// <summary>The types that are allowed; empty if nothing is said.</summary>
    public IReadOnlyList<string> Types => this["type"] switch
    {
        JsonArray types => [.. types.OfType<JsonValue>().Select(type => type.ToString())],
        JsonValue type => [type.ToString()],
        _ => [],
    };

    public bool IsNull => Types is ["null"];

    /// <summary>The choices other than null, of the first list of choices of which none is taken yet.</summary>
    public IReadOnlyList<JsonNode?> Choices => [.. (ChoiceList ?? []).Where(choice => !ForSchema(_document, choice).IsNull)];

    public bool AllowsNull
        => Types.Contains("null") || this["nullable"] is JsonValue word && word.TryGetValue<bool>(out var nullable) && nullable
            || (ChoiceList ?? []).Any(choice => ForSchema(_document, choice).IsNull);

    public IReadOnlySet<string> Required
        => All("required").OfType<JsonArray>().SelectMany(names => names.OfType<JsonValue>()).Select(name => name.ToString()).ToHashSet();

    /// <summary>The declared properties, in fal's order where it gives one.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonNode?>> Properties
    {
        get
        {
            var all = All("properties").OfType<JsonObject>().SelectMany(properties => properties).DistinctBy(property => property.Key).ToList();
            if (List("x-fal-order-properties") is not { } order) return all;
            var places = order.Select(name => name?.ToString()).ToList();
            return [.. all.OrderBy(property => (uint)places.IndexOf(property.Key))]; // those without a place come last
        }
    }

    /// <summary>The view of a property, also of one that only a choice declares; a schema that says nothing if none does.</summary>
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

    /// <summary>The view of a list's items, also where only a choice is a list.</summary>
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
