using System;
using System.Runtime.CompilerServices;

namespace KlingGen.Specs;

/// <summary>Hands out strings for stretches of one text. Those that occur again and again, names above all, are found again instead of being made.</summary>
internal sealed class JsonStrings(string text)
{
    private const int MaxShared = 32;
    private const int LatestBits = 8;
    private const int KnownBits = 10;

    // What nearly every document says. A word that meets another in its slot is made anew each time: no more than a little slower.
    private static readonly string?[] Known = Table(
        "$ref", "200", "File", "Image", "ImageSize", "QueueStatus", "about", "additionalProperties", "allOf", "anyOf", "apiKeyAuth", "application/json",
        "array", "aspect_ratio", "boolean", "cancel_url", "category", "components", "const", "content", "content_type", "default", "description",
        "documentationUrl", "duration", "enable_safety_checker", "endpointId", "enum", "examples", "exclusiveMaximum", "exclusiveMinimum", "file_name",
        "file_size", "format", "get", "guidance_scale", "height", "image_url", "images", "in", "info", "integer", "items", "logs", "maxItems", "maxLength",
        "maximum", "metrics", "minItems", "minLength", "minimum", "name", "negative_prompt", "null", "num_images", "num_inference_steps", "number", "object",
        "oneOf", "openapi", "parameters", "paths", "playgroundUrl", "post", "prompt", "properties", "put", "queue_position", "requestBody", "request_id",
        "required", "resolution", "response_url", "responses", "schema", "schemas", "security", "securitySchemes", "seed", "servers", "status",
        "status_url", "string", "success", "sync_mode", "thumbnailUrl", "title", "type", "url", "version", "video", "video_url", "width", "x-fal-metadata",
        "x-fal-order-properties");

    // Each slot holds the string that came last, whichever text it came from: no probing, no growth, nothing that a hostile text could make slow. Two threads at one slot do no harm.
    private static readonly string?[] Latest = new string?[1 << LatestBits];

    /// <summary>The value of a string, by the range that it has with its quotes.</summary>
    public string Quoted(TextRange range, bool hasEscapes)
        => hasEscapes ? Unescape(range.Start + 1, range.End - 1) : Get(range.Start + 1, range.Length - 2);

    [MethodImpl(Compiled.Fully)]
    public string Get(int start, int length)
    {
        if (length == 0) return "";
        if (length > MaxShared) return text.Substring(start, length);
        var hash = Hash(text, start, length);
        if (Known[hash >> (32 - KnownBits)] is { } known && IsAt(text, start, length, known)) return known;
        ref var slot = ref Latest[hash >> (32 - LatestBits)];
        if (slot is { } latest && IsAt(text, start, length, latest)) return latest;
        return slot = text.Substring(start, length);
    }

    // The scanner has been over it: every escape is one.
    [MethodImpl(Compiled.Fully)]
    private string Unescape(int start, int end)
    {
        var value = new char[end - start];
        var length = 0;
        for (var i = start; i < end;)
        {
            var c = text[i];
            i += c == '\\' ? JsonEscape.Read(text, i, out c) : 1;
            value[length++] = c;
        }

        return new string(value, 0, length);
    }

    [MethodImpl(Compiled.Fully)]
    private static bool IsAt(string text, int start, int length, string value)
    {
        if (value.Length != length) return false;
        for (var i = 0; i < value.Length; i++)
        {
            if (text[start + i] != value[i]) return false;
        }

        return true;
    }

    private static string?[] Table(params string[] words)
    {
        var table = new string?[1 << KnownBits];
        foreach (var word in words) table[Hash(word, 0, word.Length) >> (32 - KnownBits)] = word;
        return table;
    }

    // Four letters tell most names apart, even those that begin and end alike.
    [MethodImpl(Compiled.Fully)]
    private static uint Hash(string text, int start, int length)
    {
        var ends = text[start] + ((uint)text[start + length - 1] << 16);
        var middle = text[start + (length / 4)] + ((uint)text[start + (length * 5 / 8)] << 16);
        var hash = unchecked((((uint)length * 0x9E3779B1u) + ends) * 0x85EBCA6Bu);
        hash = unchecked(((hash ^ (hash >> 15)) + middle) * 0x6A17B9AFu);
        return hash ^ (hash >> 15);
    }
}
