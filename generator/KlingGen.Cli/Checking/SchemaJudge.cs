using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fal.Emulation;
using NJsonSchema;
using JsonNode = KlingGen.Specs.JsonNode;
using JsonKind = KlingGen.Specs.JsonKind;

namespace KlingGen.Cli.Checking;

/// <summary>
/// NJsonSchema's opinion of values. It is given the document's schemas as they stand, except for the words of fal's dialect that it reads differently: pointers lead
/// to <c>definitions</c>, <c>const</c> becomes an enum of one, and <c>nullable</c> a choice with null.
/// </summary>
internal sealed class SchemaJudge
{
    private readonly JsonSchema _root;

    private SchemaJudge(JsonSchema root) => _root = root;

    /// <param name="document">A whole document, its overlays applied.</param>
    /// <returns>Null if the document has no schemas, or schemas that the library cannot read.</returns>
    public static SchemaJudge? Of(JsonNode document)
    {
        if (document.Get("components")?.Get("schemas") is not { Kind: JsonKind.Object } schemas) return null;
        try
        {
            var root = new JsonObject { ["definitions"] = Translate(schemas, isSchema: false) };
            return new SchemaJudge(SchemaReading.Read(root.ToJsonString()));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // A document that the library cannot read at all (a reference into nowhere, a number beyond its types) has been reported by the generator's own rules.
            return null;
        }
    }

    /// <summary>The schema of this name, or null.</summary>
    public JsonSchema? Find(string name) => _root.Definitions.TryGetValue(name, out var schema) ? schema : null;

    /// <summary>What is wrong with a value; empty if nothing is.</summary>
    public static IReadOnlyList<string> Faults(JsonSchema schema, string json)
    {
        try
        {
            return [.. schema.Validate(json).Select(fault => Words(fault.Kind.ToString()) + (string.IsNullOrEmpty(fault.Path) ? "" : " at " + fault.Path))];
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return ["it cannot be judged (" + fault.Message + ")"];
        }
    }

    /// <summary>A node as JSON text.</summary>
    public static string Json(JsonNode node) => Translate(node, isSchema: null)?.ToJsonString() ?? "null";

    /// <summary><c>StringTooLong</c> as <c>string too long</c>.</summary>
    private static string Words(string kind)
    {
        var words = new StringBuilder();
        foreach (var c in kind)
        {
            if (char.IsUpper(c) && words.Length > 0) words.Append(' ');
            words.Append(char.ToLowerInvariant(c));
        }

        return words.ToString();
    }

    /// <param name="node">What to rewrite.</param>
    /// <param name="isSchema">True where schema words are words, false in a map from names to schemas, null where everything is data.</param>
    private static System.Text.Json.Nodes.JsonNode? Translate(JsonNode node, bool? isSchema)
    {
        switch (node.Kind)
        {
            case JsonKind.Null: return null;
            case JsonKind.True: return JsonValue.Create(true);
            case JsonKind.False: return JsonValue.Create(false);
            case JsonKind.Number: return JsonValue.Create(JsonDocument.Parse(node.Text).RootElement);
            case JsonKind.String: return JsonValue.Create(node.Text);
            case JsonKind.Array: return new JsonArray([.. node.Items.Select(item => Translate(item, isSchema))]);
        }

        var result = new JsonObject();
        foreach (var member in node.Members)
        {
            var (name, value) = (member.Name, member.Value);
            if (isSchema != true) result[name] = Translate(value, isSchema == false ? true : null);
            else if (name == "$ref" && value.Kind == JsonKind.String)
                result[name] = value.Text.Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal);
            else if (name == "const") result["enum"] = new JsonArray(Translate(value, null));
            else if (name is "enum") result[name] = Translate(value, null);
            else if (name is "properties" or "patternProperties") result[name] = Translate(value, false);
            else if (!IsNoLimit(name)) result[name] = Translate(value, true);
        }

        if (isSchema != true || node.Get("nullable") is not { Kind: JsonKind.True }) return result;
        return new JsonObject { ["anyOf"] = new JsonArray(result, new JsonObject { ["type"] = "null" }) };
    }

    private static bool IsNoLimit(string word)
        => word is "examples" or "example" or "default" or "description" or "title" or "nullable" || word.StartsWith("x-", StringComparison.Ordinal);
}
