using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fal.Wire;

/// <summary>A raw JSON value: the unchanged bytes from an answer.</summary>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(FalRawJsonConverter))]
public readonly struct FalRawJson
{
    internal FalRawJson(ReadOnlyMemory<byte> utf8) => Utf8 = utf8;

    /// <summary>Creates a value from a JSON string, which is not parsed yet.</summary>
    public static FalRawJson FromJson([StringSyntax(StringSyntaxAttribute.Json)] string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Whether there is no JSON.</summary>
    public bool IsEmpty => Utf8.IsEmpty;

    /// <summary>The JSON as UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Parses the JSON to an element, which need not be disposed.</summary>
    /// <exception cref="JsonException">The bytes are not JSON, or empty.</exception>
    public JsonElement ToElement() => FalJsonText.Parse(Utf8.Span);

    /// <summary>The JSON as a string.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
