using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fal.Wire;

namespace Fal;

/// <summary>Requests and results to JSON and back, for storage and tests.</summary>
public static class FalJson
{
    /// <summary>
    /// Metadata for System.Text.Json of every emitted type and of this library's own, for
    /// <see cref="JsonSerializerOptions.TypeInfoResolverChain"/>. The JSON is that of <see cref="Write{T}(T)"/>. It needs no reflection over
    /// members, so it works trimmed and under Native AOT.
    /// </summary>
    public static IJsonTypeInfoResolver TypeInfoResolver { get; } = new FalTypeInfoResolver();

    /// <summary>Reads a value from JSON text.</summary>
    /// <exception cref="FalProtocolException">The text is not JSON, or not such a value.</exception>
    public static T Read<T>([StringSyntax(StringSyntaxAttribute.Json)] string json)
        where T : class, IFalObject<T>
    {
        ArgumentNullException.ThrowIfNull(json);
        var utf8 = Encoding.UTF8.GetBytes(json);
        return FalJsonReader.ReadAll<T>(utf8, utf8, null);
    }

    /// <summary>Reads a value from UTF-8 JSON.</summary>
    /// <exception cref="FalProtocolException">The text is not JSON, or not such a value.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json)
        where T : class, IFalObject<T>
        => FalJsonReader.ReadAll<T>(json, default, null);

    /// <summary>Writes a value as JSON text.</summary>
    /// <exception cref="InvalidOperationException">The value holds local media that has no URL yet.</exception>
    public static string Write<T>(T value)
        where T : class, IFalObject<T>
        => Encoding.UTF8.GetString(WriteUtf8(value));

    /// <summary>Writes a request as JSON text, with a string in the place of each local medium, such as the URL of its upload.</summary>
    /// <param name="value">The request.</param>
    /// <param name="urlOf">Returns the string for a local medium. It is called once per place, in the order of the request.</param>
    public static string Write<T>(T value, Func<FalMedia, string> urlOf)
        where T : class, IFalObject<T>
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(urlOf);
        return Encoding.UTF8.GetString(FalRequestBody.FromRequest(value).Complete(urlOf).Span);
    }

    /// <summary>Writes a value as UTF-8 JSON.</summary>
    /// <exception cref="InvalidOperationException">The value holds local media that has no URL yet.</exception>
    public static byte[] WriteUtf8<T>(T value)
        where T : class, IFalObject<T>
    {
        ArgumentNullException.ThrowIfNull(value);
        using var json = FalJsonWriter.Rent();
        value.Write(json);
        RefuseHoles(json);
        return json.Written.ToArray();
    }

    /// <summary>Reads an answer. Pieces of it that stay raw share <paramref name="json"/>, which must not change afterwards.</summary>
    internal static T Read<T>(ReadOnlyMemory<byte> json, FalReadContext? context)
        where T : class, IFalObject<T>
        => FalJsonReader.ReadAll<T>(json.Span, json, context);

    internal static void RefuseHoles(FalJsonWriter json)
    {
        if (json.Holes is [var (_, media), ..])
            throw new InvalidOperationException(
                $"{media} is local and has no URL yet, so it has no JSON form. Submit the request, or upload the file first and use its URL.");
    }
}
