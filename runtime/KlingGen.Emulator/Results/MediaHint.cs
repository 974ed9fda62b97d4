using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>The position of a file in a result, from which its kind is derived.</summary>
/// <param name="Name">The property's name; for the whole result, the category of the endpoint.</param>
/// <param name="Title">The title of the schema.</param>
/// <param name="Outer">The hint of the enclosing value.</param>
internal sealed record MediaHint(string Name, string? Title = null, MediaHint? Outer = null)
{
    /// <summary>The hint for a whole result: the category of the endpoint, such as <c>text-to-video</c>.</summary>
    public static MediaHint FromDocument(ServedDocument document)
    {
        var facts = (document.Root["info"] as JsonObject)?["x-fal-metadata"] as JsonObject;
        return new(facts?["category"]?.ToString() ?? "");
    }

    public MediaHint For(string name, SchemaView schema) => new(name, schema.Text("title"), this);

    /// <summary>Derives the kind from an example if it has one, otherwise from the nearest name or title around it.</summary>
    public MediaFileKind Kind(string? exampleType = null, string? exampleUrl = null)
    {
        if (OfContentType(exampleType) is { } typed) return typed;
        if (exampleUrl is not null && OfWords(Path.GetExtension(PathOf(exampleUrl))) is { } shown) return shown;
        for (var place = this; place is not null; place = place.Outer)
        {
            if ((OfWords(place.Name) ?? OfWords(place.Title)) is { } kind) return kind;
        }
        return MediaFileKind.Other;
    }

    /// <summary>
    /// Creates a file name without extension: from an example, otherwise from the nearest property that is not called
    /// <c>url</c> or <c>file</c>.
    /// </summary>
    public string Stem(string? exampleName, string? exampleUrl)
    {
        var known = exampleName ?? (exampleUrl is null ? "" : PathOf(exampleUrl).Split('/')[^1]);
        if (Path.GetFileNameWithoutExtension(known) is { Length: > 0 } stem) return stem;
        var place = this;
        while (place.Outer is { Outer: not null } outer && place.Name is "url" or "file") place = outer;
        return place.Name.Length == 0 ? "file" : place.Name;
    }

    private static string PathOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.AbsolutePath : url;

    private static MediaFileKind? OfContentType(string? type) => type?.Split('/')[0].ToLowerInvariant() switch
    {
        "image" => MediaFileKind.Image,
        "video" => MediaFileKind.Video,
        "audio" => MediaFileKind.Audio,
        "model" => MediaFileKind.Model,
        "text" => MediaFileKind.Other,
        _ => null,
    };

    // The last known word wins: a "video thumbnail" is an image.
    private static MediaFileKind? OfWords(string? text)
    {
        if (text is null) return null;
        var words = System.Text.RegularExpressions.Regex.Replace(text, "(?<=[a-z0-9])(?=[A-Z])", "_").Split('_', '-', ' ', '.', '/');
        return words.Select(OfWord).LastOrDefault(kind => kind is not null);
    }

    private static MediaFileKind? OfWord(string word) => word.ToLowerInvariant().TrimEnd('s') switch
    {
        "image" or "picture" or "photo" or "thumbnail" or "mask" or "frame" or "texture" or "color" or "preview"
            or "png" or "jpg" or "jpeg" or "webp" or "gif" or "svg" => MediaFileKind.Image,
        "video" or "clip" or "movie" or "animation" or "mp4" or "mov" or "webm" => MediaFileKind.Video,
        "audio" or "voice" or "speech" or "sound" or "music" or "song" or "target" or "residual"
            or "wav" or "mp3" or "m4a" or "ogg" or "flac" => MediaFileKind.Audio,
        "glb" or "gltf" or "mesh" or "3d" or "model" => MediaFileKind.Model,
        "txt" or "json" or "csv" or "srt" or "vtt" or "zip" or "pdf" or "safetensor"
            or "obj" or "fbx" or "usdz" or "mtl" or "stl" or "ply" => MediaFileKind.Other,
        _ => null,
    };
}
