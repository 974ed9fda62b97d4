using System.Numerics;
using System.Text.Json;
using Fal.Ed25519;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Xunit.Abstractions;

namespace Fal.Tests.Webhooks;

public class Ed25519Tests(ITestOutputHelper output)
{
    private const string Wycheproof = "vectors/wycheproof-ed25519.json";

    private static readonly BigInteger Order = BigInteger.Pow(2, 252)
        + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    // The eight points whose eightfold is the identity, in their canonical form.
    private static readonly string[] SmallOrderPoints =
    [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    ];

    [Fact]
    public void The_examples_of_rfc_8032_verify_and_are_signed_alike()
    {
        foreach (var (name, seed, key, message, signature) in Ed25519Vectors.Rfc8032)
        {
            var signer = new Ed25519TestKey(Convert.FromHexString(seed));
            Assert.True(signer.PublicKey.SequenceEqual(Convert.FromHexString(key)), name);
            Assert.Equal(signature, Convert.ToHexStringLower(signer.Sign(Convert.FromHexString(message))));
            Assert.True(Verifies(key, message, signature), name);
        }
    }

    [Fact]
    public void One_flipped_bit_anywhere_in_an_example_is_refused()
    {
        // A step without a common factor with eight reaches every place within a byte.
        var step = Rounds.IsLong ? 1 : 7;
        foreach (var (name, _, key, message, signature) in Ed25519Vectors.Rfc8032[1..3])
        {
            for (var bit = 0; bit < 512; bit += step) Assert.False(Verifies(key, message, Flipped(signature, bit)), $"{name}: signature bit {bit}");
            for (var bit = 0; bit < 256; bit += step) Assert.False(Verifies(Flipped(key, bit), message, signature), $"{name}: key bit {bit}");
            for (var bit = 0; bit < message.Length * 4; bit += step)
                Assert.False(Verifies(key, Flipped(message, bit), signature), $"{name}: message bit {bit}");
        }
    }

    [Fact]
    public void A_signature_with_the_order_added_to_s_is_refused()
    {
        foreach (var (name, _, key, message, signature) in Ed25519Vectors.Rfc8032)
        {
            var s = Number(signature[64..]);
            for (var times = 1; s + times * Order < BigInteger.Pow(2, 256); times++)
                Assert.False(Verifies(key, message, signature[..64] + Hex(s + times * Order)), $"{name}: S + {times}L");
        }

        Assert.False(Scalar.TryRead(Convert.FromHexString(Hex(Order)), out _));
        Assert.True(Scalar.TryRead(Convert.FromHexString(Hex(Order - 1)), out _));
    }

