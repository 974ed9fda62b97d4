using System;
using System.Collections.Generic;
using System.Linq;
using KlingGen.Diagnostics;
using KlingGen.Json;
using KlingGen.Overlays;

namespace KlingGen.Schemas;

/// <summary>
/// Reads <c>x-klinggen-enum</c>: the enum that a member shares with members of other documents. It is the name of a definition in an
/// <c>enums.overlay.json</c>,
/// or a definition of its own. The name is bound to its values: when the document's values have changed, that member's enum gets a name of its own,
/// and the
/// other documents keep the shared one.
/// </summary>
internal sealed class SharedEnum
{
    private const string Keyword = "x-klinggen-enum";

    private readonly EnumDefinition _definition;
    private readonly Dictionary<string, int> _positions;

    private SharedEnum(EnumDefinition definition, Dictionary<string, int> positions)
    {
        _definition = definition;
        _positions = positions;
    }

    public string Name => _definition.Name;

    /// <summary>What the values mean; null leaves it to the member's description.</summary>
    public string? Summary => _definition.Description;

    /// <summary>The shared enum, or null if there is none or it does not fit the document.</summary>
    /// <param name="schema">The enum's own schema.</param>
    /// <param name="member">The member's schema: an overlay cannot address the branch of a nullable one.</param>
    /// <param name="words">The document's values.</param>
    /// <param name="context">Receives the problems.</param>
    public static SharedEnum? Read(SpecNode schema, SpecNode? member, IReadOnlyCollection<string> words, ReadContext context)
    {
        if ((schema.Get(Keyword) ?? member?.Get(Keyword)) is not { } node || FindDefinition(node, context) is not { } definition) return null;
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var value in definition.Values) positions.Add(value.Value, positions.Count);
        if (Difference(positions, words) is not { } difference) return new SharedEnum(definition, positions);
        context.Report(SpecDiagnosticKind.InvalidConstraint, node,
            "'" + definition.Name + "' has other values than the document: " + difference + ", so the enum keeps its default name");
        return null;
    }

    /// <summary>The position of a value, so that documents which list the same values in another order share one type.</summary>
    public int PlaceOf(string word) => _positions[word];

    /// <summary>The C# name of a value, or null for the name by rule.</summary>
    public string? NameOf(string word) => _definition.Values[_positions[word]].Name;

    private static EnumDefinition? FindDefinition(SpecNode node, ReadContext context)
    {
        if (node.Kind != JsonKind.String)
        {
            if (node.Get("name") is { Kind: JsonKind.String } own) return EnumFile.ReadDefinition(own.Text, node, context);
            context.Report(SpecDiagnosticKind.InvalidConstraint, node,
                "'" + Keyword + "' is the name of an enum in an enums.overlay.json, or an object with 'name' and 'values'");
            return null;
        }

        var name = node.Text;
        foreach (var definition in context.Enums)
        {
            if (definition.Name == name) return definition;
        }

        var nearest = Checks.NearestName.Find(name, context.Enums.Select(static definition => definition.Name));
        var hint = nearest is null ? "" : "; did you mean '" + Text.Characters.Show(nearest) + "'?";
        context.Report(SpecDiagnosticKind.InvalidConstraint, node,
            "no enums.overlay.json defines the enum '" + Text.Characters.Show(name) + "', so the enum keeps its default name" + hint);
        return null;
    }

    private static string? Difference(Dictionary<string, int> positions, IReadOnlyCollection<string> words)
    {
        var found = 0;
        foreach (var word in words)
        {
            if (!positions.ContainsKey(word)) return "'" + Text.Characters.Show(word) + "' is not among them";
            found++;
        }

        return found == positions.Count ? null : "the document has " + Text.Literal.Digits(found) + " of " + Text.Literal.Digits(positions.Count);
    }
}
