using System.Numerics;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Fal.Emulation;

/// <summary>
/// Translation of fal's schema dialect for NJsonSchema: <c>const</c> becomes an enum of one value, <c>nullable</c> a union
/// with null, keywords beside a <c>$ref</c> are joined to it with <c>allOf</c>, and tuples become lists. Annotations,
/// formats and extensions are removed, because fal's server does not check them. The file is linked into the tool and the
/// tests, so that all of them validate with the same schema.
/// </summary>
internal sealed class JsonSchemaDocument
{
    private const string Components = "#/components/schemas/";
    private const double LargestNumber = 1e28;

    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal)
    {
        "title", "description", "examples", "example", "default", "deprecated", "readOnly", "writeOnly", "$comment", "format",
        "contentMediaType", "contentEncoding",
        "discriminator", "ui", "_fal_ui_field", "nullable",
    };

    // Component names may contain characters that are special in a JSON pointer, so definitions get other names.
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly JObject _definitions = [];
    private readonly Lazy<JsonSchema> _components;

    /// <param name="document">A complete OpenAPI document.</param>
    public JsonSchemaDocument(JObject document)
    {
        if (document["components"]?["schemas"] is JObject components)
        {
            foreach (var component in components.Properties()) _names.Add(component.Name, $"d{_names.Count}");
            foreach (var component in components.Properties()) _definitions[_names[component.Name]] = Translate(component.Value);
        }

        _components = new(() => Read(new JObject()));
    }

    /// <summary>
    /// Parses JSON without changing strings: by default, Newtonsoft.Json converts strings that look like dates to dates.
    /// </summary>
    public static JToken Parse(string json)
    {
        using var text = new StringReader(json);
        using var reader = new JsonTextReader(text) { DateParseHandling = DateParseHandling.None, MaxDepth = 256 };
        return JToken.Load(reader);
    }

    /// <summary>Gets the component name of a <c>$ref</c>; null for a reference to something else.</summary>
    public static string? ComponentName(string reference)
        => reference.StartsWith(Components, StringComparison.Ordinal)
            ? reference[Components.Length..].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
            : null;

    /// <summary>
    /// Validates an instance. NJsonSchema compares numbers as decimals and fails on larger ones, so they are limited first.
    /// </summary>
    public static ICollection<ValidationError> Validate(JsonSchema schema, JToken instance)
    {
        var copy = instance.DeepClone();
        foreach (var number in (copy is JContainer container ? container.DescendantsAndSelf() : [copy]).OfType<JValue>())
        {
            if (number.Value is BigInteger big) number.Value = big.Sign > 0 ? long.MaxValue : long.MinValue;
            else if (number.Value is double real && Math.Abs(real) > LargestNumber) number.Value = real > 0 ? LargestNumber : -LargestNumber;
        }

        return schema.Validate(copy);
    }

    /// <summary>Gets the schema of a component; null if the document has none with this name.</summary>
    public JsonSchema? FindComponent(string name) => _names.TryGetValue(name, out var definition) ? _components.Value.Definitions[definition] : null;

    /// <summary>Reads a schema of the document, with the components that it references.</summary>
    public JsonSchema Read(JToken schema)
    {
        var root = Translate(schema) is JObject { } own && own["$ref"] is null ? own : new JObject { ["allOf"] = new JArray(Translate(schema)) };
        root["definitions"] = _definitions.DeepClone();
        return JsonSchema.FromJsonAsync(root.ToString(Formatting.None)).GetAwaiter().GetResult();
    }

    private JToken Translate(JToken node)
    {
        if (node is not JObject source) return new JObject();
        var result = new JObject();
        foreach (var (keyword, value) in source)
        {
            if (value is null || keyword == "$ref" || Annotations.Contains(keyword) || keyword.StartsWith("x-", StringComparison.Ordinal)) continue;
            switch (keyword)
            {
                case "const":
                    result["enum"] = new JArray(value.DeepClone());
                    break;
                case "properties" or "patternProperties" when value is JObject members:
                    result[keyword] = new JObject(members.Properties().Select(member => new JProperty(member.Name, Translate(member.Value))));
                    break;
                case "prefixItems" when value is JArray items:
                    result["items"] = new JArray(items.Select(Translate));
                    break;
                case "items" when value is JObject tuple && tuple.ContainsKey("0"):
                    // Some older documents represent a tuple as an object with numeric property names.
                    break;
                case "items" or "additionalProperties" or "not" or "contains" or "if" or "then" or "else" when value is JObject:
                    result[keyword] = Translate(value);
                    break;
                case "anyOf" or "oneOf" or "allOf" when value is JArray branches:
                    result[keyword] = new JArray(branches.Select(Translate));
                    break;
                default:
                    result[keyword] = value.DeepClone();
                    break;
            }
        }

        if ((string?)source["$ref"] is { } reference && ComponentName(reference) is { } name && _names.TryGetValue(name, out var definition))
        {
            var link = new JObject { ["$ref"] = "#/definitions/" + definition };
            if (result.Count == 0) result = link;
            else result["allOf"] = new JArray(result["allOf"] is JArray known ? [.. known, link] : new[] { link });
        }

        var isNullable = source["nullable"] is { Type: JTokenType.Boolean } flag && (bool)flag;
        return isNullable ? new JObject { ["anyOf"] = new JArray(result, new JObject { ["type"] = "null" }) } : result;
    }
}
