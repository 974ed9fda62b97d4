using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fal;

// fal1.<base64url of a small JSON object>.<first 8 bytes of its SHA-256 as hex>
public sealed partial record FalJobToken
{
    private const string Prefix = "fal1.";
    private const int MaxLength = 8192;

    private string Write()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("endpoint"u8, EndpointId);
            json.WriteString("request"u8, RequestId);
            json.WriteString("queue"u8, Queue.AbsoluteUri);
            if (SubmittedAt is { } at) json.WriteNumber("submitted"u8, at.ToUnixTimeMilliseconds());
            if (StatusPath is not null) json.WriteString("status"u8, StatusPath);
            if (ResultPath is not null) json.WriteString("result"u8, ResultPath);
            if (CancelPath is not null) json.WriteString("cancel"u8, CancelPath);
            if (TraceParent is not null) json.WriteString("trace"u8, TraceParent);
            json.WriteEndObject();
        }
        return $"{Prefix}{ToBase64Url(buffer.WrittenSpan)}.{Checksum(buffer.WrittenSpan)}";
    }

    private static FalJobToken? Read(string text, out string problem)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            problem = text.StartsWith("fal", StringComparison.Ordinal) && text.AsSpan(0, Math.Min(8, text.Length)).Contains('.')
                ? "The job token was written by a newer version of KlingGen; this version reads tokens that begin with 'fal1.'."
                : "The text is not a job token; a job token begins with 'fal1.'.";
            return null;
        }
        problem = "The job token is damaged: its checksum does not fit its content.";
        if (text.Length > MaxLength || text.LastIndexOf('.') is var dot && dot < Prefix.Length) return null;
        if (FromBase64Url(text.AsSpan(Prefix.Length, dot - Prefix.Length)) is not { } content) return null;
        if (!text.AsSpan(dot + 1).Equals(Checksum(content), StringComparison.Ordinal)) return null;
        problem = "The job token is incomplete: it needs an endpoint, a request id and a queue address.";
        return ReadContent(content);
    }

    private static FalJobToken? ReadContent(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            if (Text(root, "endpoint") is not { } endpoint || Text(root, "request") is not { } request) return null;
            if (!Uri.TryCreate(Text(root, "queue"), UriKind.Absolute, out var queue)) return null;
            DateTimeOffset? submitted = root.TryGetProperty("submitted"u8, out var at) && at.TryGetInt64(out var milliseconds)
                && milliseconds is >= 0 and < 253402300799999 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
            return new FalJobToken(endpoint, request, queue, submitted, Text(root, "status"), Text(root, "result"), Text(root, "cancel"))
            {
                TraceParent = Text(root, "trace") is { } trace && ActivityContext.TryParse(trace, null, out _) ? trace : null,
            };
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            return null;
        }

        static string? Text(JsonElement root, string name) =>
            root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static string Checksum(ReadOnlySpan<byte> content) => Convert.ToHexString(SHA256.HashData(content).AsSpan(0, 8)).ToLowerInvariant();

    private static string ToBase64Url(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static byte[]? FromBase64Url(ReadOnlySpan<char> text)
    {
        var padded = new StringBuilder().Append(text).Replace('-', '+').Replace('_', '/').Append('=', (4 - text.Length % 4) % 4).ToString();
        var bytes = new byte[padded.Length];
        return text.Contains('=') || !Convert.TryFromBase64String(padded, bytes, out var written) ? null : bytes[..written];
    }
}
