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
        WriteName(writer, property.Name, property.WireName);
        var own = property.Type.Limits;
        if (own.HasCount || own.UniqueItems) writer.Line($"[SpecCount({Low(own.MinItems)}, {High(own.MaxItems)}{(own.UniqueItems ? ", Unique = true" : "")})]");

        // What a list or map holds has its limits on the member, too: a list itself has a count and nothing else.
        var use = property.Type.Element ?? property.Type;
        var limits = use.Limits;
        if (limits.HasLength) writer.Line($"[SpecLength({Low(limits.MinLength)}, {High(limits.MaxLength)})]");
        if (limits.Pattern is not null) writer.Line($"[SpecPattern({Literal.String(limits.Pattern)})]");
        if (limits.IsUrl && use.Kind == TypeKind.Text) writer.Line("[SpecUrl]");
        if (limits.IsUrl && property.Type.Kind == TypeKind.Text && EmissionScope.IsInput(model.Role))
        {
            scope.Import(Imports.CodeAnalysis);
            writer.Line("[StringSyntax(StringSyntaxAttribute.Uri)]");
        }

        if (limits.HasRange) writer.Line($"[SpecRange({Range(limits)})]");
        if (limits.Media is { } media && EmissionScope.IsInput(model.Role) && (media.HasNumbers || media.Extensions is not null || media.Kind != MediaKind.Any))
            writer.Line($"[SpecMedia({Media(media)})]");
    }

    /// <summary>The name on the wire, where the C# name does not tell it.</summary>
    public static void WriteName(SourceWriter writer, string name, string wireName)
    {
        if (!Words.IsSnake(wireName, name)) writer.Line($"[SpecName({Literal.String(wireName)})]");
    }

    public static void WriteRule(SourceWriter writer, RuleModel rule, ObjectModel model)
    {
        switch (rule.Kind)
        {
            case RuleKind.ExactlyOne or RuleKind.AtLeastOne:
                var groups = new List<string>();
                foreach (var group in rule.Groups) groups.Add(Group(group, model));
                WriteRule(writer, rule.Kind.ToString(), string.Join(", ", groups));
                break;
            case RuleKind.Needs:
                WriteRule(writer, "Needs", Names(rule.Members, model));
                break;
            case RuleKind.NotTogether:
                var others = new List<string>(rule.Members);
                others.RemoveAt(others.Count - 1);
                WriteRule(writer, "Excludes", Group(others, model) + ", " + Literal.String(Name(rule.Members[rule.Members.Count - 1], model)));
                break;
            case RuleKind.Sum:
                WriteRule(writer, "Sum", Literal.String(Name(rule.Members[0], model)) + ", " + Literal.String(rule.ElementMember!.Name), rule.Limit);
                break;
            case RuleKind.Difference:
                WriteRule(writer, "Order", Names(rule.Members, model), rule.Limit);
                break;
            case RuleKind.When when rule.When is { } condition && condition.Required.Count + condition.Forbidden.Count > 0:
                var text = Literal.String(Name(condition.Member, model));
                foreach (var value in condition.Values) text += ", " + Literal.String(value.Wire);
                if (condition.Required.Count > 0) text += ", Required = new[] { " + Names(condition.Required, model) + " }";
                if (condition.Forbidden.Count > 0) text += ", Forbidden = new[] { " + Names(condition.Forbidden, model) + " }";
                writer.Line($"[SpecWhen({text})]");
                break;
        }
    }

    private static void WriteRule(SourceWriter writer, string kind, string members, string? limit = null)
        => writer.Line($"[SpecRule(SpecRuleKind.{kind}, {members}{(limit is null ? "" : ", Limit = " + Literal.Number(Specs.Numbers.Double(limit)))})]");

    /// <summary>Members that count as one.</summary>
    private static string Group(IEnumerable<string> wireNames, ObjectModel model)
    {
        var names = new List<string>();
        foreach (var wireName in wireNames) names.Add(Name(wireName, model));
        return Literal.String(string.Join(" + ", names));
    }

    private static string Names(IEnumerable<string> wireNames, ObjectModel model)
    {
        var names = new List<string>();
        foreach (var wireName in wireNames) names.Add(Literal.String(Name(wireName, model)));
        return string.Join(", ", names);
    }

    private static string Name(string wireName, ObjectModel model)
    {
        foreach (var property in model.Properties)
        {
            if (property.WireName == wireName) return property.Name;
        }

        return wireName;
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
