using System.Globalization;
using System.Text;
using KlingGen.Json;

namespace KlingGen.Cli.Documents;

/// <summary>
/// Writes a document in the one form in which documents are kept: two spaces, line feeds, known members in a fixed order, numbers as fal wrote them.
/// fal's own order changes from
/// day to day; without a fixed one every refresh would be a difference to read.
/// </summary>
internal static class DocumentText
{
    private static readonly string[] TopOrder = ["openapi", "info", "components", "paths", "servers", "security"];
    private static readonly string[] InfoOrder =
    [
        "title", "version", "description", "x-fal-metadata", "endpointId", "category", "thumbnailUrl", "playgroundUrl", "documentationUrl",
        "about",
    ];
    private static readonly string[] ComponentsOrder = ["securitySchemes", "schemas"];
    private static readonly string[] SchemaOrder =
    [
        "title", "description", "$ref", "type", "format", "nullable", "const", "enum", "anyOf", "oneOf", "allOf", "discriminator", "items",
        "prefixItems", "additionalProperties", "minLength", "maxLength", "pattern", "minimum", "exclusiveMinimum", "maximum",
        "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "properties", "required", "default", "examples", "deprecated",
        "ui", "x-fal", "x-fal-order-properties",
    ];
    private static readonly string[] OperationOrder =
        ["name", "in", "parameters", "requestBody", "required", "type", "properties", "description", "content", "schema", "responses"];

    /// <summary>The kind of an object, which determines the order of its properties.</summary>
    private enum Place
    {
        Top,
        Info,
        Components,
        Schemas,
        Schema,
        Properties,
        Paths,
        Operations,
        AsWritten,
    }

    public static string Write(SpecNode root)
    {
        var text = new StringBuilder();
        Write(root, Place.Top, [], 0, text);
        return text.Append('\n').ToString();
    }

    /// <summary>Whether two values are equal; the order of properties does not count.</summary>
    public static bool SaysTheSame(SpecNode one, SpecNode other)
    {
        if (one.Kind != other.Kind || one.Members.Length != other.Members.Length || one.Items.Length != other.Items.Length) return false;
        if (one.Kind is JsonKind.String or JsonKind.Number) return one.Text == other.Text;
        foreach (var member in one.Members)
        {
            if (other.Get(member.Name) is not { } match || !SaysTheSame(member.Value, match)) return false;
        }

        for (var i = 0; i < one.Items.Length; i++)
        {
            if (!SaysTheSame(one.Items[i], other.Items[i])) return false;
        }

        return true;
    }

    private static void Write(SpecNode node, Place place, string[] order, int level, StringBuilder text)
    {
        switch (node.Kind)
        {
            case JsonKind.Object:
                WriteObject(node, place, order, level, text);
                break;
            case JsonKind.Array:
                WriteArray(node, place, level, text);
                break;
            case JsonKind.String:
                WriteString(node.Text, text);
                break;
            default:
                text.Append(node.Text);
                break;
        }
    }

    private static void WriteObject(SpecNode node, Place place, string[] order, int level, StringBuilder text)
    {
        if (node.Members.Length == 0)
        {
            text.Append("{}");
            return;
        }

        text.Append('{');
        var isFirst = true;
        foreach (var member in Ordered(node, place, order))
        {
            text.Append(isFirst ? "\n" : ",\n").Append(' ', 2 * (level + 1));
            isFirst = false;
            WriteString(member.Name, text);
            text.Append(": ");
            Write(member.Value, Inside(place, member.Name), OrderInside(place, member.Name, node), level + 1, text);
        }

        text.Append('\n').Append(' ', 2 * level).Append('}');
    }

    private static void WriteArray(SpecNode node, Place place, int level, StringBuilder text)
    {
        if (node.Items.Length == 0)
        {
            text.Append("[]");
            return;
        }

        for (var i = 0; i < node.Items.Length; i++)
        {
            text.Append(i == 0 ? "[\n" : ",\n").Append(' ', 2 * (level + 1));
            Write(node.Items[i], place, [], level + 1, text);
        }

        text.Append('\n').Append(' ', 2 * level).Append(']');
    }

    private static Place Inside(Place place, string name) => place switch
    {
        Place.Top => name switch { "info" => Place.Info, "components" => Place.Components, "paths" => Place.Paths, _ => Place.AsWritten },
        Place.Components => name == "schemas" ? Place.Schemas : Place.AsWritten,
        Place.Schemas or Place.Properties => Place.Schema,
        Place.Paths => Place.Operations,
        Place.Schema => name switch
        {
            "properties" => Place.Properties,
            "items" or "additionalProperties" or "anyOf" or "oneOf" or "allOf" or "prefixItems" or "not" => Place.Schema,
            _ => Place.AsWritten,
        },
        _ => place,
    };

    /// <summary>The order of a schema's properties, as the schema itself states it.</summary>
    private static string[] OrderInside(Place place, string name, SpecNode schema)
        => place == Place.Schema && name == "properties" && schema.Get("x-fal-order-properties") is { } order
        ? [.. order.Items.Select(item => item.Text)] : [];

    private static IEnumerable<JsonMember> Ordered(SpecNode node, Place place, string[] order)
    {
        if (place == Place.Paths) return node.Members.OrderBy(member => PathRank(member.Name)).ThenBy(member => member.Name, StringComparer.Ordinal);
        var ranks = place switch
        {
            Place.Top => TopOrder,
            Place.Info => InfoOrder,
            Place.Components => ComponentsOrder,
            Place.Schema => SchemaOrder,
            Place.Operations => OperationOrder,
            Place.Properties => order,
            _ => [],
        };

        // What has no rank follows: by name where it is a keyword, as fal wrote it where it is a member or a value. Sorting is stable.
        var ranked = node.Members.OrderBy(member => Array.IndexOf(ranks, member.Name) is var rank and >= 0 ? rank : int.MaxValue);
        return place is Place.Info or Place.Schema or Place.Operations or Place.Top
            ? ranked.ThenBy(member => Array.IndexOf(ranks, member.Name) < 0 ? member.Name : "", StringComparer.Ordinal) : ranked;
    }

    /// <summary>fal's four paths in fal's usual order.</summary>
    private static int PathRank(string path)
        => path.EndsWith("/status", StringComparison.Ordinal) ? 0 : path.EndsWith("/cancel", StringComparison.Ordinal) ? 1
        : path.Contains('{', StringComparison.Ordinal) ? 3 : 2;

    private static void WriteString(string value, StringBuilder text)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                default:
                    if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])) text.Append(c).Append(value[++i]);
                    else if (c < ' ' || char.IsSurrogate(c)) text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    else text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
