using System.Collections.Generic;
using KlingGen.Diagnostics;
using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Overlays;

namespace KlingGen.Schemas;

/// <summary>
/// Finds a request to show: the object's own example, or one assembled from the examples of its properties. A member without one is left out; if
/// it is required there is nothing to show.
/// </summary>
internal static class ExampleReader
{
    public static ValueModel? Read(SpecNode schema, ObjectModel model, SchemaReader types, ReadContext context)
    {
        var use = new TypeUse { Kind = TypeKind.Object, Name = model.Name };
        var isReported = false;
        foreach (var whole in Candidates(schema))
        {
            if (!IsUsable(whole, use, model.Name, types, context, ref isReported)) continue;
            if (whole.Members.Length > 0) return ValueReader.Read(whole, use, types);
        }

        var members = new List<ValueMember>();
        var isComplete = true;
        foreach (var property in model.Properties)
        {
            var member = schema.Get("properties")!.Get(property.WireName)!;
            var value = ReadExample(member, property, types, context);
            if (value is not null) members.Add(new ValueMember(property.Name, value));
            else isComplete &= !property.IsRequired || property.IsFixed;
        }

        foreach (var rule in model.Rules) Obey(rule, model, members);
        if (!isComplete || members.Count == 0) return null;
        var composed = new ValueModel { Kind = TypeKind.Object, Type = use, Members = members };
        if (ValueSize.Excess(composed) is not { } excess) return composed;
        context.Report(SpecDiagnosticKind.ValueTooLarge, schema.Head(), schema.Source, "example", model.Name, excess);
        return null;
    }

    /// <summary>Whether an example has a permitted size and fits its type. Of several faulty examples the first is reported.</summary>
    private static bool IsUsable(SpecNode example, TypeUse use, string name, SchemaReader types, ReadContext context, ref bool isReported)
    {
        if (ValueSize.Excess(example) is { } excess)
        {
            if (!isReported) context.Report(SpecDiagnosticKind.ValueTooLarge, example.Head(), example.Source, "example", name, excess);
        }
        else if (ValueValidator.Fault(example, use, types) is { } fault)
        {
            if (!isReported) context.Report(SpecDiagnosticKind.ExampleViolatesConstraints, example, name, fault);
        }
        else
        {
            return true;
        }

        isReported = true;
        return false;
    }

    /// <summary>Members that exclude each other all have examples; of them only what comes first is shown.</summary>
    private static void Obey(CrossFieldRule rule, ObjectModel model, List<ValueMember> members)
    {
        if (rule.Kind == CrossFieldRuleKind.ExactlyOne)
        {
            var isChosen = false;
            foreach (var group in rule.Groups)
            {
                if (isChosen) Drop(group, model, members);
                else isChosen = Has(group, model, members);
            }
        }
        else if (rule.Kind == CrossFieldRuleKind.MutuallyExclusive && Has(rule.Members, model, members))
        {
            Drop(new[] { rule.Members[rule.Members.Count - 1] }, model, members);
        }
        else if (rule.Kind == CrossFieldRuleKind.Needs && Has(new[] { rule.Members[0] }, model, members)
            && !Has(new[] { rule.Members[1] }, model, members))
        {
            Drop(new[] { rule.Members[0] }, model, members);
        }
        else if (rule.Kind == CrossFieldRuleKind.When && rule.When!.Forbidden.Count > 0 && ValueOf(rule.When.Member, model, members) is { } asked
            && IsAmong(asked, rule.When.Values))
        {
            Drop(rule.When.Forbidden, model, members);
        }
    }

    private static bool IsAmong(ValueModel value, EquatableArray<EnumValueModel> values)
    {
        foreach (var candidate in values)
        {
            if (candidate.Wire == value.Text) return true;
        }

        return false;
    }

    private static bool Has(IEnumerable<string> wireNames, ObjectModel model, List<ValueMember> members)
    {
        foreach (var wireName in wireNames)
        {
            if (ValueOf(wireName, model, members) is null) return false;
        }

        return true;
    }

    private static void Drop(IEnumerable<string> wireNames, ObjectModel model, List<ValueMember> members)
    {
        foreach (var wireName in wireNames) members.RemoveAll(member => member.Name == NameOf(wireName, model));
    }

    private static ValueModel? ValueOf(string wireName, ObjectModel model, List<ValueMember> members)
        => members.Find(member => member.Name == NameOf(wireName, model))?.Value;

    private static string? NameOf(string wireName, ObjectModel model)
    {
        foreach (var property in model.Properties)
        {
            if (property.WireName == wireName) return property.Name;
        }

        return null;
    }

    private static ValueModel? ReadExample(SpecNode schema, PropertyModel property, SchemaReader types, ReadContext context)
    {
        ValueModel? found = null;
        var isReported = false;
        foreach (var candidate in Candidates(schema))
        {
            // A null among the examples means that the property is optional.
            if (candidate.Kind == JsonKind.Null) continue;
            if (IsUsable(candidate, property.Type, property.WireName, types, context, ref isReported))
                found ??= ValueReader.Read(candidate, property.Type, types);
        }

        if (found is not null || !property.IsRequired || property.IsFixed) return found;
        if (property.Default is not null) return property.Default;
        return types.Find(property.Type) switch
        {
            EnumModel choice => new ValueModel
            {
                Kind = property.Type.Kind,
                Type = property.Type,
                Text = choice.Values[0].Wire,
                EnumValue = choice.Values[0].Name
            },
            ObjectModel { Example: { } nested } => nested,
            _ => null,
        };
    }

    private static SpecNode[] Candidates(SpecNode schema)
    {
        var examples = schema.Get("examples")?.Items ?? [];
        return schema.Get("example") is { } single ? [.. examples, single] : examples;
    }
}
