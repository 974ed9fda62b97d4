using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Fal.Wire;

/// <summary>The converter of raw JSON, which is written unchanged; an empty one as JSON null.</summary>
public sealed class FalRawJsonConverter : JsonConverter<FalRawJson>, IFalTypeInfoSource
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override FalRawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => new(FalJsonText.BytesOf(JsonElement.ParseValue(ref reader)).ToArray());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FalRawJson value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.IsEmpty)
            writer.WriteNullValue();
        else
            writer.WriteRawValue(value.Utf8.Span);
    }

    JsonTypeInfo IFalTypeInfoSource.Create(JsonSerializerOptions options) => JsonMetadataServices.CreateValueInfo<FalRawJson>(options, this);

    JsonTypeInfo? IFalTypeInfoSource.CreateNullable(JsonSerializerOptions options)
        => JsonMetadataServices.CreateValueInfo<FalRawJson?>(
            options, JsonMetadataServices.GetNullableConverter((JsonTypeInfo<FalRawJson>)options.GetTypeInfo(typeof(FalRawJson))));
}
