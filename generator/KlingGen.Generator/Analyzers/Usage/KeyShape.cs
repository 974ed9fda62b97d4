using System.Collections.Generic;

namespace KlingGen.Analyzers.Usage;

/// <summary>
/// Tells a key from words that stand for one. fal's keys are an id, a colon and a secret of random characters; tests and samples write <c>id:secret</c>, which
/// gives nothing away.
/// </summary>
internal static class KeyShape
{
    private const int ShortestSecret = 16;

    /// <summary>A random secret of that length has more; the zeros and repeated words of samples have fewer.</summary>
    private const int FewestKinds = 8;

    public static bool Matches(string text)
    {
        text = text.Trim().Trim('"', '\'');
        var colon = text.IndexOf(':');
        if (colon <= 0 || text.Length - colon - 1 < ShortestSecret) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (i != colon && !IsKeyCharacter(text[i])) return false;
        }

        var kinds = new HashSet<char>();
        var digits = 0;
        for (var i = colon + 1; i < text.Length; i++)
        {
            kinds.Add(text[i]);
            if (text[i] is >= '0' and <= '9') digits++;
        }

        return kinds.Count >= FewestKinds && digits > 2 && digits < text.Length - colon - 1;
    }

    private static bool IsKeyCharacter(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_';
}
