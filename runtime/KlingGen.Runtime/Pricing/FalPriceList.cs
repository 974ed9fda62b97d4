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

    private static readonly Lazy<FalPriceList> BundledList = new(static () =>
    {
        using var stream = typeof(FalPriceList).Assembly.GetManifestResourceStream(Resource)!;
        return Load(stream);
    });

    private readonly Dictionary<string, PriceRule> _rules;

    /// <summary>Creates a list without prices: every estimate is unknown.</summary>
    public FalPriceList()
        : this(default, "USD", [])
    {
    }

    private FalPriceList(DateOnly asOf, string currency, Dictionary<string, PriceRule> rules)
    {
        AsOf = asOf;
        Currency = currency;
        _rules = rules;
    }

    /// <summary>The list in the package.</summary>
    public static FalPriceList Bundled => BundledList.Value;

    /// <summary>The day on which the prices were read; an entry may have its own.</summary>
    public DateOnly AsOf { get; }

    /// <summary>The ISO 4217 code of the currency of all prices.</summary>
    public string Currency { get; }

    /// <summary>The ids of the endpoints that have a price, in ordinal order.</summary>
    public IReadOnlyList<string> Endpoints => [.. _rules.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Parses a price list.</summary>
    /// <param name="stream">The JSON of the list, in UTF-8.</param>
    /// <exception cref="FormatException">The JSON is not a price list; the message has the position.</exception>
    public static FalPriceList Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
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
        return new FalPriceList(document.AsOf, document.Currency, rules);
    }

    /// <summary>Estimates the cost of a request with this list.</summary>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="request">The request's JSON.</param>
    public FalCostEstimate Estimate(string endpointId, JsonElement request)
    {
        ArgumentNullException.ThrowIfNull(endpointId);
        return _rules.TryGetValue(endpointId, out var rule)
            ? PriceCalculation.Estimate(rule, request, Currency, AsOf)
            : FalCostEstimate.Unknown($"the price list has no price for {endpointId}.");
    }

    /// <summary>The days of the entries that are older than <paramref name="limit"/>, by endpoint.</summary>
    internal IEnumerable<(string Endpoint, DateOnly AsOf)> OlderThan(DateOnly limit)
        => from rule in _rules.Values
           let asOf = rule.AsOf ?? AsOf
           where asOf < limit
           orderby rule.Endpoint
           select (rule.Endpoint, asOf);

    /// <summary>The date and the number of prices.</summary>
    public override string ToString() => FormattableString.Invariant($"FalPriceList ({AsOf:yyyy-MM-dd}, {_rules.Count} endpoints)");

    private static string? Fault(PriceRule rule)
    {
        if (!FalEndpointId.TryParse(rule.Endpoint, out _)) return "names no endpoint id";
        if (rule.Rates.Count == 0) return "has no rates";
        if (rule.Rates.Any(rate => rate.Price < 0)) return "has a negative price";
        if (rule.Confidence < FalPriceConfidence.Reported) return "must have the confidence 'published' or 'reported'";
        var hasLength = rule.Seconds is { Count: > 0 } || rule.MaximumSeconds is not null;
        return rule.Per == PriceUnit.Second && !hasLength ? "is per second, but names no 'seconds'" : null;
    }
}
