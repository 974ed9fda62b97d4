using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Naming;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Prints the limits that travel on emitted members, where analyzers find them without reading JSON.</summary>
internal static class AttributeEmitter
{
    public static void WriteLimits(SourceWriter writer, PropertyModel property, ObjectModel model, EmissionScope scope)
    {
        if (Words.Snake(property.Name) != property.WireName) writer.Line($"[SpecName({Literal.String(property.WireName)})]");
        var limits = property.Type.Limits;
        if (limits.HasLength) writer.Line($"[SpecLength({Low(limits.MinLength)}, {High(limits.MaxLength)})]");
        if (limits.Pattern is not null) writer.Line($"[SpecPattern({Literal.String(limits.Pattern)})]");
        if (limits.HasRange) writer.Line($"[SpecRange({Range(limits)})]");
        if (limits.HasCount || limits.UniqueItems) writer.Line($"[SpecCount({Low(limits.MinItems)}, {High(limits.MaxItems)}{(limits.UniqueItems ? ", Unique = true" : "")})]");

        var media = limits.Media ?? property.Type.Element?.Limits.Media;
        if (media is not null && EmissionScope.IsInput(model.Role) && (media.HasNumbers || media.Extensions is not null || media.Kind != MediaKind.Any))
            writer.Line($"[SpecMedia({Media(media)})]");
    }

    public static void WriteRule(SourceWriter writer, RuleModel rule, ObjectModel model)
    {
        switch (rule.Kind)
        {
            case RuleKind.ExactlyOne or RuleKind.AtLeastOne:
                var members = new List<string>();
                foreach (var group in rule.Groups)
                {
                    // The attribute knows single members; a rule over groups is checked at run time only.
                    if (group.Count != 1) return;
                    members.Add(Name(group[0], model));
                }

                writer.Line($"[SpecRule(SpecRuleKind.{rule.Kind.ToString()}, {string.Join(", ", members)})]");
                break;
            case RuleKind.Needs:
                writer.Line($"[SpecRule(SpecRuleKind.Needs, {Name(rule.Members[0], model)}, {Name(rule.Members[1], model)})]");
                break;
            case RuleKind.NotTogether when rule.Members.Count == 2:
                writer.Line($"[SpecRule(SpecRuleKind.Excludes, {Name(rule.Members[0], model)}, {Name(rule.Members[1], model)})]");
                break;
        }
    }

    private static string Name(string wireName, ObjectModel model)
    {
        foreach (var property in model.Properties)
        {
            if (property.WireName == wireName) return Literal.String(property.Name);
        }

        return Literal.String(wireName);
    }

    private static string Low(int? limit) => Literal.Number((long)(limit ?? 0));

    private static string High(int? limit) => limit is null ? "int.MaxValue" : Literal.Number((long)limit);

    private static string Range(Limits limits)
    {
        var low = limits.Minimum ?? limits.Above;
        var high = limits.Maximum ?? limits.Below;
        var text = (low is null ? "double.NegativeInfinity" : Literal.Number(Specs.Numbers.Double(low))) + ", " + (high is null ? "double.PositiveInfinity" : Literal.Number(Specs.Numbers.Double(high)));
        if (limits.Minimum is null && limits.Above is not null) text += ", ExclusiveMinimum = true";
        if (limits.Maximum is null && limits.Below is not null) text += ", ExclusiveMaximum = true";
        if (limits.MultipleOf is not null && Specs.Numbers.Double(limits.MultipleOf) > 0) text += ", MultipleOf = " + Literal.Number(Specs.Numbers.Double(limits.MultipleOf));
        return text;
    }

    private static string Media(MediaLimits media)
    {
        var text = "FalMediaKind." + media.Kind.ToString();
        foreach (var (member, value) in MediaLimitsEmitter.Members(media)) text += ", " + member + " = " + value;
        if (media.Extensions is not null) text += ", Extensions = " + Literal.String(media.Extensions);
        return text;
    }
}
