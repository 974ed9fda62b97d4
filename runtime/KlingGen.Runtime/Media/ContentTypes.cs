using Fal.Wire;

namespace Fal.Media;

/// <summary>File name extensions and the content types they stand for.</summary>
internal static class ContentTypes
{
    public const string Unknown = "application/octet-stream";

    /// <summary>The content type that a file name's extension stands for, or null.</summary>
    public static string? OfName(string? name) => Extension(name) switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" or ".jpe" or ".jfif" => "image/jpeg",
        ".webp" => "image/webp",
        ".gif" => "image/gif",
        ".bmp" or ".dib" => "image/bmp",
        ".tif" or ".tiff" => "image/tiff",
        ".ico" => "image/x-icon",
        ".avif" => "image/avif",
        ".heic" => "image/heic",
        ".heif" => "image/heif",
        ".jxl" => "image/jxl",
        ".svg" => "image/svg+xml",
        ".mp4" or ".m4v" => "video/mp4",
        ".mov" or ".qt" => "video/quicktime",
        ".webm" => "video/webm",
        ".mkv" => "video/x-matroska",
        ".avi" => "video/x-msvideo",
        ".mpg" or ".mpeg" => "video/mpeg",
        ".3gp" => "video/3gpp",
        ".ogv" => "video/ogg",
        ".flv" => "video/x-flv",
        ".ts" => "video/mp2t",
        ".mp3" => "audio/mpeg",
        ".wav" => "audio/wav",
        ".m4a" => "audio/mp4",
        ".aac" => "audio/aac",
        ".ogg" or ".oga" or ".opus" => "audio/ogg",
        ".flac" => "audio/flac",
        ".aif" or ".aiff" => "audio/aiff",
        ".weba" => "audio/webm",
        ".zip" => "application/zip",
        ".gz" or ".tgz" => "application/gzip",
        ".tar" => "application/x-tar",
        ".pdf" => "application/pdf",
        ".json" => "application/json",
        ".txt" => "text/plain",
        ".csv" => "text/csv",
        ".glb" => "model/gltf-binary",
        ".gltf" => "model/gltf+json",
        ".obj" => "model/obj",
        ".stl" => "model/stl",
        ".ply" => "model/ply",
        ".usdz" => "model/vnd.usdz+zip",
        ".fbx" or ".safetensors" or ".bin" => Unknown,
        _ => null,
    };

    /// <summary>The extension that suits a content type, with its dot; ".bin" when none does.</summary>
    public static string ExtensionOf(string? contentType) => Bare(contentType) switch
    {
        "image/png" => ".png",
        "image/jpeg" or "image/jpg" => ".jpg",
        "image/webp" => ".webp",
        "image/gif" => ".gif",
        "image/bmp" => ".bmp",
        "image/tiff" => ".tiff",
        "image/x-icon" or "image/vnd.microsoft.icon" => ".ico",
        "image/avif" => ".avif",
        "image/heic" => ".heic",
        "image/heif" => ".heif",
        "image/jxl" => ".jxl",
        "image/svg+xml" => ".svg",
        "video/mp4" => ".mp4",
        "video/quicktime" => ".mov",
        "video/webm" => ".webm",
        "video/x-matroska" => ".mkv",
        "video/x-msvideo" => ".avi",
        "video/mpeg" => ".mpg",
        "video/3gpp" => ".3gp",
        "video/ogg" => ".ogv",
        "video/x-flv" => ".flv",
        "video/mp2t" => ".ts",
        "audio/mpeg" or "audio/mp3" => ".mp3",
        "audio/wav" or "audio/x-wav" or "audio/wave" => ".wav",
        "audio/mp4" or "audio/x-m4a" => ".m4a",
        "audio/aac" => ".aac",
        "audio/ogg" or "audio/opus" => ".ogg",
        "audio/flac" or "audio/x-flac" => ".flac",
        "audio/aiff" or "audio/x-aiff" => ".aiff",
        "audio/webm" => ".weba",
        "application/zip" => ".zip",
        "application/gzip" => ".gz",
        "application/x-tar" => ".tar",
        "application/pdf" => ".pdf",
        "application/json" => ".json",
        "text/plain" => ".txt",
        "text/csv" => ".csv",
        "model/gltf-binary" => ".glb",
        "model/gltf+json" => ".gltf",
        "model/obj" => ".obj",
        "model/stl" => ".stl",
        "model/ply" => ".ply",
        "model/vnd.usdz+zip" => ".usdz",
        _ => ".bin",
    };

    /// <summary>What the bytes show, made more exact by the name where the bytes show only a container that others build upon.</summary>
    public static string? Choose(string? ofBytes, string? name)
    {
        var ofName = OfName(name);
        return ofBytes switch
        {
            null => ofName,
            "application/zip" when ofName is not null && ofName.EndsWith("+zip", StringComparison.Ordinal) => ofName,
            "video/webm" when ofName == "audio/webm" => ofName,
            "video/mp4" when ofName == "audio/mp4" => ofName,
            _ => ofBytes,
        };
    }

    /// <summary>Whether bytes of this type are recognized, so that bytes which are not cannot be of this type.</summary>
    public static bool IsRecognizable(string contentType) => Bare(contentType) switch
    {
        "image/svg+xml" or "text/plain" or "text/csv" or "application/json" => false,
        "model/gltf+json" or "model/obj" or "model/stl" or "model/ply" => false,
        _ => ExtensionOf(contentType) != ".bin",
    };

    /// <summary>Whether bytes of one type can belong to a file of the other: by kind, as sound and pictures share containers.</summary>
    public static bool CanBe(string detected, string expected)
    {
        var (found, wanted) = (KindOf(detected), KindOf(expected));
        return found == wanted || wanted == FalMediaKind.Any
            || (found is FalMediaKind.Audio or FalMediaKind.Video && wanted is FalMediaKind.Audio or FalMediaKind.Video);
    }

    /// <summary>The kind of media a content type stands for; <see cref="FalMediaKind.Any"/> when it does not say.</summary>
    public static FalMediaKind KindOf(string? contentType)
    {
        var bare = Bare(contentType);
        if (bare is null or Unknown) return FalMediaKind.Any;
        if (bare.StartsWith("image/", StringComparison.Ordinal)) return FalMediaKind.Image;
        if (bare.StartsWith("video/", StringComparison.Ordinal)) return FalMediaKind.Video;
        return bare.StartsWith("audio/", StringComparison.Ordinal) ? FalMediaKind.Audio : FalMediaKind.File;
    }

    /// <summary>Whether the text is a content type that may travel in a header: type/subtype, perhaps with parameters, printable ASCII.</summary>
    public static bool IsWellFormed(string contentType)
    {
        foreach (var c in contentType)
        {
            if (c is < ' ' or > '~') return false;
        }
        return System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out _);
    }

    // Lower case, without parameters.
    private static string? Bare(string? contentType)
    {
        if (contentType is null) return null;
        var semicolon = contentType.IndexOf(';');
        return (semicolon < 0 ? contentType : contentType[..semicolon]).Trim().ToLowerInvariant();
    }

    private static string Extension(string? name)
    {
        if (name is null) return "";
        var dot = name.LastIndexOf('.');
        return dot < 0 ? "" : name[dot..].ToLowerInvariant();
    }
}
