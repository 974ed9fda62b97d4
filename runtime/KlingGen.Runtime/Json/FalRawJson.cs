using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fal.Wire;

/// <summary>A piece of JSON as it arrived, byte for byte.</summary>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(FalRawJsonConverter))]
public readonly struct FalRawJson
{
    internal FalRawJson(ReadOnlyMemory<byte> utf8) => Utf8 = utf8;

    /// <summary>Keeps a text that is JSON.</summary>
    public static FalRawJson Parse([StringSyntax(StringSyntaxAttribute.Json)] string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Utf8.IsEmpty;

    /// <summary>The JSON as UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>The JSON as an element that lives as long as it is referenced.</summary>
    /// <exception cref="JsonException">The text is not JSON, or there is none.</exception>
    public JsonElement ToElement() => FalJsonText.Parse(Utf8.Span);

    /// <summary>The JSON as text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
