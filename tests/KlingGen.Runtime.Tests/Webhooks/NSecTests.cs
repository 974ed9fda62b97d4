using Fal.Ed25519;
using NSec.Cryptography;

namespace Fal.Tests.Webhooks;

/// <summary>NSec (libsodium) as an independent judge, and in place of the built-in implementation. It supports .NET 9 and later.</summary>
public sealed class NSecTests : WebhookFixture
{
    private static readonly SignatureAlgorithm Algorithm = SignatureAlgorithm.Ed25519;

    [Fact]
    public void Verification_of_random_signatures_agrees_with_NSec()
    {
        var random = new Random(8032);
        for (var round = 0; round < 300; round++)
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

    [Fact]
    public async Task SignatureVerifier_takes_the_place_of_the_built_in_implementation()
    {
        var calls = 0;
        using var verifier = Verifier(options => options.SignatureVerifier = (publicKey, message, signature) =>
        {
            calls++;
            return Algorithm.Verify(PublicKey.Import(Algorithm, publicKey, KeyBlobFormat.RawPublicKey), message, signature);
        });
        Assert.Equal(FalWebhookVerdict.Valid, await Verdict(verifier.VerifyAsync(Body, Headers())));
        Assert.Equal(1, calls);

        using var strict = Verifier(options => options.SignatureVerifier = (_, _, _) => false);
        Assert.Equal(FalWebhookVerdict.WrongSignature, await Verdict(strict.VerifyAsync(Body, Headers())));
    }
}
