using System.Diagnostics;
using System.Text.Json;

namespace Fal;

/// <summary>
/// A list of dated prices: the rate of an endpoint, depending on the parameters of a request. The package contains one list;
/// <see cref="Load"/> reads a newer one, so that prices change without a rebuild.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalPriceList
{
    private const string Resource = "prices.json";

    // Null for the list in the package, which is read when it is first used: most programs estimate no cost.
    private PriceTable? _table;

    /// <summary>Creates a list without prices: every estimate is unknown.</summary>
    public FalPriceList()
        : this(new PriceTable(default, "USD", []))
    {
    }

    private FalPriceList(PriceTable? table) => _table = table;

    /// <summary>The list in the package.</summary>
    public static FalPriceList Bundled { get; } = new(table: null);

    /// <summary>The day on which the prices were read; an entry may have its own.</summary>
    public DateOnly AsOf => Table.AsOf;

    /// <summary>The ISO 4217 code of the currency of all prices.</summary>
    public string Currency => Table.Currency;

    /// <summary>The ids of the endpoints that have a price, in ordinal order.</summary>
    public IReadOnlyList<string> Endpoints => [.. Table.Rules.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Parses a price list.</summary>
    /// <param name="stream">The JSON of the list, in UTF-8.</param>
    /// <exception cref="FormatException">The JSON is not a price list; the message has the position.</exception>
    public static FalPriceList Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new FalPriceList(Read(stream));
    }

    /// <summary>Estimates the cost of a request with this list.</summary>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="request">The request's JSON.</param>
    public FalCostEstimate Estimate(string endpointId, JsonElement request)
    {
        ArgumentNullException.ThrowIfNull(endpointId);
        if (!Table.Rules.TryGetValue(endpointId, out var rule)) return FalCostEstimate.Unknown($"the price list has no price for {endpointId}.");
        try
        {
            return PriceCalculation.Estimate(rule, request, Currency, AsOf);
        }
        catch (OverflowException)
        {
            return FalCostEstimate.Unknown("the request has a length that is too large for a price.");
        }
    }

    /// <summary>The date and the number of prices; for the list in the package only once it was used.</summary>
    public override string ToString() => _table is null
        ? "FalPriceList (the list in the package)"
        : FormattableString.Invariant($"FalPriceList ({_table.AsOf:yyyy-MM-dd}, {_table.Rules.Count} endpoints)");

    private PriceTable Table => _table ??= ReadBundled();

    private static PriceTable ReadBundled()
    {
        using var stream = typeof(FalPriceList).Assembly.GetManifestResourceStream(Resource)!;
        return Read(stream);
    }

    private static PriceTable Read(Stream stream)
    {
        PriceListDocument document;
        try
        {
            document = JsonSerializer.Deserialize(stream, PriceListJson.Default.PriceListDocument)
                ?? throw new FormatException("The price list is null.");
        }
        catch (JsonException ex)
        {
            throw new FormatException($"The price list is not valid: {ex.Message}", ex);
        }
        var rules = new Dictionary<string, PriceRule>(StringComparer.Ordinal);
        foreach (var rule in document.Prices)
        {
            if (Fault(rule) is { } fault) throw new FormatException($"The price list's entry for '{rule.Endpoint}' {fault}.");
            if (!rules.TryAdd(rule.Endpoint, rule)) throw new FormatException($"The price list has two entries for '{rule.Endpoint}'.");
        }
        return new PriceTable(document.AsOf, document.Currency, rules);
    }

    private static string? Fault(PriceRule rule)
    {
        if (!FalEndpointId.TryParse(rule.Endpoint, out _)) return "names no endpoint id";
        if (rule.Rates.Count == 0) return "has no rates";
        if (rule.Rates.Any(rate => rate.Price < 0)) return "has a negative price";
        if (rule.Confidence < FalPriceConfidence.Reported) return "must have the confidence 'published' or 'reported'";
        var hasLength = rule.Seconds is { Count: > 0 } || rule.MaximumSeconds is not null;
        return rule.Per == PriceUnit.Second && !hasLength ? "is per second, but names no 'seconds'" : null;
    }

    private sealed record PriceTable(DateOnly AsOf, string Currency, Dictionary<string, PriceRule> Rules);
}
