using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fal.Jobs;

/// <summary>The body of a submit: the input with the URLs of its media, in the form in which the client sends it.</summary>
internal static class WireBody
{
    /// <summary>The body as text. Reading it and sending it gives these bytes again.</summary>
    /// <exception cref="ArgumentException">A JSON Pointer does not lead into the input.</exception>
    public static string Make(string input, IReadOnlyList<FalMediaReference> media, Func<FalMediaReference, string> urlOf)
    {
        if (media.Count == 0) return Write(input);
        var root = JsonNode.Parse(input)!;
        foreach (var file in media) Set(root, file.JsonPointer, urlOf(file));
        return Write(root.ToJsonString());
    }

    /// <summary>The body as the client takes it.</summary>
    public static FalRawResult Read(string body)
    {
        using var json = JsonDocument.Parse(body);
        return new FalRawResult { Json = json.RootElement.Clone() };
    }

    private static string Write(string json) => FalJson.Write(Read(json));

    // RFC 6901. The last segment may name a member that is not there yet, or the end of a list.
    private static void Set(JsonNode root, string pointer, string url)
    {
        if (pointer.Length == 0 || pointer[0] != '/') throw Bad(pointer);
        var segments = pointer[1..].Split('/').Select(Unescape).ToArray();
        var node = root;
        foreach (var segment in segments[..^1]) node = Child(node, segment) ?? throw Bad(pointer);
        switch (node)
        {
            case JsonObject parent:
                parent[segments[^1]] = url;
                break;
            case JsonArray list when Index(list, segments[^1]) is { } index && index < list.Count:
                list[index] = url;
                break;
            case JsonArray list when segments[^1] == "-" || Index(list, segments[^1]) == list.Count:
                list.Add((JsonNode)url);
                break;
            default:
                throw Bad(pointer);
        }
    }

    private static string Unescape(string segment)
        => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static JsonNode? Child(JsonNode node, string segment) => node switch
    {
        JsonObject parent => parent[segment],
        JsonArray list when Index(list, segment) is { } index && index < list.Count => list[index],
        _ => null,
    };

    private static int? Index(JsonArray list, string segment)
        => int.TryParse(segment, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index)
            && index <= list.Count ? index : null;

    private static ArgumentException Bad(string pointer) => new($"The JSON Pointer '{pointer}' of a medium does not lead into the input.");
}
