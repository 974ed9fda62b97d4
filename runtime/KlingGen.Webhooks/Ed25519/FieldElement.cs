using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Fal.Ed25519;

/// <summary>A number modulo p = 2^255 − 19, the field of Curve25519, as five limbs of 51 bits.</summary>
/// <remarks>
/// The limbs may exceed 51 bits between operations, since carrying after every addition would cost more than it saves. Three
/// bounds make that safe: products and differences leave limbs below 2^52; a sum of two such numbers (and a sum of two such
/// sums) stays below 2^54; every operation accepts limbs below 2^54. Nothing here runs in constant time, because all data is
/// public.
/// </remarks>
internal readonly struct FieldElement
{
    private const ulong Mask = (1UL << 51) - 1;

    private readonly ulong _0, _1, _2, _3, _4;

    private FieldElement(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) => (_0, _1, _2, _3, _4) = (l0, l1, l2, l3, l4);

    public static FieldElement Zero => default;

    public static FieldElement One => new(1, 0, 0, 0, 0);

    public static FieldElement Small(uint value) => new(value, 0, 0, 0, 0);

    /// <summary>Parses 32 little-endian bytes without the top bit; false if the number is not below p.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FieldElement value)
    {
        var w0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var w1 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        var w2 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        var w3 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
        value = new(w0 & Mask, (w0 >> 51 | w1 << 13) & Mask, (w1 >> 38 | w2 << 26) & Mask, (w2 >> 25 | w3 << 39) & Mask, (w3 >> 12) & Mask);

        // The numbers from p up to 2^255 − 1 are exactly those with four full upper limbs and a lowest limb of at least 2^51 − 19.
        return !(value._0 >= Mask - 18 && (value._1 & value._2 & value._3 & value._4) == Mask);
    }

    /// <summary>Writes the canonical form: 32 little-endian bytes of the number below p.</summary>
    public void Write(Span<byte> bytes)
    {
        var r = Carried(_0, _1, _2, _3, _4);

        // One carry leaves a number below 2p. It is at least p exactly when adding 19 overflows 255 bits, and then
        // adding 19 and dropping bit 255 subtracts p.
        var q = (r._0 + 19) >> 51;
        q = (r._1 + q) >> 51;
        q = (r._2 + q) >> 51;
        q = (r._3 + q) >> 51;
        q = (r._4 + q) >> 51;
        var l0 = r._0 + 19 * q;
        var l1 = r._1 + (l0 >> 51);
        var l2 = r._2 + (l1 >> 51);
        var l3 = r._3 + (l2 >> 51);
        var l4 = r._4 + (l3 >> 51);
        (l0, l1, l2, l3, l4) = (l0 & Mask, l1 & Mask, l2 & Mask, l3 & Mask, l4 & Mask);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, l0 | l1 << 51);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], l1 >> 13 | l2 << 38);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], l2 >> 26 | l3 << 25);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], l3 >> 39 | l4 << 12);
    }

    public bool IsZero
    {
        get
        {
            Span<byte> bytes = stackalloc byte[32];
            Write(bytes);
            return !bytes.ContainsAnyExcept((byte)0);
        }
    }

    /// <summary>The lowest bit of the canonical form, which Ed25519 calls the sign.</summary>
    public bool IsOdd
    {
        get
        {
            Span<byte> bytes = stackalloc byte[32];
            Write(bytes);
            return (bytes[0] & 1) != 0;
        }
    }

    public static FieldElement operator +(in FieldElement a, in FieldElement b) =>
        new(a._0 + b._0, a._1 + b._1, a._2 + b._2, a._3 + b._3, a._4 + b._4);

    // 16p is added first so that no limb becomes negative for any b within the bounds.
    public static FieldElement operator -(in FieldElement a, in FieldElement b) => Carried(
        a._0 + 16 * (Mask - 18) - b._0, a._1 + 16 * Mask - b._1, a._2 + 16 * Mask - b._2, a._3 + 16 * Mask - b._3, a._4 + 16 * Mask - b._4);

    public static FieldElement operator -(in FieldElement a) => Zero - a;

    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        // The part above 2^255 is added 19 times at the bottom, because 2^255 = 19 modulo p.
        ulong a0 = a._0, a1 = a._1, a2 = a._2, a3 = a._3, a4 = a._4;
        ulong b0 = b._0, b1 = b._1, b2 = b._2, b3 = b._3, b4 = b._4;
        ulong b1x = 19 * b1, b2x = 19 * b2, b3x = 19 * b3, b4x = 19 * b4;
        return Folded(
            Times(a0, b0) + Times(a1, b4x) + Times(a2, b3x) + Times(a3, b2x) + Times(a4, b1x),
            Times(a0, b1) + Times(a1, b0) + Times(a2, b4x) + Times(a3, b3x) + Times(a4, b2x),
            Times(a0, b2) + Times(a1, b1) + Times(a2, b0) + Times(a3, b4x) + Times(a4, b3x),
            Times(a0, b3) + Times(a1, b2) + Times(a2, b1) + Times(a3, b0) + Times(a4, b4x),
            Times(a0, b4) + Times(a1, b3) + Times(a2, b2) + Times(a3, b1) + Times(a4, b0));
    }

    public FieldElement Squared()
    {
        ulong a0 = _0, a1 = _1, a2 = _2, a3 = _3, a4 = _4;
        ulong a0d = 2 * a0, a1d = 2 * a1, a3x = 19 * a3, a4x = 19 * a4;
        return Folded(
            Times(a0, a0) + Times(a1d, a4x) + Times(2 * a2, a3x),
            Times(a0d, a1) + Times(2 * a2, a4x) + Times(a3, a3x),
            Times(a0d, a2) + Times(a1, a1) + Times(2 * a3, a4x),
            Times(a0d, a3) + Times(a1d, a2) + Times(a4, a4x),
            Times(a0d, a4) + Times(a1d, a3) + Times(a2, a2));
    }

    /// <summary>1/a, as a^(p−2); zero for zero.</summary>
    public FieldElement Inverted()
    {
        // p − 2 = 2^255 − 21 = (2^250 − 1)·2^5 + 11
        var (ones250, power11) = LongRunOfOnes();
        return ones250.Squared(5) * power11;
    }

    /// <summary>a^((p−5)/8), for the square root.</summary>
    public FieldElement ToPowerOfRoot()
    {
        // (p − 5)/8 = 2^252 − 3 = (2^250 − 1)·2^2 + 1
        var (ones250, _) = LongRunOfOnes();
        return ones250.Squared(2) * this;
    }

    // a^(2^250 − 1), by doubling the number of one bits in the exponent; a^11 is an intermediate result.
    private (FieldElement Ones250, FieldElement Power11) LongRunOfOnes()
    {
        var power2 = Squared();
        var power9 = power2.Squared(2) * this;
        var power11 = power9 * power2;
        var ones5 = power11.Squared() * power9;
        var ones10 = ones5.Squared(5) * ones5;
        var ones20 = ones10.Squared(10) * ones10;
        var ones40 = ones20.Squared(20) * ones20;
        var ones50 = ones40.Squared(10) * ones10;
        var ones100 = ones50.Squared(50) * ones50;
        var ones200 = ones100.Squared(100) * ones100;
        return (ones200.Squared(50) * ones50, power11);
    }

    private FieldElement Squared(int times)
    {
        var result = this;
        for (var i = 0; i < times; i++) result = result.Squared();
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static UInt128 Times(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return new(high, low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Folded(UInt128 r0, UInt128 r1, UInt128 r2, UInt128 r3, UInt128 r4)
    {
        r1 += (ulong)(r0 >> 51);
        r2 += (ulong)(r1 >> 51);
        r3 += (ulong)(r2 >> 51);
        r4 += (ulong)(r3 >> 51);
        var l0 = ((ulong)r0 & Mask) + 19 * (ulong)(r4 >> 51);
        return new(l0 & Mask, ((ulong)r1 & Mask) + (l0 >> 51), (ulong)r2 & Mask, (ulong)r3 & Mask, (ulong)r4 & Mask);
    }

    // All carries at once: each limb gives its overflow to the next one, and the last gives its own, times 19, to the first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Carried(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) =>
        new((l0 & Mask) + 19 * (l4 >> 51), (l1 & Mask) + (l0 >> 51), (l2 & Mask) + (l1 >> 51), (l3 & Mask) + (l2 >> 51), (l4 & Mask) + (l3 >> 51));
}
