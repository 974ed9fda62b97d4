using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Naming;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Prints the limits that travel on emitted members, where analyzers find them without reading JSON.</summary>
internal static class AttributeEmitter
{
    public static void WriteConstraints(SourceWriter writer, PropertyModel property, ObjectModel model, EmissionScope scope)
    {
        WriteName(writer, property.Name, property.WireName);
        var own = property.Type.Constraints;
        if (own.HasCount || own.UniqueItems) writer.Line($"[SpecCount({Low(own.MinItems)}, {High(own.MaxItems)}{(own.UniqueItems ? ", Unique = true" : "")})]");

        // What a list or map holds has its limits on the member, too: a list itself has a count and nothing else.
        var use = property.Type.Element ?? property.Type;
        var constraints = use.Constraints;
        if (constraints.HasLength) writer.Line($"[SpecLength({Low(constraints.MinLength)}, {High(constraints.MaxLength)})]");
        if (constraints.Pattern is not null) writer.Line($"[SpecPattern({Literal.String(constraints.Pattern)})]");
        if (constraints.IsUrl && use.Kind == TypeKind.Text) writer.Line("[SpecUrl]");
        if (constraints.IsUrl && property.Type.Kind == TypeKind.Text && EmissionScope.IsInput(model.Role))
        {
            scope.Import(Imports.CodeAnalysis);
            writer.Line("[StringSyntax(StringSyntaxAttribute.Uri)]");
        }

        if (constraints.HasRange) writer.Line($"[SpecRange({Range(constraints)})]");
        if (constraints.Media is { } media && EmissionScope.IsInput(model.Role)
            && (media.HasNumbers || media.Extensions is not null || media.Kind != MediaKind.Any))
            writer.Line($"[SpecMedia({Media(media)})]");
    }

    /// <summary>The name on the wire, where the C# name does not tell it.</summary>
    public static void WriteName(SourceWriter writer, string name, string wireName)
    {
        if (!Words.IsSnake(wireName, name)) writer.Line($"[SpecName({Literal.String(wireName)})]");
    }

    public static void WriteRule(SourceWriter writer, CrossFieldRule rule, ObjectModel model)
    {
        switch (rule.Kind)
        {
            case CrossFieldRuleKind.ExactlyOne or CrossFieldRuleKind.AtLeastOne:
                var groups = new List<string>();
                foreach (var group in rule.Groups) groups.Add(Group(group, model));
                WriteRule(writer, rule.Kind, string.Join(", ", groups));
                break;
            case CrossFieldRuleKind.Needs:
                WriteRule(writer, rule.Kind, Names(rule.Members, model));
                break;
            case CrossFieldRuleKind.MutuallyExclusive:
                var others = new List<string>(rule.Members);
                others.RemoveAt(others.Count - 1);
                WriteRule(writer, rule.Kind, Group(others, model) + ", " + Literal.String(Name(rule.Members[rule.Members.Count - 1], model)));
                break;
            case CrossFieldRuleKind.MaxSum:
                WriteRule(writer, rule.Kind, Literal.String(Name(rule.Members[0], model)) + ", "
                    + Literal.String(rule.ElementMember!.Name), rule.Limit);
                break;
            case CrossFieldRuleKind.MinDifference:
                WriteRule(writer, rule.Kind, Names(rule.Members, model), rule.Limit);
                break;
            case CrossFieldRuleKind.When when rule.When is { } condition && condition.Required.Count + condition.Forbidden.Count > 0:
                var text = Literal.String(Name(condition.Member, model));
                foreach (var value in condition.Values) text += ", " + Literal.String(value.Wire);
                if (condition.Required.Count > 0) text += ", Required = new[] { " + Names(condition.Required, model) + " }";
                if (condition.Forbidden.Count > 0) text += ", Forbidden = new[] { " + Names(condition.Forbidden, model) + " }";
                writer.Line($"[SpecWhen({text})]");
                break;
        }
    }

    private static void WriteRule(SourceWriter writer, CrossFieldRuleKind kind, string members, string? limit = null)
    {
        var bound = limit is null ? "" : ", Limit = " + Literal.Number(Specs.Numbers.Double(limit));
        writer.Line($"[SpecCrossFieldRule(SpecCrossFieldRuleKind.{kind.ToString()}, {members}{bound})]");
    }

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

    private static string Range(Constraints constraints)
    {
        var low = constraints.Minimum ?? constraints.ExclusiveMinimum;
        var high = constraints.Maximum ?? constraints.ExclusiveMaximum;
        var text = (low is null ? "double.NegativeInfinity" : Literal.Number(Specs.Numbers.DoubleLimit(low, isLow: true))) + ", "
            + (high is null ? "double.PositiveInfinity" : Literal.Number(Specs.Numbers.DoubleLimit(high, isLow: false)));
        if (constraints.Minimum is null && constraints.ExclusiveMinimum is not null) text += ", ExclusiveMinimum = true";
        if (constraints.Maximum is null && constraints.ExclusiveMaximum is not null) text += ", ExclusiveMaximum = true";
        if (constraints.MultipleOf is not null && Specs.Numbers.Double(constraints.MultipleOf) > 0)
            text += ", MultipleOf = " + Literal.Number(Specs.Numbers.Double(constraints.MultipleOf));
        return text;
    }

    private static string Media(MediaConstraints media)
    {
        var text = "FalMediaKind." + media.Kind.ToString();
        foreach (var (member, value) in MediaConstraintsEmitter.Members(media)) text += ", " + member + " = " + value;
        if (media.Extensions is not null) text += ", Extensions = " + Literal.String(media.Extensions);
        return text;
    }
}
