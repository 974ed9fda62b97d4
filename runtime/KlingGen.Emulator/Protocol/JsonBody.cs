using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>JSON objects in requests.</summary>
internal static class JsonBody
{
    /// <summary>Reads the body of a request; null if it is not a JSON object.</summary>
    public static async Task<JsonObject?> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        return Parse(await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false));
    }

    /// <summary>Parses an object; null if it is not one, or if it or an object in it has a duplicate property.</summary>
    public static JsonObject? Parse(string json)
    {
        try
        {
            var body = JsonNode.Parse(HalfSurrogates.Replace(json)) as JsonObject;
            Materialize(body);
            return body;
        }
        catch (Exception ex) when (ex is JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Gets a string property; null if it is absent, empty or of another type.</summary>
    public static string? Text(JsonObject? body, string name)
        => body?[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    /// <summary>Accesses every object: JsonNode detects a duplicate property only at the first access.</summary>
    /// <exception cref="ArgumentException">An object has a property twice.</exception>
    public static void Materialize(JsonNode? node)
    {
        if (node is JsonObject members) foreach (var (_, value) in members) Materialize(value);
        else if (node is JsonArray items) foreach (var item in items) Materialize(item);
    }
}
