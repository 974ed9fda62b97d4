using System;

namespace KlingGen.Analyzers;

/// <summary>Validates media URLs and data URIs exactly as the run-time check does, and paths of local files as far as a reader can see.</summary>
internal static class MediaUrl
{
    /// <summary>A longer data URI slows down every request that carries it; fal's documentation advises against it.</summary>
    public const int MaxDataUriLength = 16 * 1024;

    public static bool IsDataUri(string text) => text.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    public static bool IsValid(string text)
    {
        if (IsDataUri(text)) return text.IndexOf(',') >= 0;
        return Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            && url.Host.Length > 0;
    }

    public static string Refuse(string text)
        => $"must be an http or https URL or a data URI, not {Wording.Quote(text)}; for a local file use FalMedia.FromFile";

    public static string RefuseLength(string text)
        => $"is a data URI of {Wording.Text(text.Length)} characters, which every request carries; FalMedia.FromFile and FromBytes upload it once";

    /// <returns>What is wrong with the path of a local file, as a sentence; null if it may be one.</returns>
    public static string? RefusePath(string path)
    {
        if (path.Length == 0) return "FalMedia.FromFile needs the path of a file, and this is empty";
        if (IsDataUri(path)) return "FalMedia.FromFile needs the path of a file; for a data URI use FalMedia.FromDataUri";
        return path.IndexOf("://", StringComparison.Ordinal) > 0 && Uri.TryCreate(path, UriKind.Absolute, out var url) && !url.IsFile
            ? $"FalMedia.FromFile needs the path of a file, not the URL {Wording.Quote(path)}; use FalMedia.FromUrl"
            : null;
    }
}
