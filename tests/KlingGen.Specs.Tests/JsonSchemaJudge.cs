using Fal.Emulation;
using NJsonSchema;

namespace KlingGen.Specs.Tests;

/// <summary>
/// NJsonSchema's opinion of an instance. It reads the types of a document as they stand, except that the pointers lead to <c>definitions</c> and that
/// <c>const</c>, which it does not know, becomes an enum of one.
/// </summary>
internal sealed class JsonSchemaJudge
{
    private readonly JsonObject _definitions;
    private readonly Dictionary<(string Type, bool DemandRequired), JsonSchema> _schemas = [];

    public JsonSchemaJudge(JsonObject document) => _definitions = Translate(document.Schemas())!.AsObject();

    /// <summary>What is wrong with the instance; empty if nothing is.</summary>
    public IReadOnlyList<string> Problems(string type, JsonNode? instance) => Problems(type, demandRequired: true, instance);

    /// <summary>The same for the value of one property, whatever else the type requires.</summary>
    public IReadOnlyList<string> PropertyProblems(string type, string property, JsonNode? instance) =>
        Problems(type, demandRequired: false, new JsonObject { [property] = instance?.DeepClone() });

    private List<string> Problems(string type, bool demandRequired, JsonNode? instance)
    {
        if (!_schemas.TryGetValue((type, demandRequired), out var schema))
            _schemas[(type, demandRequired)] = schema = SchemaReading.Read(Root(type, demandRequired).ToJsonString());
        return [.. schema.Validate(instance?.ToJsonString() ?? "null").Select(p => $"{p.Path}: {p.Kind}")];
    }

    /// <summary>The type, with all others at hand for its pointers.</summary>
    private JsonObject Root(string type, bool demandRequired)
    {
        var root = _definitions[type]!.DeepClone().AsObject();
        if (!demandRequired) root.Remove("required");
        root["definitions"] = _definitions.DeepClone();
        return root;
    }

    private static JsonNode? Translate(JsonNode? node)
    {
        if (node is JsonArray array) return new JsonArray([.. array.Select(Translate)]);
        if (node is not JsonObject source) return node?.DeepClone();
        var result = new JsonObject();
        foreach (var (key, value) in source)
        {
            if (key == "$ref") result[key] = ((string)value!).Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal);
            else if (key == "const") result["enum"] = new JsonArray(value!.DeepClone());
            else if (key is not ("examples" or "default" or "description")) result[key] = Translate(value);
        }

        return result;
    }
}
