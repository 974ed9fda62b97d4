using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Naming;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Prints the attributes that declare constraints on emitted code, where analyzers find them without reading JSON.</summary>
internal static class AttributeEmitter
{
    public static void WriteConstraints(SourceWriter writer, PropertyModel property, ObjectModel model, EmissionScope scope)
    {
        WriteName(writer, property.Name, property.WireName);
        foreach (var group in ConstraintGroups.ForType(property.Type))
        {
            if (group.IsOnContainer) WriteGroup(writer, group, property.Type.Constraints);
        }

        // The constraints of list elements and map values are attributes of the property too.
        var use = property.Type.Element ?? property.Type;
        var constraints = use.Constraints;
        foreach (var group in ConstraintGroups.ForType(use))
        {
            if (!group.IsOnContainer) WriteGroup(writer, group, constraints);
        }

        if (constraints.IsUrl && property.Type.Kind == TypeKind.Text && EmissionScope.IsInput(model.Role))
        {
            scope.Import(Imports.CodeAnalysis);
            writer.Line("[StringSyntax(StringSyntaxAttribute.Uri)]");
        }

        if (constraints.Media is { IsEmpty: false } media && EmissionScope.IsInput(model.Role)) writer.Line($"[SpecMedia({Media(media)})]");
    }

    private static void WriteGroup(SourceWriter writer, ConstraintGroup group, Constraints constraints)
    {
        var arguments = group.Arguments(constraints)!;
        writer.Line(arguments.Length == 0 ? $"[{group.Attribute}]" : $"[{group.Attribute}({arguments})]");
    }

    /// <summary>The name on the wire, where the C# name does not tell it.</summary>
    public static void WriteName(SourceWriter writer, string name, string wireName)
    {
        if (!IdentifierWords.IsSnake(wireName, name)) writer.Line($"[SpecName({Literal.String(wireName)})]");
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
            case CrossFieldRuleKind.When:
                WriteWhen(writer, rule.When!, model);
                break;
        }
    }

    private static void WriteWhen(SourceWriter writer, WhenModel when, ObjectModel model)
    {
        var condition = Literal.String(Name(when.Member, model));
        foreach (var value in when.Values) condition += ", " + Literal.String(value.Wire);
        if (when.Required.Count + when.Forbidden.Count > 0)
        {
            var text = condition;
            if (when.Required.Count > 0) text += ", Required = new[] { " + Names(when.Required, model) + " }";
            if (when.Forbidden.Count > 0) text += ", Forbidden = new[] { " + Names(when.Forbidden, model) + " }";
            writer.Line($"[SpecWhen({text})]");
        }

        foreach (var constraint in when.Constraints)
        {
            foreach (var group in ConstraintGroups.ForType(constraint.Type))
            {
                if (group.Attribute != "SpecCount") continue;
                var list = Literal.String(Name(constraint.Member, model));
                writer.Line($"[SpecCountWhen({list}, {group.Arguments(constraint.Type.Constraints)!}, {condition})]");
            }
        }
    }

    private static void WriteRule(SourceWriter writer, CrossFieldRuleKind kind, string members, string? limit = null)
    {
        var bound = limit is null ? "" : ", Limit = " + Literal.Number(NumberText.ToDouble(limit));
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

    private static string Media(MediaConstraints media)
    {
        var text = "FalMediaKind." + media.Kind.ToString();
        foreach (var (member, value) in MediaConstraintsEmitter.Members(media)) text += ", " + member + " = " + value;
        return text;
    }
}
