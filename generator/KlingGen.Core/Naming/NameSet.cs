using System;
using System.Collections.Generic;

namespace KlingGen.Naming;

/// <summary>
/// The names taken inside one type. Of two wire texts that would get one name, the first keeps it; the other is
/// written closer to the wire, and only then counted: <c>AiTaiwan</c>, <c>ai_taiwan</c>, <c>AiTaiwan_2</c>.
/// </summary>
internal sealed class NameSet
{
    private static readonly HashSet<string> Nothing = new();

    private readonly HashSet<string> _reserved;
    private readonly HashSet<string> _taken;

    public NameSet(params string[] taken)
    {
        _reserved = Nothing;
        _taken = new HashSet<string>(taken, StringComparer.Ordinal);
    }

    /// <param name="reserved">Names that are never given; shared, so that a set for each of many types costs nothing.</param>
    public NameSet(HashSet<string> reserved)
    {
        _reserved = reserved;
        _taken = new HashSet<string>(StringComparer.Ordinal);
    }

    public NameSet(StringComparer comparer)
    {
        _reserved = Nothing;
        _taken = new HashSet<string>(comparer);
    }

    public void Reserve(string name) => _taken.Add(name);

    public string Take(string wish, string wire)
    {
        if (TryTake(wish)) return wish;
        var raw = Words.Raw(wire);
        if (raw.Length > 0 && !char.IsDigit(raw[0]) && !Text.Identifier.IsKeyword(raw) && raw != "_" && TryTake(raw)) return raw;
        return Count(wish);
    }

    /// <summary>A name that has no wire text: counted at once.</summary>
    public string Count(string wish)
    {
        if (TryTake(wish)) return wish;
        for (var i = 2; ; i++)
        {
            var counted = wish + "_" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (TryTake(counted)) return counted;
        }
    }

    private bool TryTake(string name) => !_reserved.Contains(name) && _taken.Add(name);
}
