using System;
using System.Collections.Generic;
using KlingGen.Checks;
using KlingGen.Diagnostics;
using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Overlays;

namespace KlingGen.Schemas;

/// <summary>
/// Reads the cross-field rules of a schema. They are keywords of JSON Schema where it has them; rules without a keyword
/// (sums, differences) are in <c>x-klinggen-rules</c>.
/// </summary>
internal static class CrossFieldRuleReader
{
    public static EquatableArray<CrossFieldRule> Read(SpecNode schema, ObjectModel model, SchemaReader types, ReadContext context)
    {
        var rules = new List<CrossFieldRule>();
        ReadConditions(schema, model, types, rules, context);
        if (schema.Get("allOf") is { Kind: JsonKind.Array } all)
        {
            foreach (var part in all.Items) ReadConditions(part, model, types, rules, context);
        }

        if (schema.Get("x-klinggen-rules") is { } own) ReadOwn(own, model, types, rules, context);
        return rules;
    }

    private static void ReadConditions(SpecNode schema, ObjectModel model, SchemaReader types, List<CrossFieldRule> rules, ReadContext context)
    {
        AddGroups(schema.Get("oneOf"), CrossFieldRuleKind.ExactlyOne, model, rules, context);
        AddGroups(schema.Get("anyOf"), CrossFieldRuleKind.AtLeastOne, model, rules, context);

        if (schema.Get("not") is { } not && RequiredAlone(not) is { Items.Length: > 1 } together)
        {
            context.MarkEnforced(not);
            if (Names(together, model, context) is { Count: > 1 } names)
                rules.Add(new CrossFieldRule { Kind = CrossFieldRuleKind.MutuallyExclusive, Members = names });
        }

        if (schema.Get("dependentRequired") is { Kind: JsonKind.Object } needs)
        {
            context.MarkEnforced(needs);
            foreach (var member in needs.Members)
            {
                if (!Knows(model, member.Name, member.Value, context)) continue;
                foreach (var needed in Names(member.Value, model, context))
                    rules.Add(new CrossFieldRule { Kind = CrossFieldRuleKind.Needs, Members = new[] { member.Name, needed } });
            }
        }

        if (schema.Get("if") is { } condition && schema.Get("then") is { } then) ReadWhen(condition, then, model, types, rules, context);
    }

    private static void AddGroups(SpecNode? list, CrossFieldRuleKind kind, ObjectModel model, List<CrossFieldRule> rules, ReadContext context)
    {
        if (list is not { Kind: JsonKind.Array, Items.Length: > 1 }) return;
        context.MarkEnforced(list);
        var groups = new List<EquatableArray<string>>();
        foreach (var item in list.Items)
        {
            if (RequiredAlone(item) is not { } required)
            {
                context.Report(SpecDiagnosticKind.InvalidConstraint, item, "a branch with anything but 'required' is not checked");
                return;
            }

            groups.Add(Names(required, model, context));
        }

        rules.Add(new CrossFieldRule { Kind = kind, Groups = groups });
    }

    private static void ReadWhen(SpecNode condition, SpecNode then, ObjectModel model, SchemaReader types, List<CrossFieldRule> rules,
        ReadContext context)
    {
        context.MarkEnforced(condition);
        if (condition.Get("properties") is not { Kind: JsonKind.Object, Members.Length: 1 } asked)
        {
            context.MarkEnforced(then);
            context.Report(SpecDiagnosticKind.InvalidConstraint, condition, "'if' must ask for the value of one member");
            return;
        }

        var member = asked.Members[0];
        if (!Knows(model, member.Name, member.Value, context))
        {
            context.MarkEnforced(then);
            return;
        }

        var property = Find(model, member.Name)!;
        var choice = types.Find(property.Type) as EnumModel;
        var values = new List<EnumValueModel>();
        if (member.Value.Get("const") is { } constant) AddValue(constant, choice, values, context);
        foreach (var value in member.Value.Get("enum")?.Items ?? System.Array.Empty<SpecNode>()) AddValue(value, choice, values, context);
        if (values.Count == 0 || property.Type.Kind is not (TypeKind.TextEnum or TypeKind.Text))
        {
            context.MarkEnforced(then);
            context.Report(SpecDiagnosticKind.InvalidConstraint, member.Value, "'if' must compare a text with 'const' or 'enum'");
            return;
        }

        var constraints = new List<WhenConstraint>();
        if (then.Get("properties") is { Kind: JsonKind.Object } narrowed)
        {
            foreach (var inner in narrowed.Members)
            {
                if (Knows(model, inner.Name, inner.Value, context))
                    constraints.Add(new WhenConstraint(inner.Name, Narrow(Find(model, inner.Name)!.Type, inner.Value, context)));
            }
        }

        rules.Add(new CrossFieldRule
        {
            Kind = CrossFieldRuleKind.When,
            Members = new[] { member.Name },
            When = new WhenModel(
                member.Name,
                values,
                then.Get("required") is { } required ? Names(required, model, context) : EquatableArray<string>.Empty,
                Forbidden(then, model, context),
                constraints),
        });
    }

