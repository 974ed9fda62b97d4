using System.Text;

namespace Fal;

/// <summary>The kinds of URLs of a queued request.</summary>
internal enum FalQueueUrl
{
    Status,
    StatusStream,
    Result,
    Cancel,
}

/// <summary>Builds the paths of the queue's URLs, and validates the URLs that a server returns.</summary>
internal static class FalQueueUrls
{
    private const int LongestUrl = 2048;

    /// <summary>
    /// The path for a submit: the only URL that contains the endpoint's own path. <paramref name="query"/> is empty or begins
    /// with a question mark.
    /// </summary>
    public static string Submit(FalEndpointId endpoint, string query = "") => $"/{endpoint}{query}";

    /// <summary>The path of one request, from the app's id and the request's.</summary>
    public static string PathOf(FalQueueUrl url, FalEndpointId endpoint, string requestId)
        => $"/{endpoint.App}/requests/{RequireRequestId(requestId)}{Suffix(url)}";

    /// <summary>Whether a request id is valid in a URL: 1 to 128 letters, digits, '-' and '_'.</summary>
    public static bool IsRequestId(string? requestId)
    {
        if (requestId is not { Length: > 0 and <= 128 }) return false;
        foreach (var c in requestId)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')) return false;
        return true;
    }

    /// <summary>Returns the request id, or throws if it is invalid.</summary>
    public static string RequireRequestId(string? requestId)
        => IsRequestId(requestId)
            ? requestId!
            : throw new ArgumentException("A request id is 1 to 128 letters, digits, '-' and '_'.", nameof(requestId));

    /// <summary>The queue's base URL without a slash at its end.</summary>
    public static string RootOf(Uri queueAddress) => queueAddress.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>Whether a URL that fal returned is the one of <see cref="PathOf"/>, which then need not be stored.</summary>
    public static bool IsUsual(ReadOnlySpan<byte> returned, FalQueueUrl url, string root, FalEndpointId endpoint, string requestId)
    {
        return Skip(ref returned, root) && Skip(ref returned, "/") && Skip(ref returned, endpoint.App) && Skip(ref returned, "/requests/")
            && Skip(ref returned, requestId) && Ascii.Equals(returned, Suffix(url));

        static bool Skip(ref ReadOnlySpan<byte> text, string part)
        {
            if (text.Length < part.Length || !Ascii.Equals(text[..part.Length], part)) return false;
            text = text[part.Length..];
            return true;
        }
    }

    /// <summary>
    /// Returns the path of a URL that fal returned, if the key may be sent there: the URL must start exactly with the queue's
    /// base URL, continue with plain segments, and end with this request id and the requested kind. Null otherwise; then
    /// build the URL with <see cref="PathOf"/>.
    /// </summary>
    public static string? Accept(string? returned, FalQueueUrl url, string requestId, Uri queueAddress)
    {
        // The string is compared, not a parsed Uri: attacks use what a parser normalizes (tabs, backslashes, dots, user names).
        if (returned is not { Length: > 0 and <= LongestUrl } || !IsRequestId(requestId)) return null;
        var root = RootOf(queueAddress);
        if (!returned.StartsWith(root, StringComparison.OrdinalIgnoreCase) || returned.Length == root.Length || returned[root.Length] != '/')
            return null;
        var path = returned[root.Length..];
        var end = $"/requests/{requestId}{Suffix(url)}";
        if (path.Length <= end.Length + 1 || !path.EndsWith(end, StringComparison.Ordinal)) return null;
        foreach (var segment in path[1..^end.Length].Split('/'))
            if (!FalEndpointId.IsSegment(segment)) return null;
        return path;
    }

    /// <summary>Parses the endpoint, and the request id if there is one, from a path on the queue or on fal.run.</summary>
    public static (string? EndpointId, string? RequestId) Describe(string pathAndQuery)
    {
        var path = pathAndQuery.AsSpan();
        var query = path.IndexOf('?');
        if (query >= 0) path = path[..query];
        path = path.Trim('/');
        var requests = path.IndexOf("/requests/");
        if (requests < 0) return FalEndpointId.TryParse(path.ToString(), out var id) ? (id.ToString(), null) : (null, null);
        var endpoint = path[..requests].ToString();
        var request = path[(requests + "/requests/".Length)..];
        var slash = request.IndexOf('/');
        if (slash >= 0) request = request[..slash];
        return (endpoint, request.ToString());
    }

    private static string Suffix(FalQueueUrl url) => url switch
    {
        FalQueueUrl.Status => "/status",
        FalQueueUrl.StatusStream => "/status/stream",
        FalQueueUrl.Cancel => "/cancel",
        _ => "",
    };
}
