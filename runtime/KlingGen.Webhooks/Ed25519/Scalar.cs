using System.Buffers.Binary;

namespace Fal.Ed25519;

/// <summary>A number modulo L = 2^252 + 27742317777372353535851937790883648493, the order of the base point, as four 64-bit words.</summary>
internal readonly struct Scalar
{
    // The words of L, lowest first.
    private const ulong L0 = 0x5812631a5cf5d3ed, L1 = 0x14def9dea2f79cd6, L2 = 0, L3 = 0x1000000000000000;

    private readonly ulong _0, _1, _2, _3;

    private Scalar(ulong w0, ulong w1, ulong w2, ulong w3) => (_0, _1, _2, _3) = (w0, w1, w2, w3);

    /// <summary>Parses 32 little-endian bytes; false unless the number is below L, because S and S + L would sign the same message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Scalar value)
    {
        value = new(Word(bytes, 0), Word(bytes, 1), Word(bytes, 2), Word(bytes, 3));
        return !value.ReachesOrder();
    }

    /// <summary>A little-endian number of at most 64 bytes, modulo L.</summary>
    public static Scalar Reduce(ReadOnlySpan<byte> bytes)
    {
        // Long division, bit by bit: a few microseconds, compared with the tens of the curve operations, and simple to verify.
        var result = default(Scalar);
        for (var bit = bytes.Length * 8 - 1; bit >= 0; bit--)
            result = result.DoubledPlus((ulong)(bytes[bit >> 3] >> (bit & 7)) & 1);
        return result;
    }

    /// <summary>a·b + c modulo L.</summary>
    public static Scalar MultiplyAdd(in Scalar a, in Scalar b, in Scalar c)
    {
        var result = default(Scalar);
        for (var bit = 255; bit >= 0; bit--)
        {
            result = result.DoubledPlus(0);
            if ((a[bit >> 6] >> (bit & 63) & 1) != 0) result = result.Plus(b);
        }

        return result.Plus(c);
    }

    public void Write(Span<byte> bytes)
    {
        for (var i = 0; i < 4; i++) BinaryPrimitives.WriteUInt64LittleEndian(bytes[(8 * i)..], this[i]);
    }

    /// <summary>
    /// Writes the number as a sum of digit[i]·2^i, in which a digit is zero or odd with |digit| &lt; 2^(width−1), and at
    /// least <paramref name="width"/> − 1 zeros follow each odd digit: few additions, with a table of a few odd multiples.
    /// </summary>
    public void WriteDigits(Span<sbyte> digits, int width)
    {
        digits.Clear();
        var carry = 0;
        for (var i = 0; i < digits.Length;)
        {
            var window = carry + (int)Bits(i, width);
            if ((window & 1) == 0)
            {
                // Even: this digit is zero, and a pending carry stays unchanged, since carry + bit was 0 or 2.
                i++;
                continue;
            }

            // An odd window above half becomes negative, and the carry compensates for it above the window.
            carry = window >> (width - 1);
            digits[i] = (sbyte)(window - (carry << width));
            i += width;
        }
    }

    private ulong this[int word] => word switch { 0 => _0, 1 => _1, 2 => _2, 3 => _3, _ => 0 };

    private uint Bits(int from, int count)
    {
        var word = from >> 6;
        var shift = from & 63;
        var bits = this[word] >> shift;
        if (shift + count > 64) bits |= this[word + 1] << (64 - shift);
        return (uint)bits & ((1U << count) - 1);
    }

    // Both stay below 2L < 2^254, so nothing overflows the four words before the one conditional subtraction.
    private Scalar DoubledPlus(ulong bit) =>
        new Scalar(_0 << 1 | bit, _1 << 1 | _0 >> 63, _2 << 1 | _1 >> 63, _3 << 1 | _2 >> 63).Reduced();

    private Scalar Plus(in Scalar b)
    {
        var r0 = _0 + b._0;
        var r1 = (UInt128)_1 + b._1 + (r0 < _0 ? 1UL : 0);
        var r2 = (UInt128)_2 + b._2 + (ulong)(r1 >> 64);
        return new Scalar(r0, (ulong)r1, (ulong)r2, _3 + b._3 + (ulong)(r2 >> 64)).Reduced();
    }

    private Scalar Reduced()
    {
        if (!ReachesOrder()) return this;
        var r0 = _0 - L0;
        var borrow = _0 < L0 ? 1UL : 0;
        var r1 = _1 - L1 - borrow;
        borrow = _1 < L1 || (_1 == L1 && borrow == 1) ? 1UL : 0;
        var r2 = _2 - L2 - borrow;
        borrow = _2 < L2 + borrow ? 1UL : 0;
        return new(r0, r1, r2, _3 - L3 - borrow);
    }

    private bool ReachesOrder()
    {
        if (_3 != L3) return _3 > L3;
        if (_2 != L2) return _2 > L2;
        if (_1 != L1) return _1 > L1;
        return _0 >= L0;
    }

    private static ulong Word(ReadOnlySpan<byte> bytes, int index) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * index)..]);
}
