using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace KlingGen.Cli.Playground;

/// <summary>Reads and answers the page's calls, which are JSON.</summary>
internal static class JsonCalls
{
    /// <summary>The string under a name, or null.</summary>
    public static string? Text(this JsonObject json, string name)
        => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The body as an object.</summary>
    /// <exception cref="ToolException">It is no JSON object.</exception>
    public static async Task<JsonObject> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted).ConfigureAwait(false) as JsonObject
                ?? throw new ToolException("The body must be a JSON object.");
        }
        catch (Exception ex) when (ex is JsonException or ArgumentException)
        {
            throw new ToolException("The body is not valid JSON.", ex);
        }
    }

    /// <summary>The absolute http(s) URL under a name; null if none is given.</summary>
    /// <exception cref="ToolException">It is something else.</exception>
    public static Uri? Url(this JsonObject json, string name)
        => json.Text(name) is not { Length: > 0 } text ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
            : throw new ToolException($"'{name}' must be an absolute http or https URL.");
}
