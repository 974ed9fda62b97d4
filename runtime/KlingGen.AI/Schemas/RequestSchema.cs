using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fal;

/// <summary>The JSON Schema of a request: its properties, the required ones, and the values of its enums.</summary>
internal sealed class RequestSchema
{
    private const string DefinitionPrefix = "#/$defs/";

    public RequestSchema(string json)
    {
        Json = ArgumentJson.Parse(Encoding.UTF8.GetBytes(json));
        if (Json.ValueKind != JsonValueKind.Object) throw new ArgumentException("The input schema must be a JSON object.", nameof(json));
    }

    public JsonElement Json { get; }

    /// <summary>Whether the request has this property.</summary>
    public bool Knows(string name) => Find(name) is not null;

    /// <summary>Gets the first of these names that is a property of the request; null if none is.</summary>
    public string? FirstKnown(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Knows(name)) return name;
        }
        return null;
    }

    /// <summary>Whether a property is a list.</summary>
    public bool IsList(string name)
        => Find(name) is { } member
            && Variants(member).Any(static schema => schema.TryGetProperty("type", out var type) && Types(type).Contains("array"));

    /// <summary>The strings that a property may have; empty if the schema does not list them.</summary>
    public IReadOnlyList<string> ValuesOf(string name)
        => Find(name) is not { } member ? [] :
        [
            .. Variants(member).Where(static schema => schema.TryGetProperty("enum", out _))
                .SelectMany(static schema => schema.GetProperty("enum").EnumerateArray())
                .Where(static value => value.ValueKind == JsonValueKind.String).Select(static value => value.GetString()!),
        ];

    /// <summary>Lists unknown properties, which models may invent, and missing required properties.</summary>
    public IReadOnlyList<string> Faults(JsonObject request)
    {
        var faults = new List<string>();
        if (Json.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            var known = string.Join(", ", properties.EnumerateObject().Select(static property => property.Name));
            faults.AddRange(request.Where(member => !properties.TryGetProperty(member.Key, out _))
                .Select(member => $"'{member.Key}' is not an argument; the arguments are {known}."));
        }
        if (Json.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
        {
            faults.AddRange(required.EnumerateArray().Select(static name => name.GetString()!).Where(name => !request.ContainsKey(name))
                .Select(static name => $"'{name}' is required."));
        }
        return faults;
    }

    // "type" is a name or a list of names.
    private static IEnumerable<string?> Types(JsonElement type)
        => (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().AsEnumerable() : [type])
            .Select(static name => name.ValueKind == JsonValueKind.String ? name.GetString() : null);

    private JsonElement? Find(string name)
        => Json.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            && properties.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object ? member : null;

    /// <summary>The schema itself, the definition that it references, and the branches of a union.</summary>
    private IEnumerable<JsonElement> Variants(JsonElement schema)
    {
        yield return schema;
        if (Definition(schema) is { } definition) yield return definition;
        foreach (var keyword in (string[])["anyOf", "oneOf", "allOf"])
        {
            if (!schema.TryGetProperty(keyword, out var choices) || choices.ValueKind != JsonValueKind.Array) continue;
            foreach (var choice in choices.EnumerateArray().Where(static choice => choice.ValueKind == JsonValueKind.Object))
            {
                yield return choice;
                if (Definition(choice) is { } named) yield return named;
            }
        }
    }

    private JsonElement? Definition(JsonElement schema)
        => schema.TryGetProperty("$ref", out var reference) && reference.GetString() is { } pointer
            && pointer.StartsWith(DefinitionPrefix, StringComparison.Ordinal)
            && Json.TryGetProperty("$defs", out var definitions) && definitions.TryGetProperty(pointer[DefinitionPrefix.Length..], out var found)
            && found.ValueKind == JsonValueKind.Object ? found : null;
}
