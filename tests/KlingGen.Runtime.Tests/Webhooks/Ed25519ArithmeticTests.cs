using System.Numerics;
using Fal.Ed25519;

namespace Fal.Tests.Webhooks;

/// <summary>The limbs and words against whole numbers of unlimited size.</summary>
public class Ed25519ArithmeticTests
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger L = BigInteger.Pow(2, 252)
        + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Field_operations_agree_with_whole_numbers_at_the_edges_and_at_random()
    {
        BigInteger[] edges = [0, 1, 2, 19, P - 1, P - 2, P - 19, (P - 1) / 2, BigInteger.Pow(2, 51) - 1, BigInteger.Pow(2, 51), BigInteger.Pow(2, 204)
            - 1, BigInteger.Pow(2, 254)];
        var numbers = edges.Concat(Enumerable.Range(0, 40).Select(i => RandomBelow(P, i))).ToArray();
        foreach (var a in numbers)
        {
            var fa = Field(a);
            Assert.Equal(a, Value(fa));
            Assert.Equal(Modulo(a * a, P), Value(fa.Squared()));
            Assert.Equal(BigInteger.ModPow(a, P - 2, P), Value(fa.Inverted()));
            Assert.Equal(BigInteger.ModPow(a, (P - 5) / 8, P), Value(fa.ToPowerOfRoot()));
            Assert.Equal(Modulo(-a, P), Value(-fa));
            Assert.Equal(a.IsZero, fa.IsZero);
            Assert.Equal(!a.IsEven, fa.IsOdd);
            foreach (var b in numbers)
            {
                var fb = Field(b);
                Assert.Equal(Modulo(a * b, P), Value(fa * fb));
                Assert.Equal(Modulo(a + b, P), Value(fa + fb));
                Assert.Equal(Modulo(a - b, P), Value(fa - fb));

                // The loosest inputs that the bounds allow: sums of sums, multiplied, squared and subtracted without a carry in between.
                var loose = fa + fb + (fa + fb);
                Assert.Equal(Modulo(4 * (a + b) * (a + b), P), Value(loose * loose));
                Assert.Equal(Modulo(4 * (a + b) * (a + b), P), Value(loose.Squared()));
                Assert.Equal(Modulo(a - 2 * (a + b), P), Value(fa - loose));
                Assert.Equal(Modulo(2 * (a + b), P), Value(loose));
            }
        }
    }

    [Fact]
    public void A_number_from_p_upwards_is_no_canonical_field_element()
    {
        for (var i = 0; i < 19; i++) Assert.False(FieldElement.TryRead(Bytes(P + i, 32), out _));
        for (var i = 1; i < 19; i++) Assert.True(FieldElement.TryRead(Bytes(P - i, 32), out _));
    }

    [Fact]
    public void Scalars_are_reduced_and_multiplied_as_whole_numbers_are()
    {
        for (var i = 0; i < 200; i++)
        {
            var wide = i switch
            {
                0 => 0,
                1 => L,
                2 => L - 1,
                3 => L * L,
                4 => BigInteger.Pow(2, 512) - 1,
                _ => RandomBelow(
                BigInteger.Pow(2, 512),
                i)
            };
            var reduced = Scalar.Reduce(Bytes(wide, 64));
            Assert.Equal(Modulo(wide, L), Value(reduced));
            BigInteger b = RandomBelow(L, 1000 + i), c = i < 5 ? L - 1 : RandomBelow(L, 2000 + i);
            Assert.True(Scalar.TryRead(Bytes(b, 32), out var sb));
            Assert.True(Scalar.TryRead(Bytes(c, 32), out var sc));
            Assert.Equal(Modulo(wide * b + c, L), Value(Scalar.MultiplyAdd(reduced, sb, sc)));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    public void Signed_digits_add_up_to_their_scalar_and_stand_far_apart(int width)
    {
        var digits = new sbyte[256];
        for (var i = 0; i < 100; i++)
        {
            var number = i switch { 0 => 0, 1 => L - 1, 2 => BigInteger.Pow(2, 252) - 1, 3 => BigInteger.Pow(2, 128) - 1, _ => RandomBelow(L, i) };
            Assert.True(Scalar.TryRead(Bytes(number, 32), out var scalar));
            scalar.WriteDigits(digits, width);
            var sum = BigInteger.Zero;
            var last = -width;
            for (var at = 0; at < 256; at++)
            {
                sum += digits[at] * BigInteger.Pow(2, at);
                if (digits[at] == 0) continue;
                Assert.True((digits[at] & 1) == 1 && Math.Abs(digits[at]) < 1 << (width - 1));
                Assert.True(at - last >= width);
                last = at;
            }

            Assert.Equal(number, sum);
        }
    }

    private static BigInteger RandomBelow(BigInteger limit, int seed)
    {
        var bytes = new byte[72];
        new Random(seed).NextBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true) % limit;
    }

    private static FieldElement Field(BigInteger number)
    {
        Assert.True(FieldElement.TryRead(Bytes(number, 32), out var element));
        return element;
    }

    private static BigInteger Value(FieldElement element)
    {
        var bytes = new byte[32];
        element.Write(bytes);
        return new(bytes, isUnsigned: true);
    }

    private static BigInteger Value(Scalar scalar)
    {
        var bytes = new byte[32];
        scalar.Write(bytes);
        return new(bytes, isUnsigned: true);
    }

    private static byte[] Bytes(BigInteger number, int length)
    {
        var bytes = new byte[length];
        Assert.True(number.TryWriteBytes(bytes, out _, isUnsigned: true));
        return bytes;
    }

    private static BigInteger Modulo(BigInteger value, BigInteger modulus) => ((value % modulus) + modulus) % modulus;
}
