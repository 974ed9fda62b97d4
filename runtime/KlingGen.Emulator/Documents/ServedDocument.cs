using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>One endpoint's document, as the emulator reads it: which endpoint, and where its input and output schemas are.</summary>
internal sealed class ServedDocument
{
    private const string Requests = "/requests/{request_id}";

    private ServedDocument(FalEndpointId endpoint, JsonObject root, JsonNode? input, JsonNode? output)
    {
        Endpoint = endpoint;
        Root = root;
        Input = input;
        Output = output;
        RequestValidator = new Lazy<RequestValidator>(() => new RequestValidator(root, input));
        ResultValidator = new ResultValidator(root, output);
    }

    public FalEndpointId Endpoint { get; }

    /// <summary>The whole document.</summary>
    public JsonObject Root { get; }

    /// <summary>The schema of the request, references unresolved; null if the document says nothing about it.</summary>
    public JsonNode? Input { get; }

    /// <summary>The schema of the result, references unresolved; null if the document says nothing about it.</summary>
    public JsonNode? Output { get; }

    /// <summary>What can be said about requests.</summary>
    public Lazy<RequestValidator> RequestValidator { get; }

    /// <summary>What can be said about results.</summary>
    public ResultValidator ResultValidator { get; }

    /// <summary>
    /// Whether a text is one of an endpoint rather than of types that others share. What is no JSON counts as one, so
    /// that reading it says what is wrong.
    /// </summary>
    public static bool HasPaths(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind != JsonValueKind.Object || document.RootElement.TryGetProperty("paths", out _);
        }
        catch (JsonException)
        {
            return true;
        }
    }

    /// <summary>Reads a document.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="name">What to call it in an error.</param>
    /// <exception cref="ArgumentException">The text is not an endpoint's document.</exception>
    public static ServedDocument Read(string json, string name)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(json);
        }
        catch (JsonException ex)
        {
            throw new ArgumentException($"{name} is not JSON: {ex.Message}", ex);
        }
        if (root is not JsonObject document || document["paths"] is not JsonObject paths)
        {
            throw new ArgumentException(
                $"{name} has no 'paths'. The emulator serves documents as fal's page .../openapi.json?endpoint_id=<id> gives them.");
        }
        foreach (var (path, methods) in paths)
        {
            if (methods is not JsonObject { } known || known["post"] is not JsonObject post
                || !FalEndpointId.TryParse(path.Trim('/'), out var endpoint)) continue;
            var input = Schema(post["requestBody"]);
            var output = Schema(Get(paths[path + Requests], "get", "responses", "200")) ?? Schema(Get(post, "responses", "200"));
            return new ServedDocument(endpoint, document, input, output);
        }
        throw new ArgumentException(
            $"{name} has no path with a 'post' whose name is an endpoint id, such as /fal-ai/kling-video/v1.6/pro/image-to-video.");
    }

    /// <summary>Follows a reference within the document; anything else is returned as it is.</summary>
    public JsonNode? Resolve(JsonNode? schema)
    {
        const string Local = "#/";
        // Chains of references are short; a circle is a fault of the document.
        for (var hops = 0; hops < 32; hops++)
        {
            if (schema is not JsonObject holder || holder["$ref"] is not JsonValue reference || !reference.TryGetValue<string>(out var target))
                return schema;
            if (!target.StartsWith(Local, StringComparison.Ordinal)) return schema;
            JsonNode? node = Root;
            foreach (var part in target[Local.Length..].Split('/')) node = (node as JsonObject)?[JsonPointer.Unescape(part)];
            schema = node;
        }
        return null;
    }

    private static JsonNode? Schema(JsonNode? holder) => Get(holder, "content", "application/json", "schema");

    private static JsonNode? Get(JsonNode? node, params ReadOnlySpan<string> names)
    {
        foreach (var name in names) node = (node as JsonObject)?[name];
        return node;
    }
}
