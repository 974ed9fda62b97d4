using System;
using System.IO;

namespace KlingGen.Analyzers;

/// <summary>What a file is by its name. Names that may stand for several things are nothing.</summary>
internal static class FileKinds
{
    /// <summary>The content type in short, <c>image/jpeg</c>; null where the name does not tell.</summary>
    public static string? Of(string path) => Extension(path) switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" or ".jpe" or ".jfif" => "image/jpeg",
        ".webp" => "image/webp",
        ".gif" => "image/gif",
        ".bmp" => "image/bmp",
        ".tif" or ".tiff" => "image/tiff",
        ".avif" => "image/avif",
        ".heic" or ".heif" => "image/heic",
        ".mp4" or ".m4v" => "video/mp4",
        ".mov" => "video/quicktime",
        ".webm" => "video/webm",
        ".mkv" => "video/x-matroska",
        ".avi" => "video/x-msvideo",
        ".mp3" => "audio/mpeg",
        ".wav" => "audio/wav",
        ".flac" => "audio/flac",
        ".aac" => "audio/aac",
        ".m4a" => "audio/mp4",
        _ => null,
    };

    /// <summary>The ending with its dot, in small letters; empty if there is none.</summary>
    public static string Extension(string path)
    {
        try
        {
            return Path.GetExtension(path).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return "";
        }
    }
}
