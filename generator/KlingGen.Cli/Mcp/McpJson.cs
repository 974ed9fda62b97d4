using System.Globalization;
using System.Text.Json.Nodes;
using Fal;

namespace KlingGen.Cli.Mcp;

/// <summary>Values as agents read them.</summary>
internal static class McpJson
{
    public static JsonObject FromCost(FalCostEstimate cost)
    {
        var json = new JsonObject { ["is_known"] = cost.IsKnown };
        if (cost.IsKnown)
        {
            json["minimum"] = cost.Minimum;
            json["maximum"] = cost.Maximum;
            json["currency"] = cost.Currency;
            json["confidence"] = cost.Confidence.ToString().ToLowerInvariant();
            json["as_of"] = cost.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        if (cost.Reason is { } reason) json["reason"] = reason;
        return json;
    }

    public static JsonArray FromTexts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);
}
