using System;
using System.Collections.Generic;

namespace KlingGen.Analyzers.Usage;

/// <summary>
/// Tells a key from placeholders. fal's keys are an id, a colon and a secret of random characters; tests and samples write <c>id:secret</c> or
/// <c>test-key-…</c>, which gives nothing away.
/// </summary>
internal static class KeyShape
{
    private const int ShortestSecret = 16;

    /// <summary>A random secret of that length has more; the zeros and repeated words of samples have fewer.</summary>
    private const int FewestKinds = 8;

    // A random key contains one of these words with a probability below 1 in 10,000.
    private static readonly string[] Placeholders =
        ["test", "fake", "dummy", "mock", "example", "sample", "demo", "placeholder", "secret", "your", "changeme", "invalid", "wrong", "redacted",
            "emulator"];

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

        return kinds.Count >= FewestKinds && digits > 2 && digits < text.Length - colon - 1 && !IsPlaceholder(text);
    }

    private static bool IsPlaceholder(string text)
    {
        foreach (var word in Placeholders)
        {
            if (text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0) return true;
        }

        return false;
    }

    private static bool IsKeyCharacter(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_';
}
