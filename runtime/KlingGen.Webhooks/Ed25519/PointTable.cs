namespace Fal.Ed25519;

/// <summary>Odd multiples of a point P and of 2^128·P, from which any multiple of P is computed with 128 doublings instead of 256.</summary>
internal sealed class PointTable
{
    private const int Half = 128;

    private readonly int _width;
    private readonly EdwardsPoint.Addend[] _low, _high;

    public PointTable(in EdwardsPoint point, int width)
    {
        _width = width;
        _low = OddMultiples(point, width);
        var shifted = point;
        for (var i = 0; i < Half; i++) shifted = shifted.Doubled();
        _high = OddMultiples(shifted, width);
    }

    /// <summary>The tables of the base point, shared by all keys.</summary>
    public static PointTable Base { get; } = new(EdwardsPoint.Base, width: 7);

    /// <summary>scalar·P</summary>
    public EdwardsPoint Times(in Scalar scalar) => Sum(this, scalar, null, default);

    /// <summary>a·P + b·Q, with shared doublings.</summary>
    public static EdwardsPoint Sum(PointTable p, in Scalar a, PointTable? q, in Scalar b)
    {
        Span<sbyte> digitsOfA = stackalloc sbyte[2 * Half];
        Span<sbyte> digitsOfB = stackalloc sbyte[2 * Half];
        a.WriteDigits(digitsOfA, p._width);
        b.WriteDigits(digitsOfB, q?._width ?? 2);

        var sum = EdwardsPoint.Identity;
        for (var i = Half - 1; i >= 0; i--)
        {
            var adds = digitsOfA[i] != 0 || digitsOfA[i + Half] != 0 || digitsOfB[i] != 0 || digitsOfB[i + Half] != 0;
            sum = sum.Doubled(withT: adds);
            if (!adds) continue;
            sum = p.Add(sum, digitsOfA[i], digitsOfA[i + Half]);
            if (q is not null) sum = q.Add(sum, digitsOfB[i], digitsOfB[i + Half]);
        }

        return sum;
    }

    private EdwardsPoint Add(in EdwardsPoint sum, int low, int high)
    {
        var result = sum;
        if (low != 0) result = Add(result, _low, low);
        if (high != 0) result = Add(result, _high, high);
        return result;
    }

    // The table contains P, 3P, 5P …, so the multiple d has index d/2.
    private static EdwardsPoint Add(in EdwardsPoint sum, EdwardsPoint.Addend[] table, int digit) =>
        digit > 0 ? sum.Plus(table[digit >> 1]) : sum.Minus(table[-digit >> 1]);

    private static EdwardsPoint.Addend[] OddMultiples(in EdwardsPoint point, int width)
    {
        var table = new EdwardsPoint.Addend[1 << (width - 2)];
        var twice = new EdwardsPoint.Addend(point.Doubled());
        var multiple = point;
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = new(multiple);
            multiple = multiple.Plus(twice);
        }

        return table;
    }
}
