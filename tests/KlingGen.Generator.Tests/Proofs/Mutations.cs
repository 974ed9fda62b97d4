using System.Text;
using System.Text.Json.Nodes;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>Seeded damage: invalid edits, and damage by a disk or a network.</summary>
internal static class Mutations
{
    private static readonly string[] Words =
    [
        "type", "anyOf", "oneOf", "allOf", "enum", "const", "$ref", "properties", "required", "items", "default", "examples", "title", "description",
        "nullable", "additionalProperties",
        "prefixItems", "minimum", "maximum", "exclusiveMinimum", "minLength", "maxItems", "pattern", "discriminator", "x-fal-order-properties",
        "x-klinggen-name", "x-klinggen-enum", "x-klinggen-rules",
        "contains", "not", "if", "then", "dependentRequired", "deprecated", "url", "content_type", "file_name", "multipleOf", "uniqueItems",
        "x-enum-varnames", "x-fal", "ui",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1e400", "9223372036854775808", "-0.0", "0.1", "\"\"", "\"string\"", "\"object\"", "\"array\"",
        "\"integer\"", "\"number\"", "\"boolean\"", "\"null\"", "\"class\"", "[]", "{}",
        "[null]", "[\"a\", \"a\", \"A\"]", "[1, 1.0, \"1\"]", "[\"string\", \"null\"]", "{\"type\": \"string\"}",
        "{\"$ref\": \"#/components/schemas/QueueStatus\"}", "{\"$ref\": \"#\"}",
        "{\"type\": \"object\", \"properties\": {\"a b\": {\"enum\": [\"\"]}}}",
        "{\"anyOf\": [{\"type\": \"array\", \"items\": {\"type\": \"string\"}}, {\"type\": \"string\"}, {\"type\": \"null\"}]}",
        "[{\"required\": [\"a\"]}, {\"required\": [\"prompt\"]}]", "{\"enum\": [1, 2.5, 3]}",
    ];

    /// <summary>Up to six changes to the tree: values replaced, removed, moved, copied; members renamed.</summary>
    public static string Structure(string text, Random random)
    {
        var root = JsonNode.Parse(text)!;
        for (var changes = random.Next(1, 7); changes > 0; changes--)
        {
            var nodes = new List<JsonNode>();
            Collect(root, nodes);
            var node = nodes[random.Next(nodes.Count)];
            var other = nodes[random.Next(nodes.Count)].DeepClone();
            var value = JsonNode.Parse(Values[random.Next(Values.Length)]);
            if (node is JsonObject holder)
            {
                var names = holder.Select(member => member.Key).ToArray();
                var name = names.Length == 0 ? "a" : names[random.Next(names.Length)];
                switch (random.Next(5))
                {
                    case 0: holder[name] = value; break;
                    case 1: holder.Remove(name); break;
                    case 2: holder[Words[random.Next(Words.Length)]] = random.Next(2) == 0 ? value : other; break;
                    case 3: holder[name] = other; break;
                    default:
                        var moved = holder[name]?.DeepClone();
                        holder.Remove(name);
                        holder[name + (random.Next(2) == 0 ? "_" : " ")] = moved;
                        break;
                }
            }
            else if (node is JsonArray list)
            {
                if (list.Count > 0 && random.Next(2) == 0) list.RemoveAt(random.Next(list.Count));
                else list.Add(random.Next(2) == 0 ? value : other);
            }
        }

        return root.ToJsonString();
    }

    /// <summary>Up to eight bytes changed, cut out or doubled, and sometimes the end missing; then read as UTF-8, as the compiler does.</summary>
    public static string Bytes(string text, Random random)
    {
        var bytes = new List<byte>(Encoding.UTF8.GetBytes(text));
        for (var changes = random.Next(1, 9); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 4: bytes.Insert(at, (byte)"{}[]\",:\\0-e."[random.Next(12)]); break;
                default: if (random.Next(8) == 0) bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>
    /// The same document with the members of its objects in another order, wherever that order says nothing. Values
    /// (examples, defaults) keep theirs, since theirs is data, and so do the properties of an object that does not give
    /// their order otherwise.
    /// </summary>
    public static JsonNode? Shuffle(JsonNode? node, Random random, bool keepOrder = false)
    {
        if (node is JsonArray list) return new JsonArray([.. list.Select(item => Shuffle(item, random))]);
        if (node is not JsonObject source) return node?.DeepClone();
        var givesOrder = GivesOrder(source);
        var members = source.ToArray();
        if (!keepOrder) random.Shuffle(members);
        return new JsonObject(members.Select(member => KeyValuePair.Create(
            member.Key,
            member.Key is "examples" or "example" or "default" or "enum"
                ? member.Value?.DeepClone()
                : Shuffle(member.Value, random, keepOrder: member.Key == "properties" && !givesOrder))));
    }

    /// <summary>The object says in which order its properties stand, completely.</summary>
    public static bool GivesOrder(JsonObject schema)
        => schema["properties"] is JsonObject properties && schema["x-fal-order-properties"] is JsonArray order
            && properties.All(property => order.Any(name => (string?)name == property.Key));

    private static void Collect(JsonNode? node, List<JsonNode> nodes)
    {
        if (node is JsonObject holder)
        {
            nodes.Add(holder);
            foreach (var member in holder) Collect(member.Value, nodes);
        }
        else if (node is JsonArray list)
        {
            nodes.Add(list);
            foreach (var item in list) Collect(item, nodes);
        }
    }
}
