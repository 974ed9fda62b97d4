using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Cli.Diff;

/// <summary>
/// Compares the rules over several members of a request. A new rule may refuse what was let through; whether another
/// form of a rule is stricter is decided by numbers alone.
/// </summary>
internal static class CrossFieldRuleComparison
{
    public static void Run(ObjectModel old, ObjectModel @new, ChangeList changes)
    {
        var left = @new.Rules.ToList();
        foreach (var rule in old.Rules)
        {
            if (Take(left, other => Key(other) == Key(rule)) is not null) continue;
            if (rule.Limit is not null
                && Take(left, other => other.Limit is not null && Key(other with { Limit = rule.Limit }) == Key(rule)) is { } moved)
            {
                var isTighter = NumberText.ToDouble(moved.Limit!) < NumberText.ToDouble(rule.Limit) == (rule.Kind == CrossFieldRuleKind.MaxSum);
                var words = CrossFieldRuleText.Describe(moved) + ", no longer " + rule.Limit;
                changes.Add(
                    isTighter ? ChangeKind.ConstraintTightened : ChangeKind.ConstraintLoosened,
                    isTighter ? ChangeClass.Breaking : ChangeClass.Compatible,
                    "has another limit: " + words,
                    old: rule.Limit,
                    @new: moved.Limit,
                    limit: "rule");
                continue;
            }

            changes.Compatible(ChangeKind.RuleRemoved, "no longer demands: "
                + CrossFieldRuleText.Describe(rule), old: CrossFieldRuleText.Describe(rule));
        }

        foreach (var rule in left)
            changes.Breaking(ChangeKind.RuleAdded, "demands now: " + CrossFieldRuleText.Describe(rule), @new: CrossFieldRuleText.Describe(rule));
    }

    private static CrossFieldRule? Take(List<CrossFieldRule> rules, Predicate<CrossFieldRule> wanted)
    {
        var at = rules.FindIndex(wanted);
        if (at < 0) return null;
        var found = rules[at];
        rules.RemoveAt(at);
        return found;
    }

    /// <summary>The whole rule without the descriptions of its properties.</summary>
    private static string Key(CrossFieldRule rule) => rule.ToDigestText();
}
