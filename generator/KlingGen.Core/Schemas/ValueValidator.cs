using System;
using System.Collections.Generic;
using System.Globalization;
using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Schemas;

/// <summary>Says whether a value of a document (a default, an example) fits the type that the document gives it.</summary>
internal static class ValueValidator
{
    /// <summary>How many comparisons of a value with a type one document may take: unions inside unions multiply them.</summary>
    public const int MaxSteps = 1_000_000;

    /// <returns>What is wrong, in words that follow the member's name; null if nothing is.</returns>
    public static string? Fault(SpecNode value, TypeUse use, SchemaReader types)
    {
        if (--types.ValidationSteps < 0) return "is not checked, because the values of the document take too many steps";
        if (value.Kind == JsonKind.Null) return use.IsNullable || use.Kind == TypeKind.Json ? null : "must not be null";
        switch (use.Kind)
        {
            case TypeKind.Text or TypeKind.Media:
                return value.Kind == JsonKind.String ? Violation(use, new ConstrainedValue.Text(value.Text)) : Wrong("text", value);
            case TypeKind.Boolean:
                return value.Kind is JsonKind.True or JsonKind.False ? null : Wrong("true or false", value);
            case TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide:
                if (value.Kind != JsonKind.Number || !IsInteger(value.Text)) return Wrong("an integer", value);
                return SizeFault(value.Text, use.Kind)
                    ?? Violation(use, new ConstrainedValue.Number(NumberText.ToDouble(value.Text), NumberText.Floor(value.Text)));
            case TypeKind.Number:
                return value.Kind == JsonKind.Number ? Violation(use, new ConstrainedValue.Number(NumberText.ToDouble(value.Text)))
                    : Wrong("a number", value);
            case TypeKind.TextEnum:
                return value.Kind == JsonKind.String ? EnumFault(value, use, types) : Wrong("text", value);
            case TypeKind.IntegerEnum or TypeKind.NumberEnum:
                return value.Kind == JsonKind.Number ? EnumFault(value, use, types) : Wrong("a number", value);
            case TypeKind.List:
                return value.Kind == JsonKind.Array ? ListFault(value, use, types) : Wrong("a list", value);
            case TypeKind.Map:
                return value.Kind == JsonKind.Object ? MapFault(value, use, types) : Wrong("an object", value);
            case TypeKind.Object:
                return value.Kind == JsonKind.Object
                    ? types.Find(use) is ObjectModel model ? ObjectFault(value, model, types) : null
                    : Wrong("an object", value);
            case TypeKind.File or TypeKind.Image:
                return value.Kind != JsonKind.Object
                    ? Wrong("an object", value)
                    : value.Get("url") is { Kind: JsonKind.String } ? null : "must have 'url'";
            case TypeKind.Union:
                return UnionFault(value, use, types);
            default:
                return null;
        }
    }

    private static string? UnionFault(SpecNode value, TypeUse use, SchemaReader types)
    {
        if (types.Find(use) is not UnionModel union) return null;
        foreach (var branch in union.Branches)
        {
            if (Fault(value, branch.Type, types) is null) return null;
        }

        return "fits none of the permitted shapes";
    }

    private static string? ObjectFault(SpecNode value, ObjectModel model, SchemaReader types)
    {
        foreach (var property in model.Properties)
        {
            var member = value.Get(property.WireName);
            if (member is null)
            {
                if (property.IsRequired) return "must have '" + property.WireName + "'";
            }
            else if (member.Kind == JsonKind.Null && !property.IsRequired && property.Type.IsNullable)
            {
                continue;
            }
            else if (Fault(member, property.Type, types) is { } fault)
            {
                return "has '" + property.WireName + "', which " + fault;
            }
        }

        return null;
    }

    private static string? ListFault(SpecNode value, TypeUse use, SchemaReader types)
    {
        var count = value.Items.Length;
        var repeated = use.Constraints.UniqueItems ? RepeatedIndex(value) : null;
        if (Violation(use, new ConstrainedValue.Items(count, IsComplete: true, repeated, contains => CountWith(value, contains))) is { } violation)
            return violation;
        for (var i = 0; i < count; i++)
        {
            if (Fault(value.Items[i], use.Element!, types) is { } fault) return "has an element that " + fault;
        }

        return null;
    }

    private static string? MapFault(SpecNode value, TypeUse use, SchemaReader types)
    {
        if (Violation(use, new ConstrainedValue.Items(value.Members.Length, IsComplete: true, null, static _ => null)) is { } violation)
            return violation;
        foreach (var member in value.Members)
        {
            if (Fault(member.Value, use.Element!, types) is { } fault) return "has a value that " + fault;
        }

        return null;
    }

    private static string? EnumFault(SpecNode value, TypeUse use, SchemaReader types)
    {
        if (types.Find(use) is not EnumModel model) return null;
        foreach (var permitted in model.Values)
        {
            if (model.Kind == EnumKind.Text ? permitted.Wire == value.Text
                : NumberText.ToDouble(permitted.Wire) == NumberText.ToDouble(value.Text)) return null;
        }

        return "must be one of the values of its enum";
    }

    private static string? SizeFault(string number, TypeKind kind) => kind switch
    {
        TypeKind.Int32 => NumberText.FitsInt32(number) ? null : "must fit into 32 bits",
        TypeKind.Int64 => NumberText.TryInt64(number, out _) ? null : "must fit into 64 bits",
        _ => NumberText.TryInt64(number, out _) || NumberText.IsWide(number) ? null : "must fit into 128 bits",
    };

    /// <summary>The first violation in the words of the check at run time.</summary>
    private static string? Violation(TypeUse use, ConstrainedValue value)
    {
        // Without constraints, numbers alone can violate something: they have to be finite.
        if (ReferenceEquals(use.Constraints, Constraints.None) && value is not ConstrainedValue.Number) return null;
        foreach (var (_, violation) in ConstraintGroups.Check(use.Constraints, use.Kind, value)) return violation.Message;
        return null;
    }

    private static string? RepeatedIndex(SpecNode list)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (!seen.Add(ValueReader.Compact(list.Items[i]))) return i.ToString(CultureInfo.InvariantCulture);
        }

        return null;
    }

    private static int? CountWith(SpecNode list, ContainsConstraint contains)
    {
        var count = 0;
        foreach (var item in list.Items)
        {
            if (item.Get(contains.Property) is { Kind: not JsonKind.Null }) count++;
        }

        return count;
    }

    private static bool IsInteger(string number)
        => NumberText.TryInt64(number, out _) || (number.IndexOf('.') < 0 && number.IndexOf('e') < 0 && number.IndexOf('E') < 0);

    private static string Wrong(string wanted, SpecNode value) => "must be " + wanted + ", not " + value.Kind switch
    {
        JsonKind.Object => "an object",
        JsonKind.Array => "a list",
        JsonKind.String => "text",
        JsonKind.Number => "a number",
        _ => "true or false",
    };
}
