using System;

namespace KlingGen.Specs;

/// <summary>The members of an object that has many, with an order by name. Sorted, not hashed: a hostile document cannot choose names that make it slow.</summary>
internal sealed class JsonLookup
{
    /// <summary>From how many members on an order by name pays.</summary>
    public const int WorthIt = 32;

    private readonly string[] _names;
    private readonly int[] _places;

    private JsonLookup(JsonMember[] members)
    {
        Members = members;
        _names = NamesOf(members);
        _places = Sort(_names);
    }

    public JsonMember[] Members { get; }

    /// <summary>The members themselves where they are few, or a lookup over them.</summary>
    public static object For(JsonMember[] members) => members.Length < WorthIt ? members : new JsonLookup(members);

    /// <summary>The place of the member with this name, or -1.</summary>
    public int Find(string name) => Array.BinarySearch(_names, name, StringComparer.Ordinal) is var at and >= 0 ? _places[at] : -1;

    public static string[] NamesOf(JsonMember[] members) => Array.ConvertAll(members, static member => member.Name);

    /// <summary>Puts the names in ordinal order and gives the place where each was; equal names stay in their order.</summary>
    public static int[] Sort(string[] names)
    {
        var places = new int[names.Length];
        for (var i = 0; i < places.Length; i++) places[i] = i;
        Array.Sort(names, places, StringComparer.Ordinal);
        for (var start = 0; start < names.Length;)
        {
            var end = start + 1;
            while (end < names.Length && names[end] == names[start]) end++;
            if (end - start > 1) Array.Sort(places, start, end - start);
            start = end;
        }

        return places;
    }
}
