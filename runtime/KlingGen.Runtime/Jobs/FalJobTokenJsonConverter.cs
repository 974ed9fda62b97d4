using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fal.Wire;

namespace Fal;

/// <summary>The System.Text.Json converter of job tokens, which are strings.</summary>
public sealed class FalJobTokenJsonConverter : JsonConverter<FalJobToken>, IFalTypeInfoSource
{
    /// <inheritdoc/>
    public override FalJobToken? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return reader.GetString() is { } text ? FalJobToken.Parse(text) : null;
        }
        catch (FormatException ex)
        {
            throw new JsonException(ex.Message, ex);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FalJobToken value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStringValue(value.ToString());
    }

    JsonTypeInfo IFalTypeInfoSource.Create(JsonSerializerOptions options) => JsonMetadataServices.CreateValueInfo<FalJobToken>(options, this);

    JsonTypeInfo? IFalTypeInfoSource.CreateNullable(JsonSerializerOptions options) => null;
}
