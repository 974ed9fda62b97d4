using System.Globalization;
using System.Text.Json;
using Fal;

namespace KlingGen.Cli.Pricing;

/// <summary>An entry of the price list that comes with the package.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="AsOf">The day on which the price was read.</param>
/// <param name="Rates">Its rates, as the list has them.</param>
internal sealed record BundledPrice(string Endpoint, DateOnly AsOf, IReadOnlyList<decimal> Rates)
{
    private const int DaysUntilOld = 90;

    private static readonly Lazy<BundledPrice[]> List = new(Read);

    public static IReadOnlyList<BundledPrice> All => List.Value;

    /// <summary>Whether the price was read more than 90 days ago.</summary>
    public bool IsOld(TimeProvider time) => AsOf < DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-DaysUntilOld);

    private static BundledPrice[] Read()
    {
        using var stream = typeof(FalPriceList).Assembly.GetManifestResourceStream("prices.json")!;
        using var json = JsonDocument.Parse(stream, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        var listDate = Date(json.RootElement.GetProperty("asOf"));
        return
        [
            .. json.RootElement.GetProperty("prices").EnumerateArray().Select(entry => new BundledPrice(
                entry.GetProperty("endpoint").GetString()!,
                entry.TryGetProperty("asOf", out var own) ? Date(own) : listDate,
                [.. entry.GetProperty("rates").EnumerateArray().Select(rate => rate.GetProperty("price").GetDecimal())])),
        ];
    }

    private static DateOnly Date(JsonElement text) => DateOnly.ParseExact(text.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
