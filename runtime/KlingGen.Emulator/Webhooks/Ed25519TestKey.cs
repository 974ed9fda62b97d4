using System.Security.Cryptography;
using Fal.Ed25519;

namespace Fal.Emulation;

/// <summary>An Ed25519 signing key for tests of code that receives webhooks.</summary>
/// <remarks>Signing is not constant-time, so the key can leak through timing: use it only for tests, never for a secret.</remarks>
internal sealed class Ed25519TestKey
{
    public const int SeedLength = 32;

    private readonly Scalar _secret;
    private readonly byte[] _prefix;
    private readonly byte[] _publicKey = new byte[32];

    public Ed25519TestKey(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedLength) throw new ArgumentException($"An Ed25519 seed has {SeedLength} bytes, not {seed.Length}.", nameof(seed));
        var hash = SHA512.HashData(seed);

        // RFC 8032 makes every secret a multiple of 8 with bit 254 set. Reduction modulo L hides this, but B has order L, so
        // the products are equal.
        hash[0] &= 248;
        hash[31] = (byte)(hash[31] & 127 | 64);
        _secret = Scalar.Reduce(hash.AsSpan(0, 32));
        _prefix = hash[32..];
        PointTable.Base.Times(_secret).Write(_publicKey);
    }

    public ReadOnlySpan<byte> PublicKey => _publicKey;

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        // The nonce is a hash of secret and message: a random nonce could repeat and reveal the key.
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        sha.AppendData(_prefix);
        sha.AppendData(message);
        var nonce = Scalar.Reduce(sha.GetHashAndReset());

        var signature = new byte[Ed25519PublicKey.SignatureLength];
        PointTable.Base.Times(nonce).Write(signature);
        var challenge = Ed25519PublicKey.Challenge(signature.AsSpan(0, 32), _publicKey, message);
        Scalar.MultiplyAdd(challenge, _secret, nonce).Write(signature.AsSpan(32));
        return signature;
    }
}
