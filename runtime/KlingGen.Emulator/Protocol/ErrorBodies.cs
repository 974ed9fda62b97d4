using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>The bodies of fal's error answers.</summary>
internal static class ErrorBodies
{
    /// <summary>The gateway's shape: one sentence, and a word for the error if it has one.</summary>
    public static string Flat(string detail, string? errorType = null)
    {
        var body = new JsonObject { ["detail"] = detail };
        if (errorType is not null) body["error_type"] = errorType;
        return body.ToJsonString(WireJson.Options);
    }

    /// <summary>A model's shape: what is wrong with the request, in a list.</summary>
    public static string Details(IEnumerable<JsonObject> details)
        => new JsonObject { ["detail"] = new JsonArray([.. details]) }.ToJsonString(WireJson.Options);

    /// <summary>One entry of that list.</summary>
    public static JsonObject Detail(JsonArray loc, string message, string type, JsonObject? context, JsonNode? input)
    {
        var detail = new JsonObject { ["loc"] = loc, ["msg"] = message, ["type"] = type, ["url"] = $"https://docs.fal.ai/errors#{type}" };
        if (context is not null) detail["ctx"] = context;
        if (input is not null) detail["input"] = input;
        return detail;
    }
}
