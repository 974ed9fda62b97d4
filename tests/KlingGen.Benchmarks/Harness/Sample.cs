namespace KlingGen.Benchmarks;

/// <summary>One quantity, measured several times.</summary>
internal sealed record Sample(IReadOnlyList<double> Values)
{
    /// <summary>The middle value.</summary>
    public double Median => Quantile(0.5);

    /// <summary>The interquartile range as a share of the median.</summary>
    public double Spread => Median == 0 ? 0 : (Quantile(0.75) - Quantile(0.25)) / Math.Abs(Median);

    /// <summary>Combines the values of the same rounds.</summary>
    public Sample With(Sample other, Func<double, double, double> combine) => new([.. Values.Zip(other.Values, combine)]);

    // Linear interpolation between the neighbours.
    private double Quantile(double share)
    {
        double[] sorted = [.. Values.Order()];
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
