using Fal.Ed25519;
using NSec.Cryptography;

namespace Fal.Tests.Webhooks;

/// <summary>NSec (libsodium) as an independent judge. It supports .NET 9 and later.</summary>
public sealed class NSecTests
{
    private static readonly SignatureAlgorithm Algorithm = SignatureAlgorithm.Ed25519;

    [Fact]
    public void Verification_of_random_signatures_agrees_with_NSec()
    {
        var random = new Random(8032);
        for (var round = 0; round < (Rounds.IsLong ? 300 : 60); round++)
        {
            var seed = new byte[32];
            var message = new byte[random.Next(0, 300)];
            random.NextBytes(seed);
            random.NextBytes(message);
            var ours = new Ed25519TestKey(seed);
            using var theirs = Key.Import(Algorithm, seed, KeyBlobFormat.RawPrivateKey);
            Assert.Equal(theirs.Export(KeyBlobFormat.RawPublicKey), ours.PublicKey.ToArray());

            var signature = ours.Sign(message);
            Assert.Equal(Algorithm.Sign(theirs, message), signature);
            var key = Ed25519PublicKey.Read(ours.PublicKey)!;
            Assert.True(key.Verifies(message, signature));

            // Damaged signatures: one flipped bit, and random bytes.
            signature[random.Next(64)] ^= (byte)(1 << random.Next(8));
            Assert.Equal(Algorithm.Verify(theirs.PublicKey, message, signature), key.Verifies(message, signature));
            random.NextBytes(signature);
            Assert.Equal(Algorithm.Verify(theirs.PublicKey, message, signature), key.Verifies(message, signature));
        }
    }
}
