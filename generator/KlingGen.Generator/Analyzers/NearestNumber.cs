using System;
using System.Numerics;
using KlingGen.Checks;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Analyzers;

/// <summary>Finds the limit that a number out of range comes nearest to.</summary>
internal static class NearestNumber
{
    // Attributes hold limits as double; above 2^53 a double does not hold every integer.
    private const double MaxExact = 9007199254740992;

    /// <summary>Whether a violation by an integer is certain, although its limits come from doubles.</summary>
    public static bool IsCertain(BigInteger value, Constraints constraints)
    {
        if (BigInteger.Abs(value) <= (BigInteger)MaxExact) return true;
        var (low, high) = (Low(constraints), High(constraints));
        return (double)value < low || (double)value > high;
    }

    /// <returns>The limit as a C# expression; null if the value is in range, or the limit itself is not permitted.</returns>
    public static string? Find(double value, Constraints constraints, bool isInteger)
    {
        if (double.IsNaN(value) || double.IsInfinity(value)) return null;
        var (low, high) = (Low(constraints), High(constraints));
        var isBelow = value < low || (constraints.ExclusiveMinimum is not null && value <= low);
        var isAbove = value > high || (constraints.ExclusiveMaximum is not null && value >= high);
        if (!isBelow && !isAbove) return null;
        if (isInteger)
        {
            var (min, max, step) = ConstraintTable.IntegerRange(constraints);
            if ((isBelow ? min : max) is not { } nearest || BigInteger.Abs(nearest) > (BigInteger)MaxExact) return null;
            return ValueRules.Integer(nearest, min, max, step) is null ? Literal.Number((double)nearest) : null;
        }

        var limit = isBelow ? low : high;
        if (isBelow ? constraints.ExclusiveMinimum is not null : constraints.ExclusiveMaximum is not null) return null;
        foreach (var _ in ConstraintGroups.Check(constraints, TypeKind.Number, new ConstrainedValue.Number(limit))) return null;
        return Literal.Number(limit);
    }

    /// <summary>The lower end of a range; negative infinity if it is open.</summary>
    public static double Low(Constraints constraints) => Number(constraints.ExclusiveMinimum ?? constraints.Minimum, double.NegativeInfinity);

    /// <summary>The upper end of a range; infinity if it is open.</summary>
    public static double High(Constraints constraints) => Number(constraints.ExclusiveMaximum ?? constraints.Maximum, double.PositiveInfinity);

    private static double Number(string? limit, double open) => limit is null ? open : NumberText.ToDouble(limit);
}
