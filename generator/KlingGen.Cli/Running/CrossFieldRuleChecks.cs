using System.Text.Json;
using System.Text.Json.Nodes;
using Fal.Wire;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Cli.Running;

/// <summary>The rules between the members of an object, checked as emitted code checks them.</summary>
internal sealed class CrossFieldRuleChecks(FalChecks checks, JsonObject json, ObjectModel model, ValueChecks values)
{
    public void Check(CrossFieldRule rule)
    {
        switch (rule.Kind)
        {
            case CrossFieldRuleKind.ExactlyOne:
                checks.ExactlyOne(Groups(rule));
                break;
            case CrossFieldRuleKind.AtLeastOne:
                checks.AtLeastOne(Groups(rule));
                break;
            case CrossFieldRuleKind.Needs:
                checks.Needs(rule.Members[0], IsGiven(rule.Members[0]), rule.Members[1], IsGiven(rule.Members[1]));
                break;
            case CrossFieldRuleKind.MutuallyExclusive:
                string[] others = [.. rule.Members.Take(rule.Members.Count - 1)];
                checks.MutuallyExclusive(string.Join(" + ", others), others.All(IsGiven), rule.Members[^1], IsGiven(rule.Members[^1]));
                break;
            case CrossFieldRuleKind.MaxSum:
                if (json[rule.Members[0]] is JsonArray items)
                    checks.MaxSum(rule.Members[0], items.Sum(item => Addend(item, rule.ElementMember!)), NumberText.ToDouble(rule.Limit!));
                break;
            case CrossFieldRuleKind.MinDifference:
                checks.MinDifference(rule.Members[0], Number(json[rule.Members[0]]), rule.Members[1], Number(json[rule.Members[1]]),
                    NumberText.ToDouble(rule.Limit!));
                break;
            case CrossFieldRuleKind.When:
                When(rule.When!);
                break;
        }
    }

    private void When(WhenModel when)
    {
        if (json[when.Member] is not { } asked) return;
        var text = asked.ToString();
        if (!when.Values.Any(value => value.Wire == text)) return;
        foreach (var required in when.Required) checks.RequiredWhen(required, IsGiven(required), when.Member, text);
        foreach (var forbidden in when.Forbidden) checks.NotWhen(forbidden, IsGiven(forbidden), when.Member, text);
        foreach (var limit in when.Constraints)
        {
            if (json[limit.Member] is { } limited) values.Value(limit.Member, limited, limit.Type);
        }
    }

    private (string Name, bool Given)[] Groups(CrossFieldRule rule)
        => [.. rule.Groups.Select(group => (string.Join(" + ", group), group.All(IsGiven)))];

    private bool IsGiven(string name) => model.Properties.Any(property => property.WireName == name && property.IsFixed) || json[name] is not null;

    // An element that leaves the member out gets the server's default, which counts too.
    private static double Addend(JsonNode? item, PropertyModel member)
        => item is not JsonObject element ? 0
            : Number(element[member.WireName]) ?? (member.Default is { Text: { Length: > 0 } text } ? NumberText.ToDouble(text) : 0);

    private static double? Number(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Number => NumberText.ToDouble(value.ToJsonString()),
        JsonValueKind.String => FalChecks.NumberOf(value.GetValue<string>()),
        _ => null,
    };
}
