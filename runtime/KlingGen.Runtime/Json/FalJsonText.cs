using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
#if NET10_0_OR_GREATER
using System.Runtime.InteropServices;
#endif

namespace Fal.Wire;

/// <summary>Strings and elements out of JSON that may hold bytes that are not UTF-8, or unpaired surrogates: both become U+FFFD.</summary>
/// <remarks>
/// System.Text.Json throws <see cref="InvalidOperationException"/> for them when a string or a member name is read, not when JSON is parsed.
/// </remarks>
internal static class FalJsonText
{
    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 256;

    // The body is data for a server, never part of a page: with this encoder text outside ASCII is not escaped, so it is not inflated.
    // The exception are characters outside the basic plane, such as emoji.
    public static readonly JsonWriterOptions WriterOptions
        = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = int.MaxValue, SkipValidation = true };

    // An element may come from a document that was parsed leniently and deeply; what is written is strict again.
    private static readonly JsonReaderOptions Lenient
        = new() { MaxDepth = int.MaxValue, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The value of the current string or member name of <paramref name="reader"/>.</summary>
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
            var text = Unescape(Encoding.UTF8.GetString(reader.ValueSpan));
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }
    }

    /// <summary>Whether the current string or member name of <paramref name="reader"/> has this value.</summary>
    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> value)
        => reader.ValueIsEscaped ? Read(ref reader) == Encoding.UTF8.GetString(value) : reader.ValueSpan.SequenceEqual(value);

    /// <summary>Parses one JSON value. No member of the element throws for broken text in it, and it need not be disposed.</summary>
    /// <exception cref="JsonException">The bytes are not one JSON value.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new() { MaxDepth = MaxDepth });
        var element = Parse(ref reader, json);
        // Throws if another value follows.
        reader.Read();
        return element;
    }

    /// <summary>Parses the current value of <paramref name="reader"/>, a reader of <paramref name="json"/>, and moves to its end.</summary>
    public static JsonElement Parse(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        var element = JsonElement.ParseValue(ref reader);
        var text = json[start..(int)reader.BytesConsumed];
        return Utf8.IsValid(text) && text.IndexOf("\\ud"u8) < 0 && text.IndexOf("\\uD"u8) < 0 ? element : Repaired(text);
    }

    /// <summary>The member of an object; an undefined element if there is none, or the value is no object.</summary>
    public static JsonElement MemberOf(JsonElement json, string name)
        => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    /// <summary>The member of an object if it is a string; null otherwise.</summary>
    public static string? StringOf(JsonElement json, string name)
        => MemberOf(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

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

    /// <summary>Replaces the escapes of a JSON string, which the reader has checked.</summary>
    private static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
            }
            else if (text[++i] == 'u')
            {
                result.Append((char)ushort.Parse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                result.Append(text[i] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', var c => c });
            }
        }
        return result.ToString();
    }

    private static JsonElement Repaired(ReadOnlySpan<byte> json)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            Rewrite(json, writer, isShortened: false);
        var reader = new Utf8JsonReader(buffer.WrittenSpan, new() { MaxDepth = MaxDepth });
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Writes JSON again, each broken string replaced. Numbers keep their digits: 1.50 stays 1.50.</summary>
    /// <param name="json">Valid JSON; comments and trailing commas are left out.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="isShortened">Whether long strings are cut for display.</param>
    /// <returns>Whether a member name was written.</returns>
    public static bool Rewrite(ReadOnlySpan<byte> json, Utf8JsonWriter writer, bool isShortened)
    {
        var hasNames = false;
        var reader = new Utf8JsonReader(json, Lenient);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    writer.WriteStartObject();
                    break;
                case JsonTokenType.EndObject:
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    break;
                case JsonTokenType.PropertyName:
                    hasNames = true;
                    writer.WritePropertyName(Read(ref reader));
                    break;
                case JsonTokenType.String:
                    var text = Read(ref reader);
                    writer.WriteStringValue(isShortened ? FalDisplayText.Shorten(text) : text);
                    break;
                default:
                    writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                    break;
            }
        }
        return hasNames;
    }
}
