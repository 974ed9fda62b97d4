using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
#if NET10_0_OR_GREATER
using System.Runtime.InteropServices;
#else
using System.Buffers;
#endif

namespace Fal.Wire;

/// <summary>Strings and elements out of JSON that may hold bytes that are not UTF-8, or unpaired surrogates: both become U+FFFD.</summary>
/// <remarks>
/// System.Text.Json throws <see cref="InvalidOperationException"/> for them when a string or a member name is read, not when JSON is parsed.
/// </remarks>
internal static class FalJsonText
{
    /// <summary>The value of the string or member name that <paramref name="reader"/> stands on.</summary>
    public static string Read(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return Encoding.UTF8.GetString(reader.ValueSpan);
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The reader has checked the escapes, and all that JSON has mean the same in a regular expression.
            var text = Regex.Unescape(Encoding.UTF8.GetString(reader.ValueSpan));
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }
    }

    /// <summary>Whether the string or member name that <paramref name="reader"/> stands on has this value.</summary>
    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> value)
        => reader.ValueIsEscaped ? Read(ref reader) == Encoding.UTF8.GetString(value) : reader.ValueSpan.SequenceEqual(value);

    /// <summary>Parses one JSON value. No member of the element throws for broken text in it, and it need not be disposed.</summary>
    /// <exception cref="JsonException">The bytes are not one JSON value.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new() { MaxDepth = FalJsonReader.MaxDepth });
        var element = Parse(ref reader, json);
        // Throws if another value follows.
        reader.Read();
        return element;
    }

    /// <summary>Parses the value that <paramref name="reader"/>, a reader of <paramref name="json"/>, stands on, and moves to its end.</summary>
    public static JsonElement Parse(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        var element = JsonElement.ParseValue(ref reader);
        var text = json[start..(int)reader.BytesConsumed];
        return Utf8.IsValid(text) && text.IndexOf("\\ud"u8) < 0 && text.IndexOf("\\uD"u8) < 0 ? element : Repaired(text);
    }

    /// <summary>The JSON of an element.</summary>
    public static ReadOnlySpan<byte> BytesOf(JsonElement element)
    {
#if NET10_0_OR_GREATER
        return JsonMarshal.GetRawUtf8Value(element);
#else
        try
        {
            return Encoding.UTF8.GetBytes(element.GetRawText());
        }
        catch (InvalidOperationException)
        {
            // The element is the caller's and its bytes are not UTF-8; the writer replaces what is broken.
            var buffer = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(buffer))
                element.WriteTo(writer);
            return buffer.WrittenSpan;
        }
#endif
    }

    private static JsonElement Repaired(ReadOnlySpan<byte> json)
    {
        using var writer = new FalJsonWriter(capacity: json.Length);
        writer.Rewrite(json);
        var reader = new Utf8JsonReader(writer.Written, new() { MaxDepth = FalJsonReader.MaxDepth });
        return JsonElement.ParseValue(ref reader);
    }
}
