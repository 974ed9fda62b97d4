using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>
/// Says in words what the rules over several members mean for one of them, as XML for its documentation: that is where
/// people look while they type.
/// </summary>
internal static class CrossFieldRuleWords
{
    /// <summary>How many values of a condition are named before the rest is counted.</summary>
    private const int ShownValues = 3;

    public static string Describe(PropertyModel property, ObjectModel model)
    {
        var sentences = new List<string>();
        foreach (var rule in model.Rules)
        {
            if (Sentence(rule, property.WireName) is { } sentence) sentences.Add(sentence);
            if (rule.When is { } when) AddWhen(sentences, when, property.WireName);
        }

        return string.Join(" ", sentences);
    }

    private static string? Sentence(CrossFieldRule rule, string name)
    {
        switch (rule.Kind)
        {
            case CrossFieldRuleKind.ExactlyOne or CrossFieldRuleKind.AtLeastOne:
                var groups = new List<string>();
                var isConcerned = false;
                foreach (var group in rule.Groups)
                {
                    groups.Add(Joined(group, " with "));
                    foreach (var member in group) isConcerned |= member == name;
                }

                return isConcerned ? (rule.Kind == CrossFieldRuleKind.ExactlyOne ? "Set exactly one of " : "Set at least one of ") + Listed(groups)
                    + "." : null;
            case CrossFieldRuleKind.MutuallyExclusive:
                var others = new List<string>();
                foreach (var member in rule.Members)
                {
                    if (member != name) others.Add(member);
                }

                return others.Count == rule.Members.Count ? null : "Mutually exclusive with " + Joined(others, " and ") + ".";
            case CrossFieldRuleKind.Needs:
                return rule.Members[0] == name ? "Requires " + DocComment.Code(rule.Members[1]) + "." : null;
            case CrossFieldRuleKind.MaxSum:
                return rule.Members[0] == name
                    ? "The sum of all " + DocComment.Code(rule.ElementMember!.WireName) + " is at most " + DocComment.Xml(rule.Limit) + "."
                    : null;
            case CrossFieldRuleKind.MinDifference:
                if (rule.Members[1] != name) return null;
                return (NumberText.ToDouble(rule.Limit!) > 0 ? "At least " + DocComment.Xml(rule.Limit) + " more than " : "At least ")
                    + DocComment.Code(rule.Members[0]) + ".";
            default:
                return null;
        }
    }

    private static void AddWhen(List<string> sentences, WhenModel when, string name)
    {
        foreach (var member in when.Required)
        {
            if (member == name) sentences.Add("Required when " + Condition(when) + ".");
        }

        foreach (var member in when.Forbidden)
        {
            if (member == name) sentences.Add("Not allowed when " + Condition(when) + ".");
        }

        foreach (var limit in when.Constraints)
        {
            if (limit.Member == name && ConstraintWords.Constraints(limit.Type) is { Length: > 0 } constraints)
                sentences.Add("When " + Condition(when) + ": " + constraints + ".");
        }
    }

    private static string Condition(WhenModel when)
    {
        var values = new List<string>();
        for (var i = 0; i < when.Values.Count && i < ShownValues; i++) values.Add(DocComment.Code("\"" + when.Values[i].Wire + "\""));
        var text = DocComment.Code(when.Member) + " is " + string.Join(" or ", values);
        return when.Values.Count > ShownValues ? text + " or one of " + Literal.Digits(when.Values.Count - ShownValues) + " more" : text;
    }

    private static string Joined(IEnumerable<string> names, string between)
    {
        var codes = new List<string>();
        foreach (var name in names) codes.Add(DocComment.Code(name));
        return string.Join(between, codes);
    }

    private static string Listed(List<string> items)
        => items.Count == 1 ? items[0] : string.Join(", ", items.GetRange(0, items.Count - 1)) + " and " + items[items.Count - 1];
}
