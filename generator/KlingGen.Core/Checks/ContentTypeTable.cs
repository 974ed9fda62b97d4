using System;
using System.Collections.Generic;

namespace KlingGen.Checks;

/// <summary>Content types, their file name extensions and aliases.</summary>
internal static class ContentTypeTable
{
    public const string Unknown = "application/octet-stream";

    // The first extension is the one that a file without a name gets.
    private static readonly (string Type, string Extensions, string Aliases)[] Rows =
    {
        ("image/png", ".png", ""),
        ("image/jpeg", ".jpg .jpeg .jpe .jfif", "image/jpg"),
        ("image/webp", ".webp", ""),
        ("image/gif", ".gif", ""),
        ("image/bmp", ".bmp .dib", ""),
        ("image/tiff", ".tiff .tif", ""),
        ("image/x-icon", ".ico", "image/vnd.microsoft.icon"),
        ("image/avif", ".avif", ""),
        ("image/heic", ".heic", ""),
        ("image/heif", ".heif", ""),
        ("image/jxl", ".jxl", ""),
        ("image/svg+xml", ".svg", ""),
        ("video/mp4", ".mp4 .m4v", ""),
        ("video/quicktime", ".mov .qt", ""),
        ("video/webm", ".webm", ""),
        ("video/x-matroska", ".mkv", ""),
        ("video/x-msvideo", ".avi", ""),
        ("video/mpeg", ".mpg .mpeg", ""),
        ("video/3gpp", ".3gp", ""),
        ("video/ogg", ".ogv", ""),
        ("video/x-flv", ".flv", ""),
        ("video/mp2t", ".ts", ""),
        ("audio/mpeg", ".mp3", "audio/mp3"),
        ("audio/wav", ".wav", "audio/x-wav audio/wave"),
        ("audio/mp4", ".m4a", "audio/x-m4a"),
        ("audio/aac", ".aac", ""),
        ("audio/ogg", ".ogg .oga .opus", "audio/opus"),
        ("audio/flac", ".flac", "audio/x-flac"),
        ("audio/aiff", ".aiff .aif", "audio/x-aiff"),
        ("audio/webm", ".weba", ""),
        ("application/zip", ".zip", ""),
        ("application/gzip", ".gz .tgz", ""),
        ("application/x-tar", ".tar", ""),
        ("application/pdf", ".pdf", ""),
        ("application/json", ".json", ""),
        ("text/plain", ".txt", ""),
        ("text/csv", ".csv", ""),
        ("model/gltf-binary", ".glb", ""),
        ("model/gltf+json", ".gltf", ""),
        ("model/obj", ".obj", ""),
        ("model/stl", ".stl", ""),
        ("model/ply", ".ply", ""),
        ("model/vnd.usdz+zip", ".usdz", ""),
        (Unknown, ".bin .fbx .safetensors", ""),
    };

    private static readonly char[] Separators = { '/', '\\' };
    private static readonly Dictionary<string, string> TypesByExtension = new(StringComparer.OrdinalIgnoreCase);
    private static readonly Dictionary<string, string> ExtensionsByType = new(StringComparer.OrdinalIgnoreCase);

    static ContentTypeTable()
    {
        foreach (var (type, extensions, aliases) in Rows)
        {
            foreach (var extension in extensions.Split(' ')) TypesByExtension[extension] = type;
            foreach (var name in (type + " " + aliases).Trim().Split(' ')) ExtensionsByType[name] = extensions.Split(' ')[0];
        }
    }

    /// <summary>The content type of a file name's extension; null if unknown.</summary>
    public static string? OfName(string? name) => TypesByExtension.TryGetValue(Extension(name), out var type) ? type : null;

    /// <summary>The extension of a content type, with its dot; ".bin" if the content type is not known.</summary>
    public static string ExtensionOf(string? contentType)
        => Bare(contentType) is { } bare && ExtensionsByType.TryGetValue(bare, out var extension) ? extension : ".bin";

    /// <summary>The kind of media of a content type; <see cref="MediaKind.Any"/> if it does not tell.</summary>
    public static MediaKind KindOf(string? contentType)
    {
        var bare = Bare(contentType);
        if (bare is null or Unknown) return MediaKind.Any;
        if (bare.StartsWith("image/", StringComparison.Ordinal)) return MediaKind.Image;
        if (bare.StartsWith("video/", StringComparison.Ordinal)) return MediaKind.Video;
        return bare.StartsWith("audio/", StringComparison.Ordinal) ? MediaKind.Audio : MediaKind.File;
    }

    /// <summary>Containers of the ISO base media family, which hold films or sound alone.</summary>
    public static bool IsMovieContainer(string? contentType) => contentType is "video/mp4" or "audio/mp4" or "video/quicktime" or "video/3gpp";

    /// <summary>The extension of a file name with its dot, in lower case; empty if there is none.</summary>
    public static string Extension(string? name)
    {
        if (name is null) return "";
        var dot = name.LastIndexOf('.');
        return dot < 0 || name.IndexOfAny(Separators, dot) >= 0 ? "" : name.Substring(dot).ToLowerInvariant();
    }

    /// <summary>A content type in lower case, without parameters.</summary>
    public static string? Bare(string? contentType)
    {
        if (contentType is null) return null;
        var semicolon = contentType.IndexOf(';');
        return (semicolon < 0 ? contentType : contentType.Substring(0, semicolon)).Trim().ToLowerInvariant();
    }
}
