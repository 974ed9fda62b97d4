using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace KlingGen.Naming;

/// <summary>Name collisions inside one type: the names that are taken, and an alternative for a member whose name is taken.</summary>
internal sealed class NameSet
{
    private static readonly HashSet<string> Nothing = new();

    // In the order in which a string of a document is offered them.
    private static readonly Func<NameWish, string?>[] Choices =
    [
        static wish => wish.IsChosen ? wish.Name : null,
        static wish => wish.Name,
        static wish => RawName(wish.Wire),
        static wish => wish.Name + Codes(wish.Wire, all: false),
        static wish => wish.Name + Codes(wish.Wire, all: true),
    ];

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

    /// <summary>
    /// Names several strings of a document at once, so that their order decides nothing. Where several want one name, the string that equals it
    /// keeps it, and otherwise none gets it: a string that is added later must not take over a name that meant another one. The others are
    /// written closer to the document, and only then with the code of each sign: <c>AiTaiwan</c>, <c>ai_taiwan</c>, <c>AiTaiwan_x20</c>.
    /// </summary>
    /// <returns>A name for each, in the order of <paramref name="wishes"/>.</returns>
    public string[] Assign(IReadOnlyList<NameWish> wishes)
    {
        var names = new string?[wishes.Count];
        foreach (var nameOf in Choices)
        {
            // The first two name nearly all.
            if (Array.IndexOf(names, null) < 0) return names!;
            Assign(wishes, names, nameOf);
        }

        var rest = new List<int>();
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] is null) rest.Add(i);
        }

        rest.Sort((a, b) => string.CompareOrdinal(wishes[a].Wire, wishes[b].Wire));
        foreach (var i in rest) names[i] = Count(wishes[i].Name);
        return names!;
    }

    /// <summary>A name that has no wire text: counted at once.</summary>
    public string Count(string wish)
    {
        if (TryTake(wish)) return wish;
        for (var i = 2; ; i++)
        {
            var counted = wish + "_" + i.ToString(CultureInfo.InvariantCulture);
            if (TryTake(counted)) return counted;
        }
    }

    private void Assign(IReadOnlyList<NameWish> wishes, string?[] names, Func<NameWish, string?> nameOf)
    {
        // The index of the string that keeps a name; negative where several want a name that equals none of them.
        Dictionary<string, int>? winners = null;
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] is not null || nameOf(wishes[i]) is not { } name) continue;
            winners ??= new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
            if (!winners.TryGetValue(name, out var other)) winners.Add(name, i);
            else if (other < 0 || wishes[other].Wire != name) winners[name] = wishes[i].Wire == name ? i : -1;
        }

        if (winners is null) return;
        foreach (var winner in winners)
        {
            if (winner.Value >= 0 && TryTake(winner.Key)) names[winner.Value] = winner.Key;
        }
    }

    private static string? RawName(string wire)
    {
        var raw = IdentifierWords.Raw(wire);
        return raw.Length > 0 && !char.IsDigit(raw[0]) && !Text.Identifier.IsKeyword(raw) && raw != "_" ? raw : null;
    }

    /// <summary>
    /// The codes of the characters that no identifier can have, so that strings which differ in nothing else get different names; or those of all
    /// characters, which no two strings share.
    /// </summary>
    private static string Codes(string wire, bool all)
    {
        var codes = new StringBuilder("_");
        foreach (var c in wire)
        {
            var isPlain = c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9';
            if (isPlain && !all) continue;
            codes.Append('x').Append(((int)c).ToString("X2", CultureInfo.InvariantCulture));
        }

        return codes.ToString();
    }

    private bool TryTake(string name) => !_reserved.Contains(name) && _taken.Add(name);
}

/// <param name="Name">The name by rule, or the one that an overlay gives.</param>
/// <param name="Wire">The string in the document.</param>
/// <param name="IsChosen">The name does not come from a rule, so it comes before those that do.</param>
internal sealed record NameWish(string Name, string Wire, bool IsChosen = false);
