using System.Collections.Generic;

namespace KlingGen.Specs;

/// <summary>Names that an object has more than once: the last one counts.</summary>
internal static class JsonRepeats
{
    /// <summary>The places of the names that come again, each with the next place of the same name; in the order of the names.</summary>
    public static List<(int Place, int Next)> Find(string[] names)
    {
        var sorted = (string[])names.Clone();
        var places = JsonLookup.Sort(sorted);
        var repeats = new List<(int Place, int Next)>();
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] == sorted[i - 1]) repeats.Add((places[i - 1], places[i]));
        }

        return repeats;
    }

    /// <summary>The members whose names do not come again.</summary>
    public static JsonMember[] Drop(JsonMember[] members)
    {
        var repeats = Find(JsonLookup.NamesOf(members));
        var isDropped = new bool[members.Length];
        foreach (var (place, _) in repeats) isDropped[place] = true;

        var kept = new JsonMember[members.Length - repeats.Count];
        var next = 0;
        for (var i = 0; i < members.Length; i++)
        {
            if (!isDropped[i]) kept[next++] = members[i];
        }

        return kept;
    }
}
