using System;

namespace KlingGen.Specs;

/// <summary>The members of an object that has many, with an order by name. Sorted, not hashed: a hostile document cannot choose names that make it slow.</summary>
internal sealed class JsonLookup
{
    /// <summary>From how many members on an order by name pays.</summary>
    public const int WorthIt = 32;

    private readonly string[] _names;
    private readonly int[] _places;

    public JsonLookup(JsonMember[] members)
    {
        Members = members;
        (_names, _places) = Sort(members);
    }

    public JsonMember[] Members { get; }

    /// <summary>The place of the member with this name, or -1.</summary>
    public int Find(string name) => Array.BinarySearch(_names, name, StringComparer.Ordinal) is var at and >= 0 ? _places[at] : -1;

    /// <summary>The names in ordinal order, each with its place; of equal names the one that comes last in the text is the last.</summary>
    public static (string[] Names, int[] Places) Sort(JsonMember[] members)
    {
        var names = new string[members.Length];
        var places = new int[members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            names[i] = members[i].Name;
            places[i] = i;
        }

        Array.Sort(names, places, StringComparer.Ordinal);
        for (var start = 0; start < names.Length;)
        {
            var end = start + 1;
            while (end < names.Length && names[end] == names[start]) end++;
            if (end - start > 1) Array.Sort(places, start, end - start);
            start = end;
        }

        return (names, places);
    }
}
