namespace Fal.Ed25519;

/// <summary>A point of the curve −x² + y² = 1 + d·x²·y², in extended coordinates: x = X/Z, y = Y/Z, x·y = T/Z.</summary>
internal readonly struct EdwardsPoint
{
    // Every constant is computed from its definition in RFC 8032, so that a reader can verify it.
    private static readonly FieldElement D = -(FieldElement.Small(121665) * FieldElement.Small(121666).Inverted());
    private static readonly FieldElement D2 = D + D;

    // 2 is no square modulo p, so 2^((p−1)/4) is a root of −1; (p−1)/4 = 2·(p−5)/8 + 1.
    private static readonly FieldElement RootOfMinusOne = FieldElement.Small(2).ToPowerOfRoot().Squared() * FieldElement.Small(2);

    /// <summary>The base point B: y = 4/5, x even.</summary>
    public static readonly EdwardsPoint Base = FromY(FieldElement.Small(4) * FieldElement.Small(5).Inverted(), xIsOdd: false)!.Value;

    private readonly FieldElement _x, _y, _z, _t;

    private EdwardsPoint(in FieldElement x, in FieldElement y, in FieldElement z, in FieldElement t) => (_x, _y, _z, _t) = (x, y, z, t);

    public static EdwardsPoint Identity => new(FieldElement.Zero, FieldElement.One, FieldElement.One, FieldElement.Zero);

    /// <summary>Parses a point from its 32 bytes; null unless they are the canonical form of a point on the curve.</summary>
    public static EdwardsPoint? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 32 && FieldElement.TryRead(bytes, out var y) ? FromY(y, (bytes[31] & 0x80) != 0) : null;

    /// <summary>Writes y with the sign of x in the top bit.</summary>
    public void Write(Span<byte> bytes)
    {
        var inverse = _z.Inverted();
        (_y * inverse).Write(bytes);
        if ((_x * inverse).IsOdd) bytes[31] |= 0x80;
    }

    /// <summary>Whether eight times the point is the identity. A signature by such a point can be valid for any message.</summary>
    public bool HasSmallOrder
    {
        get
        {
            var p = Doubled().Doubled().Doubled();
            return p._x.IsZero && (p._y - p._z).IsZero;
        }
    }

    public static EdwardsPoint operator -(in EdwardsPoint p) => new(-p._x, p._y, p._z, -p._t);

    /// <summary>2·p. T costs a product and only an addition reads it, so in a sequence of doublings only the last one computes it.</summary>
    public EdwardsPoint Doubled(bool withT = true)
    {
        var xx = _x.Squared();
        var yy = _y.Squared();
        var zz = _z.Squared();
        var h = xx + yy;
        var e = h - (_x + _y).Squared();
        var g = xx - yy;
        var f = zz + zz + g;
        return new(e * f, g * h, f * g, withT ? e * h : default);
    }

    // The formula is complete on this curve: it also holds for equal and for opposite points.
    public EdwardsPoint Plus(in Addend q) => Combined(q.YPlusX, q.YMinusX, q.Z2, _t * q.TD2, subtract: false);

    // −q has x and t negated, so the two sums are swapped and the last product changes its sign.
    public EdwardsPoint Minus(in Addend q) => Combined(q.YMinusX, q.YPlusX, q.Z2, _t * q.TD2, subtract: true);

    private EdwardsPoint Combined(in FieldElement yPlusX, in FieldElement yMinusX, in FieldElement z2, in FieldElement c, bool subtract)
    {
        var a = (_y - _x) * yMinusX;
        var b = (_y + _x) * yPlusX;
        var d = _z * z2;
        var e = b - a;
        var f = subtract ? d + c : d - c;
        var g = subtract ? d - c : d + c;
        var h = b + a;
        return new(e * f, g * h, f * g, e * h);
    }

    // x² = (y² − 1)/(d·y² + 1) = u/v, and the candidate root u·v³·(u·v⁷)^((p−5)/8) needs no separate division (RFC 8032, section 5.1.3).
    private static EdwardsPoint? FromY(in FieldElement y, bool xIsOdd)
    {
        var yy = y.Squared();
        var u = yy - FieldElement.One;
        var v = yy * D + FieldElement.One;
        var v3 = v.Squared() * v;
        var x = u * v3 * (u * v3.Squared() * v).ToPowerOfRoot();
        var vxx = v * x.Squared();
        if (!(vxx - u).IsZero)
        {
            // The candidate may differ by a root of −1; if that does not correct it, u/v is not a square and no point has this y.
            if (!(vxx + u).IsZero) return null;
            x *= RootOfMinusOne;
        }

        // Zero has no sign: a sign bit would give such a point two encodings.
        if (x.IsZero && xIsOdd) return null;
        if (x.IsOdd != xIsOdd) x = -x;
        return new(x, y, FieldElement.One, x * y);
    }

    /// <summary>A point precomputed for repeated additions.</summary>
    public readonly struct Addend(in EdwardsPoint p)
    {
        public readonly FieldElement YPlusX = p._y + p._x;
        public readonly FieldElement YMinusX = p._y - p._x;
        public readonly FieldElement Z2 = p._z + p._z;
        public readonly FieldElement TD2 = p._t * D2;
    }
}
