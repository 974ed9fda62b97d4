using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Fal.Wire;

/// <summary>A converter whose type is known at compile time, so that it creates metadata without generic code at run time.</summary>
internal interface IFalTypeInfoSource
{
    JsonTypeInfo Create(JsonSerializerOptions options);

    /// <summary>The metadata of <c>T?</c>; null unless T is a struct.</summary>
    JsonTypeInfo? CreateNullable(JsonSerializerOptions options);

    /// <summary>Adds every problem of a value of T.</summary>
    void Check(object value, FalChecks checks)
    {
    }
}

/// <summary>
/// Metadata for types whose <see cref="JsonConverterAttribute"/> has a converter of this library. Works trimmed and under
/// Native AOT.
/// </summary>
internal sealed class FalTypeInfoResolver : IJsonTypeInfoResolver
{
    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        var underlying = Nullable.GetUnderlyingType(type);
        if (SourceOf(underlying ?? type) is not { } source) return null;
        return underlying is null ? source.Create(options) : source.CreateNullable(options);
    }

    /// <summary>The converter of a type; null unless it is one of this library.</summary>
    public static IFalTypeInfoSource? SourceOf(Type type)
    {
        // The attribute's parameter keeps the converter's constructor when the app is trimmed.
        var converter = type.GetCustomAttribute<JsonConverterAttribute>(inherit: false)?.ConverterType;
        return converter is not null && typeof(IFalTypeInfoSource).IsAssignableFrom(converter)
            ? (IFalTypeInfoSource)Activator.CreateInstance(converter)! : null;
    }
}
