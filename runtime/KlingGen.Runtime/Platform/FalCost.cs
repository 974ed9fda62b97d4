using System.Diagnostics;
using System.Globalization;

namespace Fal;

/// <summary>The cost of a finished call: billed units times unit price, or unknown with the reason. An unknown cost is never zero.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalCost
{
    private FalCost()
    {
    }

    /// <summary>The cost; null when it is unknown.</summary>
    public decimal? Amount { get; private init; }

    /// <summary>The ISO 4217 code of the currency; null when the cost is unknown.</summary>
    public string? Currency { get; private init; }

    /// <summary>The units that fal billed; null if the answer has none.</summary>
    public decimal? BillableUnits { get; private init; }

    /// <summary>The unit price that was used; null when the cost is unknown.</summary>
    public FalPrice? Price { get; private init; }

    /// <summary>Why the cost is unknown; null when it is known.</summary>
    public string? Reason { get; private init; }

    /// <summary>The amount with its factors, or the reason why there is none.</summary>
    public override string ToString() => Amount is { } amount
        ? string.Create(
            CultureInfo.InvariantCulture, $"{amount:0.####} {Currency} ({BillableUnits:0.####} x {Price!.UnitPrice:0.######} per {Price.Unit})")
        : $"unknown: {Reason}";

    internal static FalCost FromUnits(decimal units, FalPrice price)
        => new() { Amount = units * price.UnitPrice, Currency = price.Currency, BillableUnits = units, Price = price };

    internal static FalCost Unknown(decimal? units, string reason) => new() { BillableUnits = units, Reason = reason };
}
