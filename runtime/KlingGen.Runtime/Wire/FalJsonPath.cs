using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fal.Wire;

/// <summary>Where in a text something is, found by walking the text again: only failures pay for it.</summary>
internal static class FalJsonPath
{
    /// <summary>The path of the token at <paramref name="offset"/>, or of the last one before it.</summary>
    public static string At(ReadOnlySpan<byte> json, long offset)
    {
        var reader = new Utf8JsonReader(json, new() { MaxDepth = FalJsonText.MaxDepth });
        // One entry per open container: its element count so far, or the name of its member.
        var steps = new List<(string? Name, int Index)>();
        try
        {
            while (reader.Read() && reader.TokenStartIndex <= offset)
                Step(ref reader, steps);
        }
        catch (JsonException)
        {
            // The JSON is truncated or malformed: the part before gives the path.
        }

        var path = new StringBuilder("$");
        foreach (var (name, index) in steps)
        {
            if (name is not null)
                Append(path, name);
            else if (index >= 0)
                path.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
        }

        return path.ToString();
    }

    /// <summary>The path of a member of what is at <paramref name="path"/>.</summary>
    public static string Member(string path, string name) => Append(new(path), name).ToString();

    private static void Step(ref Utf8JsonReader reader, List<(string? Name, int Index)> steps)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            steps[^1] = (FalJsonText.Read(ref reader), -1);
            return;
        }

        if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            steps.RemoveAt(steps.Count - 1);
            return;
        }

        if (steps.Count > 0 && steps[^1] is (null, var index))
            steps[^1] = (null, index + 1);
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            steps.Add((null, -1));
    }

    private static StringBuilder Append(StringBuilder path, string name)
    {
        var plain = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.AsSpan().IndexOfAnyExcept(PlainCharacters) < 0;
        return plain ? path.Append('.').Append(name) : path.Append("['").Append(name.Replace("'", "\\'", StringComparison.Ordinal)).Append("']");
    }

    private static readonly System.Buffers.SearchValues<char> PlainCharacters
        = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
}
