namespace Fal;

/// <summary>Verifies an Ed25519 signature (RFC 8032).</summary>
/// <param name="publicKey">The public key, 32 bytes.</param>
/// <param name="message">The signed message.</param>
/// <param name="signature">The signature, 64 bytes.</param>
/// <returns>True if the signature matches.</returns>
public delegate bool FalSignatureVerifier(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
