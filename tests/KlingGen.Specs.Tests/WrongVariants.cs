namespace KlingGen.Specs.Tests;

internal enum WrongKind
{
    Missing,
    Null,
    WrongType,
    NotInEnum,
    BelowMinimum,
    AboveMaximum,
    TooLong,
    TooFewItems,
    TooManyItems,
    NotAnObject,
}

/// <summary>A request with exactly one fault. <c>Path</c> is the wire path of the fault, <c>Body</c> the whole request.</summary>
internal sealed record WrongVariant(WrongKind Kind, string Path, JsonNode? Body)
{
    public override string ToString() => $"{Kind} at {(Path.Length == 0 ? "the root" : Path)}: {Body?.ToJsonString() ?? "null"}";
}

/// <summary>
/// Makes every request that differs from a right one by one fault which the document forbids. Needs nothing but the document and the request, so that
/// any judge (NJsonSchema, our own validators, an emulator) can be asked. A document with its overlay applied gives the
/// faults of the overlay's simple limits too.
/// </summary>
internal sealed class WrongVariants
{
    private readonly JsonObject _document;
    private readonly JsonObject _right;
    private readonly List<WrongVariant> _made = [];

    private WrongVariants(JsonObject document, JsonObject right) => (_document, _right) = (document, right);

    public static IReadOnlyList<WrongVariant> Of(JsonObject document, JsonObject right)
    {
        var variants = new WrongVariants(document, right);
        variants.OfObject("", document.Schema(document.InputName()), right, body => body);
        foreach (JsonNode? root in new JsonNode?[] { null, "text", 7, true, new JsonArray(), new JsonArray(right.DeepClone()) })
            variants._made.Add(new(WrongKind.NotAnObject, "", root));
        return variants._made;
    }

    /// <summary>A choice that takes every kind and every property before it repeats one.</summary>
    public static IReadOnlyList<WrongVariant> Pick(IReadOnlyList<WrongVariant> variants, int count)
    {
        var byKind = variants.GroupBy(v => v.Kind).SelectMany(g => g.Select((variant, round) => (variant, round)));
        return [.. byKind.OrderBy(v => v.round).Take(count).Select(v => v.variant)];
    }

    /// <param name="find">Leads from a copy of the right request to the object whose members are spoilt.</param>
    private void OfObject(string path, JsonObject type, JsonObject right, Func<JsonObject, JsonObject> find)
    {
        var required = SpecDocument.Strings(type["required"]);
        foreach (var (name, property) in type["properties"]!.AsObject())
        {
            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (required.Contains(name)) Add(WrongKind.Missing, at, body => find(body).Remove(name));
            OfValue(at, property!.AsObject(), right[name], (body, value) => find(body)[name] = value, body => find(body)[name]!);
        }
    }

    private void OfValue(string path, JsonObject property, JsonNode? right, Action<JsonObject, JsonNode?> set, Func<JsonObject, JsonNode> get)
    {
        void Wrong(WrongKind kind, JsonNode? value) => Add(kind, path, body => set(body, value));
        if (!SpecDocument.AllowsNull(property)) Wrong(WrongKind.Null, null);
        var schema = SpecDocument.WithoutNull(_document.Resolve(SpecDocument.WithoutNull(property)));
        foreach (var value in OfOtherType((string)schema["type"]!)) Wrong(WrongKind.WrongType, value);
        if (schema["enum"] is not null || schema["const"] is not null)
        {
            Wrong(WrongKind.NotInEnum, "no such word");
            Wrong(WrongKind.NotInEnum, "");
        }

        if (schema["minimum"] is { } minimum) Wrong(WrongKind.BelowMinimum, Beyond(minimum, -1, schema));
        if (schema["maximum"] is { } maximum) Wrong(WrongKind.AboveMaximum, Beyond(maximum, 1, schema));
        if (schema["maxLength"] is { } length) Wrong(WrongKind.TooLong, new string('a', (int)length + 1));
        if ((string)schema["type"]! == "object" && right is JsonObject inner) OfObject(path, schema, inner, body => get(body).AsObject());
        if ((string)schema["type"]! == "array") OfArray(path, schema, right as JsonArray, set, get);
    }

    private void OfArray(string path, JsonObject schema, JsonArray? right, Action<JsonObject, JsonNode?> set, Func<JsonObject, JsonNode> get)
    {
        var item = schema["items"]!.AsObject();
        JsonArray Repeated(int count) => [.. Enumerable.Range(0, count).Select(_ => ExampleRequests.Value(_document, item))];
        if ((int?)schema["maxItems"] is { } most) Add(WrongKind.TooManyItems, path, body => set(body, Repeated(most + 1)));
        if ((int?)schema["minItems"] is { } fewest and > 0) Add(WrongKind.TooFewItems, path, body => set(body, Repeated(fewest - 1)));
        if (right is not { Count: > 0 }) return;
        OfValue($"{path}.0", item, right[0], (body, value) => get(body).AsArray()[0] = value, body => get(body).AsArray()[0]!);
    }

    private void Add(WrongKind kind, string path, Action<JsonObject> spoil)
    {
        var body = _right.DeepClone().AsObject();
        spoil(body);
        _made.Add(new(kind, path, body));
    }

    private static JsonNode?[] OfOtherType(string type) => type switch
    {
        "string" => [12, true, new JsonObject(), new JsonArray("text")],
        "integer" => ["12", 1.5, false, new JsonObject()],
        "number" => ["0.5", true, new JsonArray(0.5)],
        "boolean" => ["true", 1, new JsonArray(true)],
        "array" => ["text", 1, new JsonObject(), new JsonArray(new JsonArray())],
        "object" => ["text", 1, false, new JsonArray()],
        _ => throw new InvalidOperationException($"No wrong value is known for the type '{type}'."),
    };

    private static JsonNode Beyond(JsonNode limit, int direction, JsonObject schema) =>
        (string)schema["type"]! == "integer" ? (long)limit + direction : (double)limit + (direction * 0.01);
}
