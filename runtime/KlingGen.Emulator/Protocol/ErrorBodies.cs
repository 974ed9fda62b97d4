using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>Bodies of fal's error responses.</summary>
internal static class ErrorBodies
{
    /// <summary>Creates an error of the gateway: a message, and an error type if there is one.</summary>
    public static string Flat(string detail, string? errorType = null)
    {
        var body = new JsonObject { ["detail"] = detail };
        if (errorType is not null) body["error_type"] = errorType;
        return body.ToJsonString(WireJson.Options);
    }

    /// <summary>Creates an error of a model: a list of the problems in the request.</summary>
    public static string Details(IEnumerable<JsonObject> details)
        => new JsonObject { ["detail"] = new JsonArray([.. details]) }.ToJsonString(WireJson.Options);

    /// <summary>Creates one entry of that list.</summary>
    public static JsonObject Detail(JsonArray loc, string message, string type, JsonObject? context, JsonNode? input)
    {
        var detail = new JsonObject { ["loc"] = loc, ["msg"] = message, ["type"] = type, ["url"] = $"https://docs.fal.ai/errors#{type}" };
        if (context is not null) detail["ctx"] = context;
        if (input is not null) detail["input"] = input;
        return detail;
    }
}