    private static EquatableArray<string> Forbidden(SpecNode then, ObjectModel model, ReadContext context)
    {
        // Several names in one 'not' are permitted one by one, which has no rule of its own.
        if (then.Get("not") is not { } not || RequiredAlone(not) is not { Items.Length: 1 } names) return EquatableArray<string>.Empty;
        context.MarkEnforced(not);
        return Names(names, model, context);
    }

    /// <summary>The names of a schema that demands properties and nothing else.</summary>
    private static SpecNode? RequiredAlone(SpecNode schema)
    {
        foreach (var member in schema.Members)
        {
            if (member.Name is not ("required" or "type" or "title" or "description")) return null;
        }

        return schema.Get("required") is { Kind: JsonKind.Array } required ? required : null;
    }

    private static void AddValue(SpecNode node, EnumModel? choice, List<EnumValueModel> values, ReadContext context)
    {
        if (choice is null)
        {
            values.Add(new EnumValueModel("", node.Text));
            return;
        }

        foreach (var known in choice.Values)
        {
            if (known.Wire != node.Text) continue;
            values.Add(known);
            return;
        }

        context.Report(SpecDiagnosticKind.InvalidConstraint, node, "'" + node.Text + "' is none of the member's values");
    }

    /// <summary>The member's type, carrying only what the condition adds.</summary>
    private static TypeUse Narrow(TypeUse use, SpecNode schema, ReadContext context)
    {
        var bare = use with { Constraints = Constraints.None };
        var constraints = ConstraintReader.Siblings(bare, schema, context);
        if (use.Kind == TypeKind.Media && schema.Get("x-fal") is { Kind: JsonKind.Object } marks)
            constraints = constraints with
            {
                Media = MediaReader.Merge(new MediaConstraints { Kind = use.Constraints.Media?.Kind ?? MediaKind.Any },
                marks)
            };
        var element = use.Element;
        if (element is not null)
            element = schema.Get("items") is { Kind: JsonKind.Object } items ? Narrow(element, items, context)
                : element with { Constraints = Constraints.None };
        return bare with { Constraints = constraints, Element = element };
    }

    private static void ReadOwn(SpecNode own, ObjectModel model, SchemaReader types, List<CrossFieldRule> rules, ReadContext context)
    {
        if (own.Kind != JsonKind.Array)
        {
            context.Report(SpecDiagnosticKind.InvalidConstraint, own, "'x-klinggen-rules' must be a list");
            return;
        }

        foreach (var item in own.Items)
        {
            switch (item.Get("rule")?.Text)
            {
                case "maxSum" when Number(item, "maximum") is { } most && Text(item, "list") is { } list && Text(item, "member") is { } part:
                    if (!Knows(model, list, item, context)) break;
                    if (Find(model, list)!.Type.Element is { } element && types.Find(element) is ObjectModel summed
                        && Find(summed, part) is { } addend)
                        rules.Add(new CrossFieldRule
                        {
                            Kind = CrossFieldRuleKind.MaxSum,
                            Members = new[] { list },
                            ElementMember = addend,
                            Limit = most
                        });
                    else
                        context.Report(SpecDiagnosticKind.InvalidConstraint, item, "the elements of '" + list + "' have no member '" + part + "'");
                    break;
                case "minDifference" when Number(item, "minimum") is { } least && Text(item, "from") is { } from && Text(item, "to") is { } to:
                    if (Knows(model, from, item, context) && Knows(model, to, item, context))
                        rules.Add(new CrossFieldRule { Kind = CrossFieldRuleKind.MinDifference, Members = new[] { from, to }, Limit = least });
                    break;
                default:
                    context.Report(SpecDiagnosticKind.InvalidConstraint, item,
                        "a rule is {\"rule\": \"maxSum\", \"list\", \"member\", \"maximum\"} "
                        + "or {\"rule\": \"minDifference\", \"from\", \"to\", \"minimum\"}");
                    break;
            }
        }
    }

    private static string? Number(SpecNode node, string name) => node.Get(name) is { Kind: JsonKind.Number } number ? number.Text : null;

    private static string? Text(SpecNode node, string name) => node.Get(name) is { Kind: JsonKind.String } text ? text.Text : null;

    private static EquatableArray<string> Names(SpecNode list, ObjectModel model, ReadContext context)
    {
        var names = new List<string>();
        foreach (var item in list.Items)
        {
            if (item.Kind != JsonKind.String) continue;
            context.MarkEnforced(item);
            if (Knows(model, item.Text, item, context)) names.Add(item.Text);
        }

        return names;
    }

    private static bool Knows(ObjectModel model, string wireName, SpecNode place, ReadContext context)
    {
        if (Find(model, wireName) is not null) return true;
        context.Report(SpecDiagnosticKind.InvalidConstraint, place, "there is no member '" + wireName + "'");
        return false;
    }

    private static PropertyModel? Find(ObjectModel model, string wireName)
    {
        foreach (var property in model.Properties)
        {
            if (string.Equals(property.WireName, wireName, StringComparison.Ordinal)) return property;
        }

        return null;
    }
}
