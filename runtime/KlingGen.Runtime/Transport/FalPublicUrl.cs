using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Fal;

/// <summary>
/// A URL on one of fal's public hosts, <c>queue.fal.run</c>, <c>fal.run</c> and <c>rest.fal.ai</c>: the target in a call of a
/// proxy's client. It is compared as a string and never normalized: URLs that a parser would normalize (user names, ports,
/// backslashes, dots, tabs, percent signs) are refused.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalPublicUrl
{
    private const int LongestUrl = 8192;

    private static readonly (FalHost Service, string Root)[] Roots =
    [
        (FalHost.Queue, "https://queue.fal.run"),
        (FalHost.Run, "https://fal.run"),
        (FalHost.Rest, "https://rest.fal.ai"),
    ];

    private FalPublicUrl(FalHost service, string root, string pathAndQuery)
    {
        Service = service;
        Host = root["https://".Length..];
        PathAndQuery = pathAndQuery;
        var query = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        Path = query < 0 ? pathAndQuery : pathAndQuery[..query];
        Query = query < 0 ? "" : pathAndQuery[query..];
    }

    /// <summary>The host: <c>queue.fal.run</c>, <c>fal.run</c> or <c>rest.fal.ai</c>.</summary>
    public string Host { get; }

    /// <summary>The path, which consists of plain segments.</summary>
    public string Path { get; }

    /// <summary>The query with its question mark; empty if there is none.</summary>
    public string Query { get; }

    internal FalHost Service { get; }

    internal string PathAndQuery { get; }

    /// <summary>Parses a URL; returns false if it is not on one of fal's public hosts, or not plain.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out FalPublicUrl? url)
    {
        url = null;
        if (text is not { Length: > 0 and <= LongestUrl }) return false;
        foreach (var (service, root) in Roots)
        {
            // The comparison includes the slash after the host, so that no longer host name passes.
            if (!text.StartsWith(root, StringComparison.Ordinal) || text.Length == root.Length || text[root.Length] != '/') continue;
            var pathAndQuery = text[root.Length..];
            if (!FalAddresses.IsPlain(pathAndQuery)) return false;
            url = new FalPublicUrl(service, root, pathAndQuery);
            return true;
        }
        return false;
    }

    /// <summary>The URL.</summary>
    public override string ToString() => $"https://{Host}{PathAndQuery}";

    /// <summary>The public base URL of a service; null for the platform API, which no proxy forwards.</summary>
    internal static string? RootOf(FalHost service) => Array.Find(Roots, pair => pair.Service == service).Root;
}
