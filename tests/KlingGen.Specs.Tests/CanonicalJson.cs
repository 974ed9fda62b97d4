using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KlingGen.Specs.Tests;

/// <summary>
/// The one layout of a spec: two spaces, LF, a newline at the end, keys of a schema in a fixed order. fal serves the same document with its keys in a
/// different order from day to day; here a difference means that something changed.
/// </summary>
internal static class CanonicalJson
{
    private static readonly string[] SchemaOrder =
    [
        "title", "description", "$ref", "type", "items", "anyOf", "oneOf", "allOf", "enum", "const",
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "format", "minItems", "maxItems",
        "default", "examples", "properties", "required", "additionalProperties", "ui", "_fal_ui_field", "x-fal", "x-fal-order-properties",
    ];

    private static readonly string[] DocumentOrder = ["openapi", "info", "components", "paths", "servers", "security"];

    private static readonly JsonWriterOptions Layout =
        new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Print(JsonNode node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Layout)) node.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    /// <summary>The document with its keys in order. Overlays keep theirs: their actions are a list, and lists are never moved.</summary>
    public static JsonObject Document(JsonObject document)
    {
        var result = Ordered(document, DocumentOrder);
        if (result["components"]?["schemas"] is JsonObject schemas)
            foreach (var name in schemas.Select(s => s.Key).ToList()) schemas[name] = Schema(schemas[name]!.AsObject());
        return result;
    }

    /// <summary>All keys in ordinal order, at every depth.</summary>
    [return: NotNullIfNotNull(nameof(node))]
    public static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static JsonObject Schema(JsonObject schema)
    {
        var result = Ordered(schema, SchemaOrder);
        foreach (var key in result.Select(p => p.Key).ToList())
        {
            result[key] = (key, result[key]) switch
            {
                ("properties", JsonObject o) => Properties(o, SpecDocument.Strings(schema["x-fal-order-properties"])),
                ("items" or "additionalProperties", JsonObject o) => Schema(o),
                ("anyOf" or "oneOf" or "allOf", JsonArray a) => new JsonArray([.. a.Select(b => Schema(b!.AsObject()))]),
                ("x-fal", JsonObject o) => Sorted(o),
                (_, var other) => other?.DeepClone(),
            };
        }

        return result;
    }

    private static JsonObject Properties(JsonObject properties, IReadOnlyList<string> order) => new(
        Ordered(properties, order).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Schema(p.Value!.AsObject()))));

    /// <summary>The keys that the order knows, in that order, then the others as they stand.</summary>
    private static JsonObject Ordered(JsonObject source, IReadOnlyList<string> order) => new(
        order.Where(source.ContainsKey).Concat(source.Select(p => p.Key).Except(order))
            .Select(key => KeyValuePair.Create(key, source[key]?.DeepClone())));
}
