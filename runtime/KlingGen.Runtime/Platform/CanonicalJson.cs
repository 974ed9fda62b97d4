using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Fal;

/// <summary>
/// The canonical form of JSON for comparisons: properties sorted by name, null properties left out, numbers normalized.
/// Bodies with equal hashes are equal requests for fal.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>The SHA-256 of the canonical form, in hexadecimal.</summary>
    public static string Hash(JsonElement json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = 512 })) Write(json, writer);
        return Convert.ToHexString(SHA256.HashData(buffer.WrittenSpan));
    }

    /// <summary>The hash of a body in UTF-8; null if the body is not JSON.</summary>
    public static string? TryHash(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 256 });
            return Hash(json.RootElement);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Write(JsonElement json, Utf8JsonWriter writer)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var names = new List<string>();
                foreach (var member in json.EnumerateObject())
                    if (member.Value.ValueKind != JsonValueKind.Null) names.Add(member.Name);
                names.Sort(StringComparer.Ordinal);
                writer.WriteStartObject();
                foreach (var name in names)
                {
                    writer.WritePropertyName(name);
                    Write(json.GetProperty(name), writer);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var element in json.EnumerateArray()) Write(element, writer);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(NumberText(json));
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }

    // 5, 5.0 and 5e0 are one number. Numbers that decimal cannot represent are compared as double, those beyond it as they are.
    private static string NumberText(JsonElement json) => json.TryGetDecimal(out var number)
        ? (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
        : json.GetDouble() is var wide && double.IsFinite(wide) ? wide.ToString("R", CultureInfo.InvariantCulture) : json.GetRawText();
}
