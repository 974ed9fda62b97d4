using Newtonsoft.Json.Linq;

namespace Fal.Emulation;

/// <summary>
/// A document's schemas in the words that NJsonSchema has: <c>const</c> becomes an enum of one, <c>nullable</c> a choice, what stands beside a reference is
/// joined to it. What judges nothing (titles, examples, formats, fal's own marks) is left out; nothing else is changed.
/// </summary>
internal sealed class JudgeSchema
{
    private const string Components = "#/components/schemas/";

    private static readonly HashSet<string> Silent = new(StringComparer.Ordinal)
    {
        "examples", "example", "default", "description", "format", "discriminator", "ui", "deprecated", "_fal_ui_field", "$comment", "readOnly", "writeOnly",
        "contentMediaType", "contentEncoding",
    };

    private readonly JObject _definitions = [];

    // Names of their own: a component's name may hold what has a meaning in a pointer.
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public JudgeSchema(JObject document)
    {
        if (document["components"]?["schemas"] is not JObject components) return;
        foreach (var component in components.Properties()) _names.Add(component.Name, $"d{_names.Count}");
        foreach (var component in components.Properties()) _definitions[_names[component.Name]] = Of(component.Value);
    }

    /// <summary>A schema with all that its references need.</summary>
    public JObject Whole(JToken schema)
    {
        var root = new JObject { ["allOf"] = new JArray(Of(schema)) };
        if (Of(schema) is JObject own && own["$ref"] is null) root = own;
        root["definitions"] = _definitions.DeepClone();
        return root;
    }

    private JToken Of(JToken node)
    {
        if (node is not JObject source) return new JObject();
        var result = new JObject();
        foreach (var (key, value) in source)
        {
            if (value is null || Silent.Contains(key) || key.StartsWith("x-", StringComparison.Ordinal)) continue;
            switch (key)
            {
                case "$ref" or "nullable":
                    break;
                case "const":
                    result["enum"] = new JArray(value.DeepClone());
                    break;
                case "properties" when value is JObject members:
                    result[key] = new JObject(members.Properties().Select(member => new JProperty(member.Name, Of(member.Value))));
                    break;
                case "prefixItems" when value is JArray items:
                    result["items"] = new JArray(items.Select(Of));
                    break;
                case "items" or "additionalProperties" or "not" when value is JObject:
                    result[key] = Of(value);
                    break;
                case "anyOf" or "oneOf" or "allOf" when value is JArray choices:
                    result[key] = new JArray(choices.Select(Of));
                    break;
                default:
                    result[key] = value.DeepClone();
                    break;
            }
        }
        if ((string?)source["$ref"] is { } reference && Link(reference) is { } link)
        {
            if (result.Count == 0) result = link;
            else result["allOf"] = new JArray(result["allOf"] is JArray known ? [.. known, link] : new[] { link });
        }
        var nullable = source["nullable"] is { Type: JTokenType.Boolean } word && (bool)word;
        return nullable ? new JObject { ["anyOf"] = new JArray(result, new JObject { ["type"] = "null" }) } : result;
    }

    private JObject? Link(string reference)
    {
        if (!reference.StartsWith(Components, StringComparison.Ordinal)) return null;
        return _names.TryGetValue(JsonPointer.Unescape(reference[Components.Length..]), out var known)
            ? new JObject { ["$ref"] = "#/definitions/" + known }
            : null;
    }
}
