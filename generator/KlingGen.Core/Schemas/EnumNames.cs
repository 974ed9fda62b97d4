using System;
using System.Collections.Generic;
using KlingGen.Diagnostics;
using KlingGen.Json;
using KlingGen.Overlays;
using KlingGen.Text;

namespace KlingGen.Schemas;

/// <summary>
/// <c>x-enum-varnames</c>: the C# names of an enum's values. A list has the order of the enum beside it, so only the document itself may
/// use one: in an overlay it would bind names to positions, and a refreshed document may list its values in another order.
/// </summary>
internal static class EnumNames
{
    private const string Keyword = "x-enum-varnames";

    /// <summary>The names by value; values without an entry are named by rule.</summary>
    public static Dictionary<string, string> Read(SpecNode schema, List<string> values, ReadContext context)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (schema.Get(Keyword))
        {
            case null:
                break;
            case { Kind: JsonKind.Object } map:
                ReadMap(map, values, names, context);
                break;
            case { Kind: JsonKind.Array, Source: > 0 } list:
                context.Report(SpecDiagnosticKind.BadOverlay, list, ListMessage(list, values));
                break;
            case { Kind: JsonKind.Array } list when list.Items.Length == values.Count:
                for (var i = 0; i < values.Count; i++) Add(values[i], list.Items[i], names, context);
                break;
            case { Kind: JsonKind.Array } list:
                context.Report(
                    SpecDiagnosticKind.InvalidConstraint,
                    list,
                    "'" + Keyword + "' has " + Literal.Digits(list.Items.Length) + " names for " + Literal.Digits(values.Count)
                        + " values, so none is used");
                break;
            case { } other:
                context.Report(SpecDiagnosticKind.InvalidConstraint, other, "'" + Keyword + "' must be an object of values and their names");
                break;
        }

        return names;
    }

    private static void ReadMap(SpecNode map, List<string> values, Dictionary<string, string> names, ReadContext context)
    {
        var known = new HashSet<string>(values, StringComparer.Ordinal);
        foreach (var member in map.Members)
        {
            if (known.Contains(member.Name)) Add(member.Name, member.Value, names, context);
            else
            {
                var message = "'" + Keyword + "' names '" + Characters.Show(member.Name) + "', which is not among the values of the enum";
                context.Report(SpecDiagnosticKind.InvalidConstraint, member.NameRange, member.Value.Source, message);
            }
        }
    }

    private static void Add(string value, SpecNode name, Dictionary<string, string> names, ReadContext context)
    {
        if (name.Kind == JsonKind.String && Identifier.IsValid(name.Text)) names[value] = name.Text;
        else
        {
            var message = "'" + Characters.Show(name.Text) + "' is not a C# identifier, so the value is named by rule";
            context.Report(SpecDiagnosticKind.InvalidConstraint, name, message);
        }
    }

    /// <summary>The object that replaces the list. The pairs are those of the present order, which the author has to check.</summary>
    private static string ListMessage(SpecNode list, List<string> values)
    {
        var pairs = new List<string>();
        for (var i = 0; i < values.Count; i++)
        {
            var name = i < list.Items.Length ? list.Items[i].Text : "";
            pairs.Add(JsonEscape.Quote(values[i]) + ": " + JsonEscape.Quote(name));
        }

        return "a list of names depends on the order of the enum in the document, so '" + Keyword + "' must be an object."
            + " Check each pair of the present order: \"" + Keyword + "\": { " + string.Join(", ", pairs) + " }";
    }
}
