using System;
using System.Collections.Generic;

namespace KlingGen.Naming;

/// <summary>
/// The names taken inside one type. Of two wire texts that would get one name, the first keeps it; the other is
/// written closer to the wire, and only then counted: <c>AiTaiwan</c>, <c>ai_taiwan</c>, <c>AiTaiwan_2</c>.
/// </summary>
internal sealed class NameSet
{
    private readonly HashSet<string> _taken;

    public NameSet(params string[] taken)
        : this(StringComparer.Ordinal, taken)
    {
    }

    public NameSet(StringComparer comparer, params string[] taken) => _taken = new HashSet<string>(taken, comparer);

    public void Reserve(string name) => _taken.Add(name);

    public string Take(string wish, string wire)
    {
        if (_taken.Add(wish)) return wish;
        var raw = Words.Raw(wire);
        if (raw.Length > 0 && !char.IsDigit(raw[0]) && !Text.Identifier.IsKeyword(raw) && raw != "_" && _taken.Add(raw)) return raw;
        return Count(wish);
    }

    /// <summary>A name that has no wire text: counted at once.</summary>
    public string Count(string wish)
    {
        if (_taken.Add(wish)) return wish;
        for (var i = 2; ; i++)
        {
            var counted = wish + "_" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (_taken.Add(counted)) return counted;
        }
    }
}
