using System;
using System.Collections.Generic;

namespace KlingGen.Planning;

/// <summary>
/// Patterns over endpoint ids, as in the property <c>FalEndpoints</c>: <c>*</c> matches anything within one segment of
/// the id, <c>**</c> for any number of parts, <c>?</c> for one character.
/// </summary>
internal static class EndpointGlob
{
    /// <summary>
    /// The patterns of a property's value: between semicolons, commas or white space. Pasted URLs of fal.ai count as the endpoint's id.
    /// </summary>
    public static string[] Split(string? value)
    {
        var patterns = new List<string>();
        foreach (var part in (value ?? "").Split(';', ',', ' ', '\t', '\r', '\n'))
        {
            var pattern = EndpointUrl.ToId(part).Trim('/');
            if (pattern.Length > 0 && !patterns.Contains(pattern)) patterns.Add(pattern);
        }

        return patterns.ToArray();
    }

    public static bool Matches(string pattern, string id) => MatchParts(pattern.Split('/'), 0, id.Split('/'), 0);

    public static bool MatchesAny(IEnumerable<string> patterns, string id)
    {
        foreach (var pattern in patterns)
        {
            if (Matches(pattern, id)) return true;
        }

        return false;
    }

    /// <summary>The patterns that match none of the keys.</summary>
    public static IEnumerable<string> Idle(IEnumerable<string> patterns, IReadOnlyCollection<string> keys)
    {
        foreach (var pattern in patterns)
        {
            var isIdle = true;
            foreach (var key in keys) isIdle &= !Matches(pattern, key);
            if (isIdle) yield return pattern;
        }
    }

    private static bool MatchParts(string[] pattern, int p, string[] id, int i)
    {
        for (; p < pattern.Length; p++, i++)
        {
            if (pattern[p] == "**")
            {
                for (var rest = i; rest <= id.Length; rest++)
                {
                    if (MatchParts(pattern, p + 1, id, rest)) return true;
                }

                return false;
            }

            if (i >= id.Length || !MatchPart(pattern[p], id[i])) return false;
        }

        return i == id.Length;
    }

    /// <summary>Goes back to the last star only, so the time is bounded by the product of both lengths.</summary>
    private static bool MatchPart(string pattern, string text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || char.ToUpperInvariant(pattern[p]) == char.ToUpperInvariant(text[t])))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }
}
