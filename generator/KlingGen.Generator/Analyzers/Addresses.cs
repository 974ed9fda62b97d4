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
        if (IsPlain(text)) return true;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) && url.Host.Length > 0;
    }

    /// <summary>What nearly all addresses look like, without the cost of taking them apart: https, a name of letters, digits and inner dots and hyphens that ends in a letter, and a path.</summary>
    private static bool IsPlain(string text)
    {
        const string scheme = "https://";
        if (text.Length > 2000 || !text.StartsWith(scheme, StringComparison.Ordinal)) return false;
        var path = text.IndexOf('/', scheme.Length);
        if (path < 0 || !IsLetter(text[path - 1])) return false;
        for (var i = scheme.Length; i < path; i++)
        {
            var isMark = text[i] is '.' or '-';
            if (!isMark && !IsLetter(text[i]) && text[i] is not (>= '0' and <= '9')) return false;
            if (isMark && (i == scheme.Length || text[i - 1] is '.' or '-')) return false;
        }

        for (var i = path; i < text.Length; i++)
        {
            if (text[i] is <= ' ' or > '~') return false;
        }

        return path - scheme.Length <= 63;
    }

    private static bool IsLetter(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
