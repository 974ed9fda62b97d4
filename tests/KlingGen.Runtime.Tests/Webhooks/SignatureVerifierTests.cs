using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Fal.Tests.Webhooks;

/// <summary>Another Ed25519 implementation in place of the built-in one.</summary>
public sealed class SignatureVerifierTests : WebhookFixture
{
    [Fact]
    public async Task SignatureVerifier_takes_the_place_of_the_built_in_implementation()
    {
        var calls = 0;
        using var verifier = Verifier(options => options.SignatureVerifier = (publicKey, message, signature) =>
        {
            calls++;
            var judge = new Ed25519Signer();
            judge.Init(forSigning: false, new Ed25519PublicKeyParameters(publicKey.ToArray()));
            judge.BlockUpdate(message.ToArray(), 0, message.Length);
            return judge.VerifySignature(signature.ToArray());
        });
        Assert.Equal(FalWebhookVerdict.Valid, await Verdict(verifier.VerifyAsync(Body, Headers())));
        Assert.Equal(1, calls);

        using var strict = Verifier(options => options.SignatureVerifier = (_, _, _) => false);
        Assert.Equal(FalWebhookVerdict.WrongSignature, await Verdict(strict.VerifyAsync(Body, Headers())));
    }
}
