using System.Text.Json;
using Fal.Ed25519;

namespace Fal;

/// <summary>A public key and its <c>kid</c>.</summary>
internal sealed record WebhookKey(string? Id, Ed25519PublicKey Key);

/// <summary>Parses a JSON Web Key Set (RFC 7517) and keeps its Ed25519 keys (RFC 8037).</summary>
internal static class Jwks
{
    /// <summary>The usable keys; none if the JSON is not a key set.</summary>
    public static IReadOnlyList<WebhookKey> Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var set = document.RootElement;
            if (set.ValueKind != JsonValueKind.Object || !set.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array)
                return [];

            var keys = new List<WebhookKey>();
            foreach (var item in list.EnumerateArray())
                if (item.ValueKind == JsonValueKind.Object && TryReadKey(item) is { } key) keys.Add(key);
            return keys;
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    // A string with broken UTF-8 or an unpaired surrogate throws when it is read; the other keys are still used.
    private static WebhookKey? TryReadKey(JsonElement item)
    {
        try
        {
            return ReadKey(item);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static WebhookKey? ReadKey(JsonElement item)
    {
        // Other key types are skipped, as the RFC requires. A key without a type, as in older documentation of fal, is accepted by its length.
        if (!IsAbsentOr(item, "kty", "OKP") || !IsAbsentOr(item, "crv", "Ed25519") || !IsAbsentOr(item, "use", "sig")) return null;
        return Text(item, "x") is { } x && FromBase64Url(x) is { } bytes && Ed25519PublicKey.Read(bytes) is { } key
            ? new(Text(item, "kid"), key)
            : null;
    }

    private static bool IsAbsentOr(JsonElement item, string name, string expected) =>
        !item.TryGetProperty(name, out var value) || (value.ValueKind == JsonValueKind.String && value.ValueEquals(expected));

    private static string? Text(JsonElement item, string name)
        => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? FromBase64Url(string text)
    {
        // Base64url has no padding; some encoders add it.
        var digits = text.TrimEnd('=');
        var bytes = new byte[Ed25519PublicKey.KeyLength];
        if (digits.Length != 43 || digits.AsSpan().ContainsAny('+', '/')) return null;
        return Convert.TryFromBase64String(digits.Replace('-', '+').Replace('_', '/') + "=", bytes, out var written) && written == bytes.Length
            ? bytes
            : null;
    }
}
