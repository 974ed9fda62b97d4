using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fal;

/// <summary>The four headers of a webhook, each present once and well-formed.</summary>
internal sealed class WebhookHeaders
{
    public const string RequestIdName = "X-Fal-Webhook-Request-Id";
    public const string UserIdName = "X-Fal-Webhook-User-Id";
    public const string TimestampName = "X-Fal-Webhook-Timestamp";
    public const string SignatureName = "X-Fal-Webhook-Signature";

    // Far longer than fal's values; the limit bounds the work for an unauthenticated message.
    private const int LongestValue = 1024;

    public static readonly string[] Names = [RequestIdName, UserIdName, TimestampName, SignatureName];

    private readonly string _timestamp;

    private WebhookHeaders(string requestId, string userId, string timestamp, DateTimeOffset sentAt, byte[] signature)
    {
        RequestId = requestId;
        UserId = userId;
        _timestamp = timestamp;
        SentAt = sentAt;
        Signature = signature;
    }

    public string RequestId { get; }

    public string UserId { get; }

    public DateTimeOffset SentAt { get; }

    public byte[] Signature { get; }

    /// <summary>Parses the headers, or returns the problem.</summary>
    public static WebhookHeaders? Read(IEnumerable<(string Name, string? Value)> headers, out FalWebhookVerdict problem, out string message)
    {
        var values = new string?[Names.Length];
        foreach (var (name, value) in headers)
        {
            var index = Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (index < 0) continue;
            if (values[index] is not null)
                return Refused(FalWebhookVerdict.RepeatedHeader, $"The header {Names[index]} came more than once.", out problem, out message);
            values[index] = value ?? "";
        }

        for (var i = 0; i < Names.Length; i++)
        {
            if (string.IsNullOrEmpty(values[i]))
                return Refused(
                    FalWebhookVerdict.MissingHeader,
                    $"The header {Names[i]} is missing or empty; a proxy must pass it on unchanged.",
                    out problem,
                    out message);
            if (!IsPlain(values[i]!))
                return Refused(
                    FalWebhookVerdict.MalformedHeader,
                    $"The header {Names[i]} must have at most {LongestValue} characters, all printable ASCII.",
                    out problem,
                    out message);
        }

        if (!TryReadTime(values[2]!, out var sentAt))
            return Refused(
                FalWebhookVerdict.MalformedHeader,
                $"The header {TimestampName} is not a number of seconds in decimal digits.",
                out problem,
                out message);
        var hex = values[3]!;
        if (hex.Length != 2 * Ed25519.Ed25519PublicKey.SignatureLength || !hex.All(char.IsAsciiHexDigit))
            return Refused(FalWebhookVerdict.MalformedHeader, $"The header {SignatureName} is not 128 hexadecimal digits.", out problem, out message);

        problem = FalWebhookVerdict.Valid;
        message = "";
        return new(values[0]!, values[1]!, values[2]!, sentAt, Convert.FromHexString(hex));
    }

    /// <summary>The signed string: three headers and the hash of the raw body, joined by line feeds.</summary>
    public byte[] SignedText(ReadOnlySpan<byte> body) => SignedText(RequestId, UserId, _timestamp, body);

    /// <summary>The signed string, from its parts.</summary>
    public static byte[] SignedText(string requestId, string userId, string timestamp, ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return Encoding.ASCII.GetBytes($"{requestId}\n{userId}\n{timestamp}\n{LowerHex(hash)}");
    }

    /// <summary>Hexadecimal digits in lower case, as fal writes them.</summary>
    public static string LowerHex(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes).ToLowerInvariant();

    /// <summary>Whether a value is printable ASCII, so that it cannot add lines to the signed string and has one encoding.</summary>
    public static bool IsPlain(string value) => value.Length <= LongestValue && !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static bool TryReadTime(string digits, out DateTimeOffset time)
    {
        time = default;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        if (seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()) return false;
        time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    private static WebhookHeaders? Refused(FalWebhookVerdict verdict, string text, out FalWebhookVerdict problem, out string message)
    {
        (problem, message) = (verdict, text);
        return null;
    }
}
