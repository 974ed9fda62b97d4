using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Fal;

/// <summary>
/// Converts values of Microsoft.Extensions.AI to JSON. They have no static type; the metadata of the abstractions package
/// covers them without reflection.
/// </summary>
internal static class ArgumentJson
{
    public static JsonObject ObjectOf(IEnumerable<KeyValuePair<string, object?>> values)
    {
        var json = new JsonObject();
        foreach (var (name, value) in values) json[name] = NodeOf(value);
        return json;
    }

    public static JsonNode? NodeOf(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        JsonElement element => JsonNode.Parse(element.GetRawText()),
        string text => JsonValue.Create(text),
        _ => JsonSerializer.SerializeToNode(value, TypeInfoOf(value)),
    };

    public static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        return document.RootElement.Clone();
    }

    private static JsonTypeInfo TypeInfoOf(object value)
    {
        try
        {
            return AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType());
        }
        catch (NotSupportedException ex)
        {
            throw new ArgumentException($"A value of type {value.GetType()} cannot be written as JSON here. Pass a JsonNode or a JsonElement.", ex);
        }
    }
}
