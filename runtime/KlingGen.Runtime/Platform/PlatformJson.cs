using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fal;

/// <summary>The JSON of the platform API. Unknown properties are skipped, and numbers are exact decimals.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(FalPrice))]
[JsonSerializable(typeof(FalRequestRecord))]
[JsonSerializable(typeof(CostEstimateAnswer))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class PlatformJson : JsonSerializerContext;

internal sealed record CostEstimateAnswer
{
    [JsonRequired]
    public required decimal TotalCost { get; init; }

    [JsonRequired]
    public required string Currency { get; init; }
}
