using System;
using System.Collections.Generic;

namespace KlingGen.Planning;

/// <summary>What was probably meant by an endpoint id or pattern that matches nothing.</summary>
internal static class EndpointHint
{
    /// <summary>The part of a message that follows the name: empty, or <c>; did you mean '…'?</c>.</summary>
    public static string DidYouMean(string pattern, IReadOnlyCollection<string> ids)
        => Nearest(pattern, ids) is { } nearest ? "; did you mean '" + nearest + "'?" : "";

    /// <summary>
    /// The nearest id; for a pattern, the pattern with the nearest beginning under which it matches. Null if there is none.
    /// </summary>
    public static string? Nearest(string pattern, IReadOnlyCollection<string> ids)
    {
        var parts = pattern.Split('/');
        var literal = Array.FindIndex(parts, static part => part.IndexOf('*') >= 0 || part.IndexOf('?') >= 0);
        if (literal < 0) return Checks.NearestName.Find(pattern, ids);
        var rest = string.Join("/", parts, literal, parts.Length - literal);
        var beginnings = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            var segments = id.Split('/');
            if (segments.Length < literal) continue;
            var beginning = string.Join("/", segments, 0, literal);
            if (EndpointGlob.Matches(beginning + "/" + rest, id)) beginnings.Add(beginning);
        }

        return Checks.NearestName.Find(string.Join("/", parts, 0, literal), beginnings) is { } nearest ? nearest + "/" + rest : null;
    }
}
