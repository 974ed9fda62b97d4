using KlingGen.Model;
using KlingGen.Specs;

namespace KlingGen.Cli.Diff;

/// <summary>Which numbers the check lets through. An integer's range is closed: an exclusive or broken limit admits the next integer.</summary>
internal readonly record struct NumberRange(double? Low, bool IsLowOpen, double? High, bool IsHighOpen)
{
    public static NumberRange Of(TypeUse use)
    {
        var limits = use.Limits;
        var range = new NumberRange(
            Greatest(Value(limits.Minimum), Value(limits.Above)),
            limits.Above is not null && Value(limits.Above) >= (Value(limits.Minimum) ?? double.NegativeInfinity),
            Least(Value(limits.Maximum), Value(limits.Below)),
            limits.Below is not null && Value(limits.Below) <= (Value(limits.Maximum) ?? double.PositiveInfinity));
        return use.Kind == TypeKind.Number ? range : range.OfIntegers();
    }

    private NumberRange OfIntegers() => new(
        Low is not { } low ? null : IsLowOpen ? Math.Floor(low) + 1 : Math.Ceiling(low),
        false,
        High is not { } high ? null : IsHighOpen ? Math.Ceiling(high) - 1 : Math.Floor(high),
        false);

    private static double? Value(string? number) => number is null ? null : Numbers.Double(number);

    private static double? Greatest(double? one, double? other) => one is null ? other : other is null ? one : Math.Max(one.Value, other.Value);

    private static double? Least(double? one, double? other) => one is null ? other : other is null ? one : Math.Min(one.Value, other.Value);
}
