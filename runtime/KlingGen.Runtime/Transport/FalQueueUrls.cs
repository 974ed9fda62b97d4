namespace Fal;

/// <summary>Which address of a queued request.</summary>
internal enum FalQueueUrl
{
    Status,
    StatusStream,
    Result,
    Cancel,
}

/// <summary>Paths of the queue's addresses, and the rule by which an address that a server names is believed.</summary>
internal static class FalQueueUrls
{
    private const int LongestUrl = 2048;

    /// <summary>
    /// Where to submit: the only address that keeps the endpoint's own path. <paramref name="query"/> is empty or
    /// begins with a question mark.
    /// </summary>
    public static string Submit(FalEndpointId endpoint, string query = "") => $"/{endpoint}{query}";

    /// <summary>An address of one request, from the app's id and the request's.</summary>
    public static string PathOf(FalQueueUrl url, FalEndpointId endpoint, string requestId)
        => $"/{endpoint.App}/requests/{RequireRequestId(requestId)}{Suffix(url)}";

    /// <summary>Whether a request id can stand in an address: 1 to 128 letters, digits, '-' and '_'.</summary>
    public static bool IsRequestId(string? requestId)
    {
        if (requestId is not { Length: > 0 and <= 128 }) return false;
        foreach (var c in requestId)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')) return false;
        return true;
    }

    /// <summary>The request id, or an error that says what is wrong with it.</summary>
    public static string RequireRequestId(string? requestId)
        => IsRequestId(requestId)
            ? requestId!
            : throw new ArgumentException("A request id is 1 to 128 letters, digits, '-' and '_'.", nameof(requestId));

    /// <summary>
    /// The path of an address that fal returned, if it may see the key: it must start with the queue's own address to the letter, continue with plain
    /// segments, and end with this very request and what was asked for. Null if not; then build the address with <see cref="PathOf"/>.
    /// </summary>
    public static string? Accept(string? returned, FalQueueUrl url, string requestId, Uri queueAddress)
    {
        // The text is compared, not a parsed Uri: what a parser repairs (tabs, backslashes, dots, user names) is what an attack is made of.
        if (returned is not { Length: > 0 and <= LongestUrl } || !IsRequestId(requestId)) return null;
        var root = queueAddress.GetLeftPart(UriPartial.Path).TrimEnd('/');
        if (!returned.StartsWith(root, StringComparison.OrdinalIgnoreCase) || returned.Length == root.Length || returned[root.Length] != '/')
            return null;
        var path = returned[root.Length..];
        var end = $"/requests/{requestId}{Suffix(url)}";
        if (path.Length <= end.Length + 1 || !path.EndsWith(end, StringComparison.Ordinal)) return null;
        foreach (var segment in path[1..^end.Length].Split('/'))
            if (!FalEndpointId.IsSegment(segment)) return null;
        return path;
    }

    /// <summary>What a path on the queue or on fal.run says about itself: the endpoint, and the request if it names one.</summary>
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
