using System;

namespace KlingGen.Analyzers;

/// <summary>Validates media URLs and data URIs exactly as the run-time check does.</summary>
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
}
