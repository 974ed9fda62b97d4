using System;
using System.Collections.Generic;
using System.Globalization;
using KlingGen.Checks;
using KlingGen.Diagnostics;
using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Overlays;
using KlingGen.Text;

namespace KlingGen.Schemas;

/// <summary>Reads the constraints of one schema, and chooses the C# number that holds its integers.</summary>
internal static class ConstraintReader
{
    private static readonly HashSet<string> Keywords = ReadableKeywords();

    public static TypeUse Integer(SpecNode schema, string wireName, ReadContext context)
    {
        var constraints = Read(schema, ConstraintTarget.Integer, context);
        return new TypeUse { Kind = IntegerKind(constraints, wireName), Constraints = constraints };
    }

    public static TypeUse Number(SpecNode schema, ReadContext context)
        => new() { Kind = TypeKind.Number, Constraints = Read(schema, ConstraintTarget.Number, context) };

    public static Constraints Text(SpecNode schema, ReadContext context) => Read(schema, ConstraintTarget.Text, context);

    public static Constraints List(SpecNode schema, ReadContext context) => Read(schema, ConstraintTarget.List, context);

    public static Constraints Map(SpecNode schema, ReadContext context) => Read(schema, ConstraintTarget.Map, context);

    /// <summary>The constraints of a type, narrowed by those of a schema beside it: beside a <c>$ref</c>, a union, or in a part of an
    /// <c>allOf</c>.</summary>
    public static Constraints Siblings(TypeUse use, SpecNode schema, ReadContext context)
    {
        var target = ConstraintTable.TargetOf(use.Kind);
        if (target == ConstraintTarget.None) return use.Constraints;
        var own = Read(schema, target, context);
        if (own.Equals(Constraints.None)) return use.Constraints;
        var dropped = new List<string>();
        var narrow = ConstraintTable.Narrow(use.Constraints, own, dropped);
        foreach (var keyword in dropped) context.ReportNotEnforced(keyword, schema.Get(keyword) ?? schema);
        return WithoutContradiction(narrow, target, schema, context);
    }

    /// <summary>The constraints of a value that may be of either of two types, which become one.</summary>
    public static Constraints Either(TypeUse one, TypeUse other, SpecNode schema, ReadContext context)
    {
        var dropped = new List<string>();
        var wide = ConstraintTable.Widen(one.Constraints, other.Constraints, dropped);
        foreach (var keyword in dropped) context.ReportNotEnforced(keyword, schema);
        return Shared(wide);
    }

    private static Constraints Read(SpecNode schema, ConstraintTarget target, ReadContext context)
    {
        var constraints = Constraints.None;
        foreach (var member in schema.Members)
        {
            if (!Keywords.Contains(member.Name) || ConstraintTable.Find(member.Name, target) is not { } row) continue;
            if (ValueOf(row, member.Value, target) is not { } value) continue;
            constraints = row.With(constraints, value);
            context.MarkEnforced(member.Value);
        }

        if ((target & (ConstraintTarget.Integer | ConstraintTarget.Number)) != 0) constraints = ReadExclusive(schema, constraints, context);
        if (target == ConstraintTarget.List && ReadContains(schema, context) is { } contains) constraints = constraints with { Contains = contains };
        return WithoutContradiction(ConstraintTable.WithoutWeakerBound(constraints), target, schema, context);
    }

    /// <summary>OpenAPI 3.0 writes an exclusive bound as a bound and a flag.</summary>
    private static Constraints ReadExclusive(SpecNode schema, Constraints constraints, ReadContext context)
    {
        if (schema.Get("exclusiveMinimum") is { Kind: JsonKind.True } isAbove && constraints.Minimum is not null)
        {
            constraints = constraints with { ExclusiveMinimum = constraints.Minimum, Minimum = null };
            context.MarkEnforced(isAbove);
        }

        if (schema.Get("exclusiveMaximum") is { Kind: JsonKind.True } isBelow && constraints.Maximum is not null)
        {
            constraints = constraints with { ExclusiveMaximum = constraints.Maximum, Maximum = null };
            context.MarkEnforced(isBelow);
        }

        return constraints;
    }

    /// <summary>The value as the table keeps it; null if it has another form than the one that is enforced.</summary>
    private static string? ValueOf(ConstraintKeyword row, SpecNode node, ConstraintTarget target) => row.Form switch
    {
        ConstraintForm.MinCount or ConstraintForm.MaxCount => Count(node)?.ToString(CultureInfo.InvariantCulture),
        ConstraintForm.MinNumber or ConstraintForm.MaxNumber => node.Kind == JsonKind.Number ? node.Text : null,
        ConstraintForm.Step => node.Kind == JsonKind.Number && IsStep(node.Text, target) ? node.Text : null,
        ConstraintForm.Pattern => node is { Kind: JsonKind.String, Text.Length: > 0 } && PatternMatcher.IsSupported(node.Text) ? node.Text : null,
        _ => node.Kind == JsonKind.True || node is { Kind: JsonKind.String, Text: "uri" or "url" } ? "true" : null,
    };

