using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fal;

/// <summary>The JSON of a price list.</summary>
internal sealed record PriceListDocument
{
    public required DateOnly AsOf { get; init; }

    public required string Currency { get; init; }

    public required IReadOnlyList<PriceRule> Prices { get; init; }
}

/// <summary>The price of one endpoint: the first rate whose conditions hold, per second or per request.</summary>
internal sealed record PriceRule
{
    public required string Endpoint { get; init; }

    public required string Source { get; init; }

    public required FalPriceConfidence Confidence { get; init; }

    /// <summary>The day on which this price was read; null means the list's own day.</summary>
    public DateOnly? AsOf { get; init; }

    public required PriceUnit Per { get; init; }

    public required IReadOnlyList<PriceRate> Rates { get; init; }

    /// <summary>The server's defaults for properties that the request leaves out, by path.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Defaults { get; init; }

    /// <summary>
    /// Paths whose values are seconds; the first one in the request counts. <c>multi_prompt[].duration</c> is the sum over
    /// the list.
    /// </summary>
    public IReadOnlyList<string>? Seconds { get; init; }

    /// <summary>The maximum length of the output, for endpoints whose length depends on an input file that an estimate does not open.</summary>
    public decimal? MaximumSeconds { get; init; }
}

/// <summary>A price and the conditions under which it applies, by path: a value, or <c>"*"</c> for any value that is not empty.</summary>
internal sealed record PriceRate
{
    public required decimal Price { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? When { get; init; }
}

/// <summary>The unit that a price is multiplied by.</summary>
internal enum PriceUnit
{
    Second,
    Request,
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PriceListDocument))]
internal sealed partial class PriceListJson : JsonSerializerContext;
