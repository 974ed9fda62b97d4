using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>The OpenAPI document of one endpoint, with its input and output schemas.</summary>
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

    /// <summary>The request schema with unresolved references; null if the document has none.</summary>
    public JsonNode? Input { get; }

    /// <summary>The result schema with unresolved references; null if the document has none.</summary>
    public JsonNode? Output { get; }

    /// <summary>The validator of requests.</summary>
    public Lazy<RequestValidator> RequestValidator { get; }

    /// <summary>The validator of results.</summary>
    public ResultValidator ResultValidator { get; }

    /// <summary>
    /// Whether a string is the document of an endpoint and not one of shared types. Invalid JSON counts as a document, so
    /// that the parser reports the error.
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

    /// <summary>Parses a document.</summary>
    /// <param name="json">The document as JSON.</param>
    /// <param name="name">The name of the document in error messages.</param>
    /// <exception cref="ArgumentException">The string is not the document of an endpoint.</exception>
    public static ServedDocument Read(string json, string name)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(json);
            JsonBody.Materialize(root);
        }
        catch (JsonException ex)
        {
            throw new ArgumentException($"{name} is not JSON: {ex.Message}", ex);
        }
        catch (ArgumentException ex)
        {
            throw new ArgumentException($"{name} has a property twice in one object: {ex.Message}", ex);
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

    /// <summary>Resolves a <c>$ref</c> within the document; any other schema is returned unchanged.</summary>
    public JsonNode? Resolve(JsonNode? schema)
    {
        const string Local = "#/";
        // The limit ends a circular $ref, which is an error of the document.
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
