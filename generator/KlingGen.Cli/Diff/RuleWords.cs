using KlingGen.Model;

namespace KlingGen.Cli.Diff;

/// <summary>Says a rule in words.</summary>
internal static class RuleWords
{
    public static string Describe(RuleModel rule) => rule.Kind switch
    {
        RuleKind.ExactlyOne => "exactly one of " + Groups(rule),
        RuleKind.AtLeastOne => "at least one of " + Groups(rule),
        RuleKind.NotTogether => "not all together: " + Quoted(rule.Members),
        RuleKind.Needs => $"'{rule.Members[0]}' only with '{rule.Members[1]}'",
        RuleKind.Sum => $"the '{rule.ElementMember?.WireName}' of '{rule.Members[0]}' add up to at most {rule.Limit}",
        RuleKind.Difference => $"'{rule.Members[1]}' exceeds '{rule.Members[0]}' by at least {rule.Limit}",
        _ => When(rule.When!),
    };

    private static string When(WhenModel when)
    {
        var demands = new List<string>();
        if (when.Required.Count > 0) demands.Add(Quoted(when.Required) + " must be set");
        if (when.Forbidden.Count > 0) demands.Add(Quoted(when.Forbidden) + " must not be set");
        if (when.Limits.Count > 0) demands.Add("further limits for " + Quoted(when.Limits.Select(limit => limit.Member)));
        return $"where '{when.Member}' is {Quoted(when.Values.Select(value => value.Wire))}: {string.Join(", ", demands)}";
    }

    private static string Groups(RuleModel rule) => string.Join(", ", rule.Groups.Select(group => "'" + string.Join(" + ", group) + "'"));

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
