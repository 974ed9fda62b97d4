using System;

namespace KlingGen.Analyzers;

/// <summary>Which texts fal can fetch media from: what the check at run time takes, and no more.</summary>
internal static class Addresses
{
    /// <summary>Beyond a few kilobytes a data URI slows every request that carries it; fal's documentation advises against it.</summary>
    public const int LongestDataUri = 16 * 1024;

    public static bool IsDataUri(string text) => text.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    public static bool IsUsable(string text)
    {
        if (IsDataUri(text)) return text.IndexOf(',') >= 0;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) && url.Host.Length > 0;
    }
}