    private static bool IsStep(string number, ConstraintTarget target)
        => NumberText.ToDouble(number) is > 0 and < double.PositiveInfinity
            && (target != ConstraintTarget.Integer || NumberText.Floor(number) == NumberText.Ceiling(number));

    private static int? Count(SpecNode node)
        => node.Kind == JsonKind.Number && node.TryGetInt64(out var count) && count is >= 0 and <= int.MaxValue ? (int)count : null;

    /// <summary><c>contains: {"required": ["video_url"]}, minContains: 0, maxContains: 1</c>: how many elements may have a property.</summary>
    private static ContainsConstraint? ReadContains(SpecNode schema, ReadContext context)
    {
        if (schema.Get("contains") is not { } contains || schema.Get("maxContains") is not { } max || Count(max) is not { } most) return null;
        if (contains.Get("required") is not { Kind: JsonKind.Array, Items.Length: 1 } required || !IsOnlyRequired(contains)) return null;
        context.MarkEnforced(max);

        // Without minContains at least one element must match, which is not enforced.
        if (schema.Get("minContains") is not null) context.MarkEnforced(contains);
        return new ContainsConstraint(required.Items[0].Text, "", most);
    }

    private static bool IsOnlyRequired(SpecNode contains)
    {
        foreach (var member in contains.Members)
        {
            if (member.Name is not ("required" or "type" or "description" or "title")) return false;
        }

        return true;
    }

    private static Constraints WithoutContradiction(Constraints constraints, ConstraintTarget target, SpecNode schema, ReadContext context)
    {
        if (constraints.MinLength > constraints.MaxLength)
        {
            Report(schema, "minLength", "maxLength", context);
            constraints = constraints with { MinLength = null, MaxLength = null };
        }

        if (constraints.MinItems > constraints.MaxItems)
        {
            var isMap = target == ConstraintTarget.Map;
            Report(schema, isMap ? "minProperties" : "minItems", isMap ? "maxProperties" : "maxItems", context);
            constraints = constraints with { MinItems = null, MaxItems = null };
        }

        if (IsEmptyRange(constraints, target))
        {
            Report(schema, "minimum", "maximum", context);
            constraints = constraints with { Minimum = null, Maximum = null, ExclusiveMinimum = null, ExclusiveMaximum = null };
        }

        return Shared(constraints);
    }

    private static bool IsEmptyRange(Constraints constraints, ConstraintTarget target)
    {
        if (target == ConstraintTarget.Integer)
        {
            var range = ConstraintTable.IntegerRange(constraints);
            return range.Min > range.Max;
        }

        var (low, high) = (constraints.Minimum ?? constraints.ExclusiveMinimum, constraints.Maximum ?? constraints.ExclusiveMaximum);
        if (low is null || high is null) return false;
        var order = NumberText.Compare(low, high);
        return order > 0 || (order == 0 && (constraints.ExclusiveMinimum is not null || constraints.ExclusiveMaximum is not null));
    }

    private static void Report(SpecNode schema, string low, string high, ReadContext context)
        => context.Report(SpecDiagnosticKind.ContradictoryConstraints, schema.Get(low) ?? schema.Get(high) ?? schema, low, high);

    /// <summary>One instance for "no constraints", which is what most places have.</summary>
    private static Constraints Shared(Constraints constraints) => constraints.Equals(Constraints.None) ? Constraints.None : constraints;

    /// <summary>
    /// int where the document keeps the value inside it, long otherwise. A seed without limits is wider than both: fal draws
    /// seeds from all of 2^64, and a result that was paid for must not fail on one.
    /// </summary>
    private static TypeKind IntegerKind(Constraints constraints, string wireName)
    {
        var (low, high, _) = ConstraintTable.IntegerRange(constraints);
        if (low < long.MinValue || low > long.MaxValue || high < long.MinValue || high > long.MaxValue) return TypeKind.Wide;
        if (high is null && IsSeed(wireName)) return TypeKind.Wide;
        return low >= int.MinValue && low <= int.MaxValue && high >= int.MinValue && high <= int.MaxValue ? TypeKind.Int32 : TypeKind.Int64;
    }

    private static bool IsSeed(string wireName)
        => wireName is "seed" or "seeds" || wireName.EndsWith("_seed", StringComparison.Ordinal)
            || wireName.EndsWith("_seeds", StringComparison.Ordinal);

    private static HashSet<string> ReadableKeywords()
    {
        var keywords = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in ConstraintTable.Rows) keywords.Add(row.Keyword);
        return keywords;
    }
}
