using System;

namespace KlingGen.Analyzers;

/// <summary>The Levenshtein distance of two strings. Linked into the code fixes, which offer what the messages name.</summary>
internal static class EditDistance
{
    public static int Between(string from, string to)
    {
        var above = new int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++) above[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            var row = new int[to.Length + 1];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
            above = row;
        }

        return above[to.Length];
    }
}
