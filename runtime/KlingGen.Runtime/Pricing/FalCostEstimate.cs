using System.Diagnostics;
using System.Globalization;

namespace Fal;

/// <summary>
/// The expected cost of one request: an amount, a range, or unknown with the reason. Prices change and accounts have
/// discounts, so an estimate is not a quote; its origin is in <see cref="AsOf"/> and <see cref="Source"/>.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalCostEstimate
{
    private FalCostEstimate()
    {
    }

    /// <summary>The lowest cost; null when the cost is unknown.</summary>
    public decimal? Minimum { get; private init; }

    /// <summary>The highest cost, which is reserved in budgets; null when the cost is unknown.</summary>
    public decimal? Maximum { get; private init; }

    /// <summary>The cost when it is one amount; null for a range and for an unknown cost.</summary>
    public decimal? Amount => Minimum == Maximum ? Maximum : null;

    /// <summary>Whether there is an amount or a range.</summary>
    public bool IsKnown => Maximum is not null;

    /// <summary>The ISO 4217 code of the currency; null when the cost is unknown.</summary>
    public string? Currency { get; private init; }

    /// <summary>How reliable the price is.</summary>
    public FalPriceConfidence Confidence { get; private init; }

    /// <summary>The day on which the price was read; null when the cost is unknown.</summary>
    public DateOnly? AsOf { get; private init; }

    /// <summary>The source of the price, such as the URL of fal's page; null when the cost is unknown.</summary>
    public string? Source { get; private init; }

    /// <summary>Why the cost is unknown or a range; null for an amount.</summary>
    public string? Reason { get; private init; }

    /// <summary>The amount or the range with currency, confidence and date, or the reason why there is none.</summary>
    public override string ToString() => (Minimum, Maximum) switch
    {
        ({ } low, { } high) when low == high => string.Create(CultureInfo.InvariantCulture, $"{high:0.####} {Currency} ({Origin})"),
        ({ } low, { } high) => string.Create(CultureInfo.InvariantCulture, $"{low:0.####} to {high:0.####} {Currency} ({Origin}; {Reason})"),
        _ => $"unknown: {Reason}",
    };

    private string Origin => string.Create(CultureInfo.InvariantCulture, $"{Confidence.ToString().ToLowerInvariant()} price of {AsOf:yyyy-MM-dd}");

    internal static FalCostEstimate Unknown(string reason) => new() { Reason = reason };

    internal static FalCostEstimate Between(
        decimal minimum, decimal maximum, string currency, FalPriceConfidence confidence, DateOnly asOf, string source, string? reason = null)
        => new()
        {
            Minimum = minimum,
            Maximum = maximum,
            Currency = currency,
            Confidence = confidence,
            AsOf = asOf,
            Source = source,
            Reason = reason,
        };
}
