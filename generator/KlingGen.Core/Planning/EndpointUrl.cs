using System;

namespace KlingGen.Planning;

/// <summary>Endpoint ids out of URLs that were pasted from fal.ai.</summary>
internal static class EndpointUrl
{
    /// <summary>Pages of a model, which follow its id in the URL.</summary>
    private static readonly string[] Pages = { "api", "playground", "examples", "llms.txt", "requests" };

    /// <summary>
    /// The endpoint id (or pattern) that a URL names: <c>https://fal.ai/models/fal-ai/flux/dev/api</c> is <c>fal-ai/flux/dev</c>. Text that is not a
    /// URL of fal
    /// is returned as it is.
    /// </summary>
    public static string ToId(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? text : text.Substring(scheme + 3);
        var slash = rest.IndexOf('/');
        if (slash <= 0) return text;
        var host = rest.Substring(0, slash).ToLowerInvariant();
        var path = rest.Substring(slash + 1);
        return (host.StartsWith("www.", StringComparison.Ordinal) ? host.Substring(4) : host) switch
        {
            "fal.ai" => OfPage(path) ?? text,
            "fal.run" or "queue.fal.run" => BeforeRequests(WithoutQuery(path)),
            _ => text,
        };
    }

    private static string? OfPage(string path)
    {
        const string Models = "models/";
        if (path.StartsWith(Models, StringComparison.Ordinal))
        {
            var id = WithoutQuery(path.Substring(Models.Length));
            var last = id.LastIndexOf('/');
            return last > 0 && Array.IndexOf(Pages, id.Substring(last + 1)) >= 0 ? id.Substring(0, last) : id;
        }

        const string Parameter = "endpoint_id=";
        var at = path.IndexOf(Parameter, StringComparison.Ordinal);
        return at < 0 ? null : Uri.UnescapeDataString(path.Substring(at + Parameter.Length).Split('&', '#')[0]);
    }

    private static string BeforeRequests(string path)
    {
        var requests = path.IndexOf("/requests/", StringComparison.Ordinal);
        return requests < 0 ? path : path.Substring(0, requests);
    }

    // A single question mark may be a wildcard of a pattern; a query has a name and a value.
    private static string WithoutQuery(string path)
    {
        var end = path.IndexOf('#');
        if (end >= 0) path = path.Substring(0, end);
        var query = path.IndexOf('?');
        return (query >= 0 && path.IndexOf('=', query) > 0 ? path.Substring(0, query) : path).TrimEnd('/');
    }
}
