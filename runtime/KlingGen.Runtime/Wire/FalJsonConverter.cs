using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Fal.Wire;

/// <summary>Serializes a type with System.Text.Json exactly as <see cref="FalJson"/> does.</summary>
/// <typeparam name="T">The type.</typeparam>
public abstract class FalJsonConverter<T> : JsonConverter<T>, IFalTypeInfoSource
    where T : notnull
{
    private protected FalJsonConverter()
    {
    }

    /// <summary>Reads one non-null value.</summary>
    protected abstract T ReadJson(ref FalJsonReader json);

    /// <summary>Writes one value.</summary>
    protected abstract void WriteJson(FalJsonWriter json, T value);

    /// <inheritdoc/>
    public sealed override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var json = FalJsonText.BytesOf(JsonElement.ParseValue(ref reader));
        if (options.ReadCommentHandling != JsonCommentHandling.Disallow || options.AllowTrailingCommas)
        {
            using var strict = FalJsonWriter.Rent();
            strict.Rewrite(json);
            json = strict.Written.ToArray();
        }

        try
        {
            return FalJsonReader.ReadAll(json, default, null, ReadJson);
        }
        catch (FalProtocolException ex)
        {
            // The exception that callers of the serializer, such as web frameworks, catch for invalid input. The serializer
            // adds the path to this value.
            throw new JsonException(ex.Message, ex);
        }
    }

    /// <inheritdoc/>
    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        using var json = FalJsonWriter.Rent();
        WriteJson(json, value);
        FalJson.RefuseHoles(json);
        writer.WriteRawValue(json.Written, skipInputValidation: true);
    }

    JsonTypeInfo IFalTypeInfoSource.Create(JsonSerializerOptions options) => JsonMetadataServices.CreateValueInfo<T>(options, this);

    JsonTypeInfo? IFalTypeInfoSource.CreateNullable(JsonSerializerOptions options) => CreateNullable(options);

    void IFalTypeInfoSource.Check(object value, FalChecks checks) => Check((T)value, checks);

    private protected virtual void Check(T value, FalChecks checks)
    {
    }

    private protected virtual JsonTypeInfo? CreateNullable(JsonSerializerOptions options) => null;
}

/// <summary>The converter of requests, results and the objects and unions in them.</summary>
/// <typeparam name="T">The type.</typeparam>
public sealed class FalObjectConverter<T> : FalJsonConverter<T>
    where T : class, IFalObject<T>
{
    /// <inheritdoc/>
    protected override T ReadJson(ref FalJsonReader json) => T.Read(ref json);

    private protected override void Check(T value, FalChecks checks) => value.Check(checks);

    /// <inheritdoc/>
    protected override void WriteJson(FalJsonWriter json, T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        value.Write(json);
    }
}

/// <summary>The base class of the converters of enums of numbers.</summary>
/// <typeparam name="T">The type.</typeparam>
public abstract class FalValueConverter<T> : FalJsonConverter<T>
    where T : struct
{
    private protected sealed override JsonTypeInfo? CreateNullable(JsonSerializerOptions options)
        => JsonMetadataServices.CreateValueInfo<T?>(
            options, JsonMetadataServices.GetNullableConverter((JsonTypeInfo<T>)options.GetTypeInfo(typeof(T))));
}

/// <summary>The base class of the converters of enums of strings.</summary>
/// <typeparam name="T">The type.</typeparam>
public abstract class FalEnumConverter<T> : FalValueConverter<T>
    where T : struct
{
    private readonly FalEnumTable<T> _table;

    /// <summary>Creates the converter.</summary>
    /// <param name="table">The values of the enum.</param>
    protected FalEnumConverter(FalEnumTable<T> table) => _table = table;

    /// <inheritdoc/>
    protected sealed override T ReadJson(ref FalJsonReader json) => json.Item(_table.Read(ref json));

    /// <inheritdoc/>
    protected sealed override void WriteJson(FalJsonWriter json, T value) => _table.Write(json, value);
}

/// <summary>The converter of media, whose JSON is their URL.</summary>
public sealed class FalMediaConverter : FalJsonConverter<FalMedia>
{
    /// <inheritdoc/>
    protected override FalMedia ReadJson(ref FalJsonReader json) => json.Item(json.Media());

    /// <inheritdoc/>
    protected override void WriteJson(FalJsonWriter json, FalMedia value) => json.MediaValue(value);
}

/// <summary>The converter of additional properties, which the document does not have.</summary>
public sealed class FalExtraConverter : FalJsonConverter<FalExtra>
{
    /// <inheritdoc/>
    protected override FalExtra ReadJson(ref FalJsonReader json)
    {
        var extra = new FalExtra();
        json.EnterObject();
        while (json.NextMember()) json.Extra(extra);
        return extra;
    }

    /// <inheritdoc/>
    protected override void WriteJson(FalJsonWriter json, FalExtra value)
    {
        json.StartObject();
        json.Extra(value);
        json.EndObject();
    }
}
