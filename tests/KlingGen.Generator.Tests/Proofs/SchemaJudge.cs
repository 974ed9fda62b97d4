using Fal.Emulation;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>
/// NJsonSchema's verdict on an instance. It is given the document's schemas as they stand, as far as JSON Schema has the words: <c>const</c> becomes an enum of one, <c>nullable</c> a
/// choice, what stands beside a reference is joined to it, and what does not judge (examples, formats, marks of fal's) is left out.
/// </summary>
internal sealed class SchemaJudge
{
    private static readonly HashSet<string> Silent = new(StringComparer.Ordinal)
    {
        "examples", "example", "default", "description", "title", "format", "discriminator", "ui", "deprecated", "_fal_ui_field", "$comment", "readOnly", "writeOnly", "contentMediaType", "contentEncoding",
    };

    private readonly JObject _definitions = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<JToken, JsonSchema> _schemas = new(ReferenceEqualityComparer.Instance);

    public SchemaJudge(JObject document)
    {
        var components = (JObject)document["components"]!["schemas"]!;
        foreach (var component in components.Properties()) _names.Add(component.Name, "d" + _names.Count);
        foreach (var component in components.Properties()) _definitions[_names[component.Name]] = Schema(component.Value);
    }

    public static JObject Parse(string json)
    {
        using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None, MaxDepth = 256 };
        return JObject.Load(reader);
    }

    /// <summary>What is wrong with the instance; empty if nothing is.</summary>
    public IReadOnlyList<string> Problems(JToken schema, JToken instance)
    {
        if (!_schemas.TryGetValue(schema, out var judge))
        {
            var root = Schema(schema) as JObject ?? [];
            root["definitions"] = _definitions.DeepClone();
            _schemas.Add(schema, judge = SchemaReading.Read(root.ToString(Formatting.None)));
        }

        return [.. judge.Validate(instance).Select(problem => $"{problem.Path}: {problem.Kind}")];
    }

    private JToken Schema(JToken node)
    {
        if (node is not JObject source) return new JObject();
        var result = new JObject();
        foreach (var (key, value) in source)
        {
            if (Silent.Contains(key) || key.StartsWith("x-", StringComparison.Ordinal)) continue;
            switch (key)
            {
                case "$ref": break;
                case "const": result["enum"] = new JArray(value!.DeepClone()); break;
                case "nullable": break;
                case "properties": result[key] = new JObject(((JObject)value!).Properties().Select(member => new JProperty(member.Name, Schema(member.Value)))); break;
                case "prefixItems": result["items"] = new JArray(((JArray)value!).Select(Schema)); break;
                case "items" when value is JObject tuple && tuple.ContainsKey("0"): break;
                case "items" or "additionalProperties" or "not" when value is JObject: result[key] = Schema(value); break;
                case "anyOf" or "oneOf" or "allOf": result[key] = new JArray(((JArray)value!).Select(Schema)); break;
                default: result[key] = value!.DeepClone(); break;
            }
        }

        if ((string?)source["$ref"] is { } reference && _names.TryGetValue(Name(reference), out var name))
        {
            var link = new JObject { ["$ref"] = "#/definitions/" + name };
            if (result.Count == 0) result = link;
            else result["allOf"] = new JArray(link);
        }

        return source["nullable"] is { Type: JTokenType.Boolean } nullable && (bool)nullable ? new JObject { ["anyOf"] = new JArray(result, new JObject { ["type"] = "null" }) } : result;
    }

    public static string Name(string reference) => reference["#/components/schemas/".Length..].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
