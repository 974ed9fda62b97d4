using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Cli.Diff;

/// <summary>Which numbers the check lets through. An integer's range is closed: an exclusive or broken limit admits the next integer.</summary>
internal readonly record struct NumberRange(double? Low, bool IsLowOpen, double? High, bool IsHighOpen)
{
    public static NumberRange FromType(TypeUse use)
    {
        var constraints = use.Constraints;
        var range = new NumberRange(
            Greatest(Value(constraints.Minimum), Value(constraints.ExclusiveMinimum)),
            constraints.ExclusiveMinimum is not null
                && Value(constraints.ExclusiveMinimum) >= (Value(constraints.Minimum) ?? double.NegativeInfinity),
            Least(Value(constraints.Maximum), Value(constraints.ExclusiveMaximum)),
            constraints.ExclusiveMaximum is not null
                && Value(constraints.ExclusiveMaximum) <= (Value(constraints.Maximum) ?? double.PositiveInfinity));
        return use.Kind == TypeKind.Number ? range : range.OfIntegers();
    }

    private NumberRange OfIntegers() => new(
        Low is not { } low ? null : IsLowOpen ? Math.Floor(low) + 1 : Math.Ceiling(low),
        false,
        High is not { } high ? null : IsHighOpen ? Math.Ceiling(high) - 1 : Math.Floor(high),
        false);

    private static double? Value(string? number) => number is null ? null : NumberText.ToDouble(number);

    private static double? Greatest(double? one, double? other) => one is null ? other : other is null ? one : Math.Max(one.Value, other.Value);

    private static double? Least(double? one, double? other) => one is null ? other : other is null ? one : Math.Min(one.Value, other.Value);
}
