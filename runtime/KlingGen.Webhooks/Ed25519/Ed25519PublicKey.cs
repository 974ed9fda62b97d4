using System.Security.Cryptography;

namespace Fal.Ed25519;

/// <summary>An Ed25519 key that verifies signatures (RFC 8032, section 5.1.7, strict verification).</summary>
/// <remarks>
/// Strict verification permits one encoding of each signature and each key: S must be below L, and keys and R must be the
/// canonical form of a point that is not of small order. The code uses public data only and does not run in constant time.
/// </remarks>
internal sealed class Ed25519PublicKey
{
    public const int KeyLength = 32;
    public const int SignatureLength = 64;

    private readonly byte[] _bytes;
    private readonly PointTable _negated;

    private Ed25519PublicKey(byte[] bytes, in EdwardsPoint point)
    {
        _bytes = bytes;
        _negated = new(-point, width: 5);
    }

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Parses a key; null if it does not have 32 bytes, is not a canonical point of the curve or has a small order.</summary>
    public static Ed25519PublicKey? Read(ReadOnlySpan<byte> bytes) =>
        EdwardsPoint.Read(bytes) is { HasSmallOrder: false } point ? new(bytes.ToArray(), point) : null;

    public bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength) return false;
        var r = signature[..32];
        if (!Scalar.TryRead(signature[32..], out var s)) return false;

        // The equation is S·B = R + k·A. Solved for R it needs no decoding of R, and comparing bytes accepts no second encoding.
        var k = Challenge(r, _bytes, message);
        var expected = PointTable.Sum(PointTable.Base, s, _negated, k);
        Span<byte> bytes = stackalloc byte[32];
        expected.Write(bytes);
        return bytes.SequenceEqual(r) && !expected.HasSmallOrder;
    }

    /// <summary>SHA-512 of R, the key and the message, modulo L.</summary>
    internal static Scalar Challenge(ReadOnlySpan<byte> r, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        sha.AppendData(r);
        sha.AppendData(key);
        sha.AppendData(message);
        Span<byte> hash = stackalloc byte[64];
        sha.GetHashAndReset(hash);
        return Scalar.Reduce(hash);
    }
}
