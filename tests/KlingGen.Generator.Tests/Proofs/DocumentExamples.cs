using Newtonsoft.Json.Linq;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>Finds the examples of a document and puts each into the smallest instance that can hold it.</summary>
internal sealed class DocumentExamples
{
    private readonly JObject _document;

    public DocumentExamples(JObject document) => _document = document;

    public string? EndpointId => Post?.Name.Trim('/');

    public JToken? Input => SchemaOf(Post?.Value["post"]?["requestBody"]);

    public JToken? Output => SchemaOf(
        Paths.FirstOrDefault(path => path.Name.EndsWith("/requests/{request_id}", StringComparison.Ordinal))?.Value["get"]?["responses"]?["200"]);

    private IEnumerable<JProperty> Paths => (_document["paths"] as JObject)?.Properties() ?? [];

    private JProperty? Post => Paths.FirstOrDefault(path => !path.Name.Contains('{', StringComparison.Ordinal) && path.Value["post"] is JObject);

    /// <summary>Whole instances of the schema, one per example at or below it, and where the example stood.</summary>
    public IEnumerable<(string Place, JToken Instance)> Instances(JToken root) => Walk(root, value => value, "", []);

    private IEnumerable<(string Place, JToken Instance)> Walk(JToken node, Func<JToken, JToken> wrap, string place, HashSet<string> seen)
    {
        if ((string?)node["$ref"] is { } reference && !seen.Add(reference)) yield break;
        if (Resolve(node) is not { } schema) yield break;
        foreach (var example in ExamplesOf(schema)) yield return (place, wrap(example));

        foreach (var choice in Choices(schema))
        {
            foreach (var found in Walk(choice, wrap, place, seen)) yield return found;
        }

        if (schema["items"] is JObject items && !items.ContainsKey("0"))
        {
            foreach (var found in Walk(
                items,
                value => wrap(new JArray(Enumerable.Repeat(value, Math.Max(1, (int?)schema["minItems"] ?? 1)))),
                place + "[]",
                seen)) yield return found;
        }

        if (schema["additionalProperties"] is JObject { Count: > 0 } values)
        {
            foreach (var found in Walk(values, value => wrap(new JObject { ["some key"] = value }), place + "{}", seen)) yield return found;
        }

        foreach (var property in (schema["properties"] as JObject)?.Properties() ?? [])
        {
            JToken Around(JToken value)
            {
                var holder = Smallest(schema, 0) as JObject ?? [];
                holder[property.Name] = value;
                return wrap(holder);
            }

            foreach (var found in Walk(property.Value, Around, place + "." + property.Name, seen)) yield return found;
        }
    }

    /// <summary>The least that the schema asks for, from its own examples and defaults where it has some.</summary>
    public JToken Smallest(JToken node, int depth)
    {
        if (Resolve(node) is not { } schema || depth > 16) return new JObject();
        if (depth > 0)
        {
            if (schema["const"] is { } constant) return constant.DeepClone();
            if (ExamplesOf(schema).FirstOrDefault(example => example.Type != JTokenType.Null) is { } example) return example.DeepClone();
            if (schema["default"] is { Type: not JTokenType.Null } fallback) return fallback.DeepClone();
        }

        if (schema["enum"] is JArray { Count: > 0 } words) return words[0].DeepClone();
        if (schema["properties"] is JObject properties)
        {
            var result = new JObject();
            foreach (var name in (schema["required"] as JArray ?? []).Select(name => (string)name!))
                result[name] = properties[name] is { } property ? Smallest(property, depth + 1) : new JObject();
            return result;
        }

        if (Choices(schema).FirstOrDefault(choice => (string?)choice["type"] != "null") is { } first) return Smallest(first, depth + 1);
        return (string?)(schema["type"] is JArray types ? types[0] : schema["type"]) switch
        {
            "string" => new string('a', Math.Max(1, (int?)schema["minLength"] ?? 1)),
            "integer" => schema["minimum"]?.DeepClone() ?? (schema["exclusiveMinimum"] is { Type: JTokenType.Integer } above ? (long)above + 1 : 1),
            "number" => schema["minimum"]?.DeepClone() ?? 0.5,
            "boolean" => true,
            "array" => new JArray(
                Enumerable.Range(0, (int?)schema["minItems"] ?? 0).Select(_ => Smallest(schema["items"] ?? new JObject(), depth + 1))),
            _ => new JObject(),
        };
    }

    private static IEnumerable<JToken> Choices(JObject schema)
        => ((string[])["allOf", "anyOf", "oneOf"]).SelectMany(word => schema[word] as JArray ?? []);

    private static IEnumerable<JToken> ExamplesOf(JObject schema)
        => (schema["examples"] as JArray ?? []).Concat(schema["example"] is { } single ? [single] : []);

    private JObject? Resolve(JToken node)
    {
        for (var steps = 0; steps < 20; steps++)
        {
            if (node is not JObject schema) return null;
            if ((string?)schema["$ref"] is not { } reference) return schema;
            if (_document["components"]!["schemas"]![Fal.Emulation.JsonSchemaDocument.ComponentName(reference)!] is not { } target) return null;
            node = target;
        }

        return null;
    }

    private static JToken? SchemaOf(JToken? body) => body?["content"]?["application/json"]?["schema"];
}
