namespace Fal.Wire;

/// <summary>Which texts fal can fetch media from.</summary>
internal static class FalUrl
{
    /// <summary>Whether it is an absolute http(s) URL with a host, or a data URI.</summary>
    public static bool IsUsable(string text)
    {
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return text.Contains(',', StringComparison.Ordinal);
        return Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            && url.Host.Length > 0;
    }
}
