using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>Makes the files of one result and puts their URLs, names, types and sizes where the result speaks of them.</summary>
/// <param name="make">Makes the file of this kind, the how-manieth of the result, and stores it under a name without extension.</param>
internal sealed class MediaPlacer(Func<MediaFileKind, int, string, PlacedFile> make)
{
    private int _count;

    public static bool IsUrl(string? text)
        => text is not null && (text.StartsWith("https://", StringComparison.Ordinal) || text.StartsWith("http://", StringComparison.Ordinal))
            && !text.Any(char.IsWhiteSpace) && Uri.TryCreate(text, UriKind.Absolute, out _);

    /// <summary>A URL of a new file.</summary>
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

    /// <summary>Puts a file behind an object with a URL, and says of it what is true, in the members that its schema or the object has.</summary>
    /// <param name="file">The object.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="hint">Where it stands.</param>
    /// <param name="isExample">Whether its members describe this very file, rather than files in general.</param>
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

    // A duration may be declared as whole seconds, and a size as a text.
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

/// <summary>A file that was made for a result, and where it is.</summary>
internal sealed record PlacedFile(string Url, string Name, MadeMedia Media);
