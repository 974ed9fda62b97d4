using System;
using System.Collections.Generic;
using KlingGen.Model;

namespace KlingGen.Specs;

/// <summary>
/// <c>x-klinggen-enum</c>: the name that an enum shares with others of the same values. The name is bound to these values. Where the document's have
/// changed, that enum goes back to a name of its own, and the others, in whichever documents, keep theirs.
/// </summary>
internal sealed class SharedEnum
{
    private readonly Dictionary<string, int> _places;
    private readonly string?[] _names;

    private SharedEnum(string name, string? summary, Dictionary<string, int> places, string?[] names)
    {
        Name = name;
        Summary = summary;
        _places = places;
        _names = names;
    }

    public string Name { get; }

    /// <summary>What the values are, whoever uses them; null leaves it to the member's own words.</summary>
    public string? Summary { get; }

    /// <summary>Null where nothing is said, or where what is said does not fit the document.</summary>
    /// <param name="schema">The enum's own schema.</param>
    /// <param name="member">The member's schema: an overlay cannot name the branch of a nullable one.</param>
    /// <param name="words">The document's values.</param>
    /// <param name="context">Takes the problems.</param>
    public static SharedEnum? Read(JsonNode schema, JsonNode? member, IReadOnlyCollection<string> words, ReadContext context)
    {
        if ((schema.Get("x-klinggen-enum") ?? member?.Get("x-klinggen-enum")) is not { } node) return null;
        if (node.Get("name") is not { Kind: JsonKind.String } name || string.IsNullOrWhiteSpace(name.Text) || node.Get("values") is not { Kind: JsonKind.Array or JsonKind.Object } values)
        {
            context.Report(SpecProblemKind.InvalidConstraint, node,
                "'x-klinggen-enum' needs a 'name' and the 'values' that it stands for, as a list or with a name for each");
            return null;
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new List<string?>();
        foreach (var item in values.Items) Add(item.Text, null);
        foreach (var item in values.Members) Add(item.Name, item.Value.Text);
        if (Difference(places, words) is { } difference)
        {
            context.Report(SpecProblemKind.InvalidConstraint, node, "'" + name.Text + "' is the name for other values: " + difference
                + ", so the enum keeps a name of its own");
            return null;
        }

        return new SharedEnum(name.Text, node.Get("description") is { Kind: JsonKind.String } summary ? summary.Text : null, places, names.ToArray());

        void Add(string word, string? wish)
        {
            if (places.ContainsKey(word)) return;
            places.Add(word, places.Count);
            names.Add(wish);
        }
    }

    /// <summary>Where a value stands, so that documents which list the same values in another order mean the same type.</summary>
    public int PlaceOf(string word) => _places[word];

    /// <summary>The name of a value, or null for the one by rule.</summary>
    public string? NameOf(string word) => _names[_places[word]] is { } wish && Text.Identifier.IsValid(wish) ? wish : null;

    private static string? Difference(Dictionary<string, int> places, IReadOnlyCollection<string> words)
    {
        var found = 0;
        foreach (var word in words)
        {
            if (!places.ContainsKey(word)) return "'" + Text.Characters.Show(word) + "' is not among them";
            found++;
        }

        return found == places.Count ? null : "the document has " + Text.Literal.Digits(found) + " of " + Text.Literal.Digits(places.Count);
    }
}
