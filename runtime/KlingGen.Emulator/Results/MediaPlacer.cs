using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>Generates the files of one result and sets their URLs, names, types and sizes in it.</summary>
/// <param name="make">Generates a file from its kind, its index in the result and a name without extension, and stores it.</param>
internal sealed class MediaPlacer(Func<MediaFileKind, int, string, PlacedFile> make)
{
    private int _count;

    public static bool IsUrl(string? text)
        => text is not null && (text.StartsWith("https://", StringComparison.Ordinal) || text.StartsWith("http://", StringComparison.Ordinal))
            && !text.Any(char.IsWhiteSpace) && Uri.TryCreate(text, UriKind.Absolute, out _);

    /// <summary>Generates a file and returns its URL.</summary>
    public string Url(MediaHint hint, string? example = null) => Make(hint, null, example, null).Url;

    /// <summary>Replaces all URLs of an example with URLs of generated files.</summary>
    public JsonNode? Replace(JsonNode? example, SchemaView schema, MediaHint hint)
    {
        switch (example)
        {
            case JsonObject file when file["url"] is JsonValue url && IsUrl(url.ToString()):
                Fill(file, schema, hint, isExample: true);
                return file;
            case JsonObject holder:
                foreach (var name in holder.Select(member => member.Key).ToList())
                {
                    var property = schema.Property(name);
                    var better = Replace(holder[name], property, hint.For(name, property));
                    if (!ReferenceEquals(better, holder[name])) holder[name] = better;
                }
                return holder;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    var better = Replace(list[i], schema.Items, hint);
                    if (!ReferenceEquals(better, list[i])) list[i] = better;
                }
                return list;
            case JsonValue value when value.TryGetValue<string>(out var text) && IsUrl(text):
                return Url(hint, text);
            default:
                return example;
        }
    }

    /// <summary>Generates a file for an object with a URL, and sets the properties that its schema or the object has.</summary>
    /// <param name="file">The object.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="hint">The position of the object.</param>
    /// <param name="isExample">Whether the object is an example that describes a specific file.</param>
    public void Fill(JsonObject file, SchemaView schema, MediaHint hint, bool isExample)
    {
        var made = isExample ? Make(hint, Text(file["content_type"]), Text(file["url"]), Text(file["file_name"])) : Make(hint, null, null, null);
        file["url"] = made.Url;
        Say("content_type", made.Media.ContentType);
        Say("file_name", made.Name);
        Say("file_size", made.Media.Bytes.Length);
        Say("width", made.Media.Width);
        Say("height", made.Media.Height);
        Say("duration", made.Media.Duration);
        Say("num_frames", made.Media.Frames);
        Say("fps", made.Media.Frames is null ? null : MovieWriter.FrameRate);

        void Say(string name, JsonNode? fact)
        {
            var declared = schema.Property(name);
            var isDeclared = !declared.IsEmpty;
            if (fact is null || !(isDeclared || file.ContainsKey(name))) return;
            if (isDeclared && !IsAllowed(declared, ref fact)) return;
            file[name] = fact;
        }
    }

    private PlacedFile Make(MediaHint hint, string? type, string? url, string? name) => make(hint.Kind(type, url), _count++, hint.Stem(name, url));

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    // A duration may be declared as an integer, and a size as a string.
    private static bool IsAllowed(SchemaView declared, ref JsonNode fact)
    {
        string[] types = [.. declared.Types, .. declared.Choices.SelectMany(choice => declared.With(choice).Types)];
        var isText = fact.GetValueKind() == System.Text.Json.JsonValueKind.String;
        if (types.Length == 0 || types.Contains(isText ? "string" : "number")) return true;
        if (isText || !types.Contains("integer")) return false;
        fact = (long)Math.Round(double.Parse(fact.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture));
        return true;
    }
}

/// <summary>A file that was generated for a result, and its URL.</summary>
internal sealed record PlacedFile(string Url, string Name, MadeMedia Media);
