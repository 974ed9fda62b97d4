using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fal;

/// <summary>Lets a token sit in a user's own JSON as its text.</summary>
internal sealed class FalJobTokenJsonConverter : JsonConverter<FalJobToken>
{
    public override FalJobToken? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return reader.GetString() is { } text ? FalJobToken.Parse(text) : null;
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, FalJobToken value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
