using System;
using System.Collections.Generic;

namespace KlingGen.Checks;

/// <summary>Finds the name that was probably meant, for "did you mean" in messages.</summary>
internal static class NearestName
{
    /// <summary>The nearest candidate, the first in ordinal order among equals; null if none is near enough to be a typo.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = Math.Max(2, name.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) > bestDistance) continue;
            var distance = Distance(name, candidate);
            if (distance > bestDistance || (distance == bestDistance && (best is null || string.CompareOrdinal(candidate, best) >= 0))) continue;
            (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    /// <summary>The optimal string alignment distance, ignoring case.</summary>
    public static int Distance(string from, string to)
    {
        var beforeLast = new int[to.Length + 1];
        var last = new int[to.Length + 1];
        var row = new int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++) last[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + (Same(from[i - 1], to[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1])) row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, row) = (last, row, beforeLast);
        }

        return last[to.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
