using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fal;

/// <summary>The JSON of the platform API. Unknown properties are skipped, and numbers are exact decimals.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(PricePage))]
[JsonSerializable(typeof(RequestPage))]
[JsonSerializable(typeof(CostEstimateAnswer))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonDocument))]
internal sealed partial class PlatformJson : JsonSerializerContext;

/// <summary>A page of a list, and the cursor of the next one.</summary>
internal interface IPlatformPage<T>
{
    IReadOnlyList<T> Items { get; }

    string? NextCursor { get; }

    bool HasMore { get; }
}

internal sealed record PricePage : IPlatformPage<FalPrice>
{
    [JsonRequired]
    public required IReadOnlyList<FalPrice> Prices { get; init; }

    public string? NextCursor { get; init; }

    public bool HasMore { get; init; }

    IReadOnlyList<FalPrice> IPlatformPage<FalPrice>.Items => Prices;
}

internal sealed record RequestPage : IPlatformPage<FalRequestRecord>
{
    [JsonRequired]
    public required IReadOnlyList<FalRequestRecord> Items { get; init; }

    public string? NextCursor { get; init; }

    public bool HasMore { get; init; }
}

internal sealed record CostEstimateAnswer
{
    [JsonRequired]
    public required decimal TotalCost { get; init; }

    [JsonRequired]
    public required string Currency { get; init; }
}
