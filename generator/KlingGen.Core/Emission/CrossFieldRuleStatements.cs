using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Prints the checks of rules that concern several members of an object.</summary>
internal static class CrossFieldRuleStatements
{
    public static void Write(SourceWriter writer, CrossFieldRule rule, ObjectModel model, EmissionScope scope)
    {
        switch (rule.Kind)
        {
            case CrossFieldRuleKind.ExactlyOne or CrossFieldRuleKind.AtLeastOne:
                var fields = new List<string>();
                foreach (var group in rule.Groups)
                    fields.Add("(" + Literal.String(string.Join(" + ", group)) + ", " + AllGiven(group, model, scope) + ")");
                writer.Line($"checks.{rule.Kind.ToString()}({string.Join(", ", fields)});");
                break;
            case CrossFieldRuleKind.Needs:
                writer.Line($"checks.Needs({Field(rule.Members[0], model, scope)}, {Field(rule.Members[1], model, scope)});");
                break;
            case CrossFieldRuleKind.MutuallyExclusive:
                var last = rule.Members[rule.Members.Count - 1];
                var others = new List<string>();
                for (var i = 0; i < rule.Members.Count - 1; i++) others.Add(rule.Members[i]);
                var together = Literal.String(string.Join(" + ", others)) + ", " + AllGiven(others, model, scope);
                writer.Line($"checks.MutuallyExclusive({together}, {Field(last, model, scope)});");
                break;
            case CrossFieldRuleKind.MaxSum:
                WriteSum(writer, rule, model, scope);
                break;
            case CrossFieldRuleKind.MinDifference:
                var numbers = new List<string>();
                foreach (var member in rule.Members) numbers.Add(Literal.String(member) + ", " + Number(member, model));
                writer.Line($"checks.MinDifference({string.Join(", ", numbers)}, {Limit(rule)});");
                break;
            case CrossFieldRuleKind.When:
                WriteWhen(writer, rule.When!, model, scope);
                break;
        }
    }

    private static void WriteSum(SourceWriter writer, CrossFieldRule rule, ObjectModel model, EmissionScope scope)
    {
        var list = Find(rule.Members[0], model);
        var addend = rule.ElementMember!;
        var name = "element." + Identifier.Escape(addend.Name);
        var number = addend.Type.Kind switch
        {
            TypeKind.TextEnum when scope.IsOpenText(addend.Type) => "FalChecks.NumberOf(" + name + (EmissionScope.IsNullable(addend) ? "?" : "")
                + ".ToString())",
            TypeKind.TextEnum => "FalChecks.NumberOf(" + scope.Table(addend.Type) + ".WireOf(" + name + "))",
            TypeKind.NumberEnum => scope.Table(addend.Type) + ".Number(" + name + ")",
            TypeKind.Text => "FalChecks.NumberOf(" + name + ")",
            _ => "(double?)" + name,
        };

        // An element that leaves the member out gets the server's default, which counts too.
        var fallback = addend.Default is { Text: { Length: > 0 } text } ? Literal.Number(NumberText.ToDouble(text)) : "0";
        writer.Open($"if ({Identifier.Escape(list.Name)} is not null)");
        writer.Line("var sum = 0.0;");
        writer.Line($"foreach (var element in {Identifier.Escape(list.Name)}) sum += element is null ? 0 : {number} ?? {fallback};");
        writer.Line($"checks.MaxSum({Literal.String(list.WireName)}, sum, {Limit(rule)});");
        writer.Close();
        writer.Line();
    }

    private static void WriteWhen(SourceWriter writer, WhenModel when, ObjectModel model, EmissionScope scope)
    {
        var asked = Find(when.Member, model);
        var patterns = new List<string>();
        foreach (var value in when.Values)
        {
            patterns.Add(asked.Type.Kind == TypeKind.TextEnum && !scope.IsOpenText(asked.Type)
                ? scope.InExpression(asked.Type, model) + "." + Identifier.Escape(value.Name)
                : Literal.String(value.Wire));
        }

        var member = Identifier.Escape(asked.Name) + (scope.IsOpenText(asked.Type)
            ? (EmissionScope.IsNullable(asked) ? "?" : "") + ".ToString()"
            : "");
        WriteCondition(writer, member, patterns);
        var reason = Literal.String(when.Member) + ", " + Shown(asked, scope);
        foreach (var required in when.Required) writer.Line($"checks.RequiredWhen({Field(required, model, scope)}, {reason});");
        foreach (var forbidden in when.Forbidden) writer.Line($"checks.NotWhen({Field(forbidden, model, scope)}, {reason});");
        foreach (var limit in when.Constraints)
        {
            var property = Find(limit.Member, model);
            CheckStatements.Write(
                writer,
                Literal.String(property.WireName),
                Identifier.Escape(property.Name),
                limit.Type,
                model.Role,
                scope,
                model.Name + property.Name + "When",
                isAdded: true);
        }

        writer.Close();
        writer.Line();
    }

    /// <summary>A rule may name hundreds of values; they fill lines like words do.</summary>
    private static void WriteCondition(SourceWriter writer, string member, List<string> patterns)
    {
        const int Width = 130;
        var line = "if (" + member + " is " + patterns[0];
        for (var i = 1; i < patterns.Count; i++)
        {
            if (line.Length + patterns[i].Length > Width)
            {
                writer.Line(line);
                line = "    or " + patterns[i];
                continue;
            }

            line += " or " + patterns[i];
        }

        writer.Open(line + ")");
    }

    /// <summary>The value that made the condition true, as text.</summary>
    private static string Shown(PropertyModel asked, EmissionScope scope)
        => asked.Type.Kind == TypeKind.TextEnum && !scope.IsOpenText(asked.Type)
            ? scope.Table(asked.Type) + ".WireOf(" + Identifier.Escape(asked.Name) + ")"
            : Identifier.Escape(asked.Name) + (asked.Type.Kind == TypeKind.TextEnum ? ".ToString()" : "");

    private static string Limit(CrossFieldRule rule) => Literal.Number(NumberText.ToDouble(rule.Limit!));

    private static string Field(string wireName, ObjectModel model, EmissionScope scope)
        => Literal.String(wireName) + ", " + Given(wireName, model, scope);

    private static string AllGiven(IEnumerable<string> wireNames, ObjectModel model, EmissionScope scope)
    {
        var given = new List<string>();
        foreach (var name in wireNames) given.Add(Given(name, model, scope));
        return given.Count == 0 ? "true" : string.Join(" && ", given);
    }

    private static string Given(string wireName, ObjectModel model, EmissionScope scope)
    {
        var property = Find(wireName, model);
        return EmissionScope.IsValueType(property.Type) && !EmissionScope.IsNullable(property)
            ? "true"
            : Identifier.Escape(property.Name) + " is not null";
    }

    private static string Number(string wireName, ObjectModel model) => "(double?)" + Identifier.Escape(Find(wireName, model).Name);

    /// <summary>The reader lets no rule through that names a member which is not there.</summary>
    private static PropertyModel Find(string wireName, ObjectModel model)
    {
        foreach (var property in model.Properties)
        {
            if (property.WireName == wireName) return property;
        }

        throw new System.InvalidOperationException("The rule names '" + wireName + "', which " + model.Name + " does not have.");
    }
}
