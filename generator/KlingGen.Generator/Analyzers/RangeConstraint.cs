using System;
using System.Numerics;
using KlingGen.Text;

namespace KlingGen.Analyzers;

/// <summary>The range of a number, judged as the check at run time judges it.</summary>
internal sealed class RangeConstraint(double minimum, bool isAbove, double maximum, bool isBelow, double multipleOf, bool isInteger)
{
    // A number in double's whole range; an integer that no double holds exactly is left to the check at run time.
    private const double Exact = 9007199254740992;

    public static readonly RangeConstraint Finite = new(double.NegativeInfinity, false, double.PositiveInfinity, false, 0, isInteger: false);

    /// <summary>Negative infinity where there is none.</summary>
    public double Minimum => minimum;

    /// <returns>What is wrong, in the words that follow the member's name; null if nothing is.</returns>
    public string? Judge(double value)
    {
        if (isInteger) return multipleOf <= 0 && !IsOutside(value) ? null : JudgeInteger(value);
        if (double.IsNaN(value) || double.IsInfinity(value)) return $"must be a finite number, not {Wording.Text(value)}";
        if (IsOutside(value)) return $"must be {Wording.Range(minimum, isAbove, maximum, isBelow)}, not {Wording.Text(value)}";
        return multipleOf > 0 && !IsMultiple(value, multipleOf) ? $"must be a multiple of {Wording.Text(multipleOf)}, not {Wording.Text(value)}" : null;
    }

    /// <summary>The limit that is nearest, as a C# expression; null where the value is in range, or the limit itself is refused.</summary>
    public string? Nearest(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value) || !IsOutside(value)) return null;
        var isLow = value < minimum || (isAbove && value <= minimum);
        var limit = isLow ? minimum : maximum;
        if (isInteger)
        {
            if (Math.Abs(limit) > Exact) return null;
            limit = isLow ? (double)Lowest()!.Value : (double)Highest()!.Value;
        }
        else if (isLow ? isAbove : isBelow)
        {
            return null;
        }

        return Judge(limit) is null ? Literal.Number(limit) : null;
    }

    private bool IsOutside(double value) => value < minimum || value > maximum || (isAbove && value <= minimum) || (isBelow && value >= maximum);

    private string? JudgeInteger(double value)
    {
        if (Math.Abs(value) > Exact) return IsOutside(value) ? $"must be {Wording.Range(Lowest(), Highest())}, not {Wording.Text(new BigInteger(value))}" : null;
        var whole = new BigInteger(value);
        if (IsOutside(value)) return $"must be {Wording.Range(Lowest(), Highest())}, not {Wording.Text(whole)}";
        if (multipleOf <= 0 || multipleOf != Math.Floor(multipleOf) || multipleOf > Exact) return null;
        return whole % new BigInteger(multipleOf) == 0 ? null : $"must be a multiple of {Wording.Text(new BigInteger(multipleOf))}, not {Wording.Text(whole)}";
    }

    private BigInteger? Lowest()
        => double.IsInfinity(minimum) ? null : new BigInteger(Math.Ceiling(minimum)) + (isAbove && minimum.Equals(Math.Floor(minimum)) ? 1 : 0);

    private BigInteger? Highest()
        => double.IsInfinity(maximum) ? null : new BigInteger(Math.Floor(maximum)) - (isBelow && maximum.Equals(Math.Floor(maximum)) ? 1 : 0);

    /// <summary>Tenths and the like have no exact binary form, so a little next to a multiple is one.</summary>
    private static bool IsMultiple(double value, double step)
    {
        var count = value / step;
        return Math.Abs(count - Math.Round(count)) <= 1e-9 * Math.Max(1, Math.Abs(count));
    }
}
