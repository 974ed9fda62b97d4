namespace KlingGen.Specs.Tests;

/// <summary>Ways into a document of fal's shape. Input and output are found through the paths, never through names.</summary>
internal static class SpecDocument
{
    private const string ReferencePrefix = "#/components/schemas/";

    public static JsonObject Schemas(this JsonObject document) => document["components"]!["schemas"]!.AsObject();

    public static JsonObject Schema(this JsonObject document, string name) => document.Schemas()[name]!.AsObject();

    public static string EndpointId(this JsonObject document) => (string)document["info"]!["x-fal-metadata"]!["endpointId"]!;

    public static string InputName(this JsonObject document) => ReferenceName(
        document["paths"]!["/" + document.EndpointId()]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!)!;

    public static string OutputName(this JsonObject document) => ReferenceName(
        document["paths"]![$"/{document.EndpointId()}/requests/{{request_id}}"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!
            ["schema"]!)!;

    /// <summary>Names of the types that neither are input or output nor belong to the queue, in their order.</summary>
    public static IEnumerable<string> NestedNames(this JsonObject document)
    {
        string[] known = document["paths"] is null ? [] : ["QueueStatus", document.InputName(), document.OutputName()];
        return document.Schemas().Select(s => s.Key).Except(known);
    }

    public static string? ReferenceName(JsonNode schema) =>
        schema["$ref"] is JsonNode reference ? ((string)reference!)[ReferencePrefix.Length..] : null;

    public static JsonObject Resolve(this JsonObject document, JsonObject schema) =>
        ReferenceName(schema) is { } name ? document.Schema(name) : schema;

    public static bool AllowsNull(JsonObject schema) =>
        schema["anyOf"] is JsonArray branches && branches.Any(b => (string?)b!["type"] == "null");

    /// <summary>What holds of a value that is not null: the branch that is not null, and what stands beside <c>anyOf</c>.</summary>
    public static JsonObject WithoutNull(JsonObject schema)
    {
        if (!AllowsNull(schema)) return schema;
        var merged = new JsonObject();
        foreach (var (key, value) in schema.Where(p => p.Key != "anyOf")) merged[key] = value?.DeepClone();
        var branch = schema["anyOf"]!.AsArray().Single(b => (string?)b!["type"] != "null")!.AsObject();
        foreach (var (key, value) in branch) merged[key] = value?.DeepClone();
        return merged;
    }

    public static IReadOnlyList<string> Strings(JsonNode? array) => array is null ? [] : [.. array.AsArray().Select(n => (string)n!)];
}
