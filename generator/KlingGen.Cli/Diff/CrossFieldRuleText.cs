using KlingGen.Model;

namespace KlingGen.Cli.Diff;

/// <summary>Says a rule in words.</summary>
internal static class CrossFieldRuleText
{
    public static string Describe(CrossFieldRule rule) => rule.Kind switch
    {
        CrossFieldRuleKind.ExactlyOne => "exactly one of " + Groups(rule),
        CrossFieldRuleKind.AtLeastOne => "at least one of " + Groups(rule),
        CrossFieldRuleKind.MutuallyExclusive => "not all together: " + Quoted(rule.Members),
        CrossFieldRuleKind.Needs => $"'{rule.Members[0]}' only with '{rule.Members[1]}'",
        CrossFieldRuleKind.MaxSum => $"the '{rule.ElementMember?.WireName}' of '{rule.Members[0]}' add up to at most {rule.Limit}",
        CrossFieldRuleKind.MinDifference => $"'{rule.Members[1]}' exceeds '{rule.Members[0]}' by at least {rule.Limit}",
        _ => When(rule.When!),
    };

    private static string When(WhenModel when)
    {
        var demands = new List<string>();
        if (when.Required.Count > 0) demands.Add(Quoted(when.Required) + " must be set");
        if (when.Forbidden.Count > 0) demands.Add(Quoted(when.Forbidden) + " must not be set");
        if (when.Constraints.Count > 0) demands.Add("further limits for " + Quoted(when.Constraints.Select(limit => limit.Member)));
        return $"where '{when.Member}' is {Quoted(when.Values.Select(value => value.Wire))}: {string.Join(", ", demands)}";
    }

    private static string Groups(CrossFieldRule rule) => string.Join(", ", rule.Groups.Select(group => "'" + string.Join(" + ", group) + "'"));

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