    [Fact]
    public void Keys_of_small_order_are_refused_though_they_are_points()
    {
        foreach (var point in SmallOrderPoints)
        {
            var bytes = Convert.FromHexString(point);
            Assert.True(EdwardsPoint.Read(bytes) is { HasSmallOrder: true }, point);
            Assert.Null(Ed25519PublicKey.Read(bytes));
        }
    }

    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")] // x = 0 with a sign
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")] // the same for y = −1
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // y = p, that is 0
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // y = p + 1, that is 1
    [InlineData("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // y = p + 3, a point of full order in disguise
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")] // on no point of the curve
    public void Points_in_another_than_their_canonical_form_are_refused(string point) => Assert.Null(EdwardsPoint.Read(Convert.FromHexString(point)));

    [Fact]
    public void A_point_three_is_on_the_curve_so_that_its_disguise_tests_something() =>
        Assert.NotNull(EdwardsPoint.Read(Convert.FromHexString("0300000000000000000000000000000000000000000000000000000000000000")));

    [Fact]
    public void A_signature_whose_r_is_of_small_order_is_refused()
    {
        // R = identity and S = k·a satisfies the equation, which the owner of the key can make for any message.
        var seed = Convert.FromHexString(Ed25519Vectors.Rfc8032[0].Seed);
        var signer = new Ed25519TestKey(seed);
        var hash = System.Security.Cryptography.SHA512.HashData(seed);
        hash[0] &= 248;
        hash[31] = (byte)(hash[31] & 127 | 64);
        var signature = new byte[64];
        signature[0] = 1;
        var challenge = Ed25519PublicKey.Challenge(signature.AsSpan(0, 32), signer.PublicKey, "any"u8);
        Scalar.MultiplyAdd(challenge, Scalar.Reduce(hash.AsSpan(0, 32)), default).Write(signature.AsSpan(32));
        Assert.False(Ed25519PublicKey.Read(signer.PublicKey)!.Verifies("any"u8, signature));

        var judge = new Ed25519Signer();
        judge.Init(false, new Ed25519PublicKeyParameters(signer.PublicKey.ToArray(), 0));
        judge.BlockUpdate("any"u8.ToArray(), 0, 3);
        Assert.True(judge.VerifySignature(signature), "The equation holds, so only our rule refuses it.");
    }

    [Theory]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")] // on no point of the curve
    [InlineData("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // a point in disguise
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void A_signature_whose_r_is_no_point_is_refused(string r)
    {
        var (_, _, key, message, signature) = Ed25519Vectors.Rfc8032[1];
        Assert.False(Verifies(key, message, r + signature[64..]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(128)]
    public void A_signature_of_another_length_is_refused(int length)
    {
        var (_, _, key, message, signature) = Ed25519Vectors.Rfc8032[0];
        var bytes = new byte[length];
        var right = Convert.FromHexString(signature);
        right.AsSpan(0, Math.Min(length, 64)).CopyTo(bytes);
        Assert.False(Ed25519PublicKey.Read(Convert.FromHexString(key))!.Verifies(Convert.FromHexString(message), bytes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_or_seed_of_another_length_is_refused(int length)
    {
        Assert.Null(Ed25519PublicKey.Read(new byte[length]));
        Assert.Throws<ArgumentException>(() => new Ed25519TestKey(new byte[length]));
    }

    [TestDataFact(Path = Wycheproof)]
    public void Every_case_of_wycheproof_is_judged_right()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(TestData.At(Wycheproof)));
        int valid = 0, invalid = 0;
        foreach (var group in document.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var key = group.GetProperty("publicKey").GetProperty("pk").GetString()!;
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var expected = test.GetProperty("result").GetString() == "valid";
                var verified = Verifies(key, test.GetProperty("msg").GetString()!, test.GetProperty("sig").GetString()!);
                Assert.True(expected == verified, $"case {test.GetProperty("tcId")}: {test.GetProperty("comment")}");
                if (expected) valid++;
                else invalid++;
            }
        }

        output.WriteLine($"{valid} valid and {invalid} invalid cases of Wycheproof judged right");
        Assert.Equal(document.RootElement.GetProperty("numberOfTests").GetInt32(), valid + invalid);
    }

    [Fact]
    public void Verification_of_random_signatures_agrees_with_BouncyCastle()
    {
        var random = new Random(8032);
        for (var round = 0; round < (Rounds.IsLong ? 300 : 60); round++)
        {
            var seed = new byte[32];
            var message = new byte[random.Next(0, 300)];
            random.NextBytes(seed);
            random.NextBytes(message);
            var ours = new Ed25519TestKey(seed);
            var theirs = new Ed25519PrivateKeyParameters(seed, 0);
            var publicKey = theirs.GeneratePublicKey();
            Assert.Equal(publicKey.GetEncoded(), ours.PublicKey.ToArray());

            var signer = new Ed25519Signer();
            signer.Init(true, theirs);
            signer.BlockUpdate(message, 0, message.Length);
            var signature = ours.Sign(message);
            Assert.Equal(signer.GenerateSignature(), signature);

            var key = Ed25519PublicKey.Read(ours.PublicKey)!;
            Assert.True(key.Verifies(message, signature));
            Assert.True(BouncyCastleVerifies(publicKey, message, signature));

            // Damaged signatures: one flipped bit, and random bytes.
            var damaged = (byte[])signature.Clone();
            damaged[random.Next(64)] ^= (byte)(1 << random.Next(8));
            Assert.Equal(BouncyCastleVerifies(publicKey, message, damaged), key.Verifies(message, damaged));
            random.NextBytes(damaged);
            Assert.Equal(BouncyCastleVerifies(publicKey, message, damaged), key.Verifies(message, damaged));
        }
    }

    [Fact]
    public void Random_bytes_are_keys_for_us_whenever_they_are_points_for_whole_number_arithmetic()
    {
        var p = BigInteger.Pow(2, 255) - 19;
        var d = Modulo(-121665 * BigInteger.ModPow(121666, p - 2, p), p);
        var random = new Random(25519);
        var points = 0;
        for (var round = 0; round < 400; round++)
        {
            var bytes = new byte[32];
            random.NextBytes(bytes);
            var y = new BigInteger(bytes, isUnsigned: true) & (BigInteger.Pow(2, 255) - 1);
            var xx = Modulo((y * y - 1) * BigInteger.ModPow(d * y * y + 1, p - 2, p), p);
            var isPoint = y < p && BigInteger.ModPow(xx, (p - 1) / 2, p) == 1;
            var point = EdwardsPoint.Read(bytes);
            Assert.Equal(isPoint, point is not null);
            if (point is null) continue;
            points++;
            var written = new byte[32];
            point.Value.Write(written);
            Assert.Equal(bytes, written);
        }

        Assert.InRange(points, 150, 250);
    }

    private static bool BouncyCastleVerifies(Ed25519PublicKeyParameters key, byte[] message, byte[] signature)
    {
        var verifier = new Ed25519Signer();
        verifier.Init(false, key);
        verifier.BlockUpdate(message, 0, message.Length);
        return verifier.VerifySignature(signature);
    }

    private static bool Verifies(string key, string message, string signature) =>
        Ed25519PublicKey.Read(Convert.FromHexString(key)) is { } read
            && read.Verifies(Convert.FromHexString(message), Convert.FromHexString(signature));

    private static string Flipped(string hex, int bit)
    {
        var bytes = Convert.FromHexString(hex);
        bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
        return Convert.ToHexStringLower(bytes);
    }

    private static BigInteger Number(string hex) => new(Convert.FromHexString(hex), isUnsigned: true);

    private static BigInteger Modulo(BigInteger value, BigInteger modulus) => ((value % modulus) + modulus) % modulus;

    private static string Hex(BigInteger number)
    {
        var bytes = new byte[32];
        number.TryWriteBytes(bytes, out _, isUnsigned: true);
        return Convert.ToHexStringLower(bytes);
    }
}
