using System;
using KlingGen.Checks;

namespace KlingGen.Analyzers;

/// <summary>Messages about media that the run-time check does not give: long data URIs, and paths that cannot be paths of local files.</summary>
internal static class MediaUrl
{
    /// <summary>A longer data URI slows down every request that carries it; fal's documentation advises against it.</summary>
    public const int MaxDataUriLength = 16 * 1024;

    public static string RefuseLength(string text)
        => $"is a data URI of {ValueText.Number(text.Length)} characters, which every request carries; "
            + "FalMedia.FromFile and FromBytes upload it once";

    /// <returns>What is wrong with the path of a local file, as a sentence; null if it may be one.</returns>
    public static string? RefusePath(string path)
    {
        if (path.Length == 0) return "FalMedia.FromFile needs the path of a file, and this is empty";
        if (ValueMath.IsDataUri(path)) return "FalMedia.FromFile needs the path of a file; for a data URI use FalMedia.FromDataUri";
        return path.IndexOf("://", StringComparison.Ordinal) > 0 && Uri.TryCreate(path, UriKind.Absolute, out var url) && !url.IsFile
            ? $"FalMedia.FromFile needs the path of a file, not the URL {ValueText.Quote(path)}; use FalMedia.FromUrl"
            : null;
    }
}
