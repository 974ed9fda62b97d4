using System;
using System.Collections.Generic;
using KlingGen.Model;

namespace KlingGen.Specs;

/// <summary>Reads the limits that stand at one schema, and chooses the C# number that holds them.</summary>
internal static class ConstraintReader
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "minLength", "maxLength", "pattern", "format", "minItems", "maxItems", "uniqueItems", "contains", "minProperties", "maxProperties", "minimum", "maximum",
        "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    };

    public static TypeUse Integer(JsonNode schema, string wireName, ReadContext context)
    {
        var constraints = Range(schema, Constraints.None, context);
        return new TypeUse { Kind = IntegerKind(constraints, wireName), Constraints = constraints };
    }

    public static TypeUse Number(JsonNode schema, ReadContext context)
        => new() { Kind = TypeKind.Number, Constraints = Range(schema, Constraints.None, context) };

    public static Constraints Text(JsonNode schema, ReadContext context)
    {
        if (!HasAny(schema)) return Constraints.None;
        var constraints = Constraints.None with
        {
            MinLength = Count(schema, "minLength"),
            MaxLength = Count(schema, "maxLength"),
            Pattern = schema.Get("pattern") is { Kind: JsonKind.String, Text.Length: > 0 } pattern ? pattern.Text : null,
            IsUrl = schema.Get("format") is { Kind: JsonKind.String, Text: "uri" or "url" },
        };
        return constraints.MinLength > constraints.MaxLength
            ? Contradiction(schema, "minLength", "maxLength", context, constraints with { MinLength = null, MaxLength = null })
            : Plain(constraints);
    }

    public static Constraints List(JsonNode schema, ReadContext context)
    {
        if (!HasAny(schema)) return Constraints.None;
        var constraints = Constraints.None with
        {
            MinItems = Count(schema, "minItems"),
            MaxItems = Count(schema, "maxItems"),
            UniqueItems = schema.Get("uniqueItems") is { Kind: JsonKind.True },
            Contains = Contains(schema),
        };
        return constraints.MinItems > constraints.MaxItems
            ? Contradiction(schema, "minItems", "maxItems", context, constraints with { MinItems = null, MaxItems = null })
            : Plain(constraints);
    }

    public static Constraints Map(JsonNode schema, ReadContext context)
    {
        var constraints = Constraints.None with { MinItems = Count(schema, "minProperties"), MaxItems = Count(schema, "maxProperties") };
        return constraints.MinItems > constraints.MaxItems
            ? Contradiction(schema, "minProperties", "maxProperties", context, constraints with { MinItems = null, MaxItems = null })
            : Plain(constraints);
    }

    /// <summary>Limits that stand beside a reference or a choice and so narrow what it leads to.</summary>
    public static Constraints Siblings(TypeUse use, JsonNode schema, ReadContext context)
    {
        var mine = use.Constraints;
        switch (use.Kind)
        {
            case TypeKind.Text or TypeKind.Media:
                var text = Text(schema, context);
                return mine with { MinLength = text.MinLength ?? mine.MinLength, MaxLength = text.MaxLength ?? mine.MaxLength, Pattern = text.Pattern ?? mine.Pattern, IsUrl = text.IsUrl || mine.IsUrl };
            case TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide or TypeKind.Number:
                return Range(schema, mine, context);
            case TypeKind.List:
                var list = List(schema, context);
                return mine with
                {
                    MinItems = list.MinItems ?? mine.MinItems,
                    MaxItems = list.MaxItems ?? mine.MaxItems,
                    UniqueItems = list.UniqueItems || mine.UniqueItems,
                    Contains = list.Contains ?? mine.Contains,
                };
            default:
                return mine;
        }
    }

    private static Constraints Range(JsonNode schema, Constraints within, ReadContext context)
    {
        if (!HasAny(schema)) return within;
        var constraints = within with
        {
            Minimum = NumberText(schema, "minimum") ?? within.Minimum,
            Maximum = NumberText(schema, "maximum") ?? within.Maximum,
            ExclusiveMinimum = NumberText(schema, "exclusiveMinimum") ?? within.ExclusiveMinimum,
            ExclusiveMaximum = NumberText(schema, "exclusiveMaximum") ?? within.ExclusiveMaximum,
            MultipleOf = NumberText(schema, "multipleOf") ?? within.MultipleOf,
        };

        // OpenAPI 3.0 spells an exclusive limit as a limit and a mark.
        if (schema.Get("exclusiveMinimum") is { Kind: JsonKind.True })
            constraints = constraints with { ExclusiveMinimum = constraints.Minimum, Minimum = null };
        if (schema.Get("exclusiveMaximum") is { Kind: JsonKind.True })
            constraints = constraints with { ExclusiveMaximum = constraints.Maximum, Maximum = null };

        if (IsEmpty(constraints.Minimum, constraints.Maximum, mayTouch: true)
            || IsEmpty(constraints.ExclusiveMinimum, constraints.Maximum, mayTouch: false)
            || IsEmpty(constraints.Minimum, constraints.ExclusiveMaximum, mayTouch: false)
                || IsEmpty(constraints.ExclusiveMinimum, constraints.ExclusiveMaximum, mayTouch: false))
        {
            return Contradiction(schema, "minimum", "maximum", context,
                constraints with { Minimum = null, Maximum = null, ExclusiveMinimum = null, ExclusiveMaximum = null });
        }

        return Plain(constraints);
    }

    /// <summary>Most schemas say nothing that the methods above would have to look for one by one.</summary>
    private static bool HasAny(JsonNode schema)
    {
        foreach (var member in schema.Members)
        {
            if (Keywords.Contains(member.Name)) return true;
        }

        return false;
    }

    private static bool IsEmpty(string? low, string? high, bool mayTouch)
    {
        if (low is null || high is null) return false;
        var order = Numbers.Compare(low, high);
        return mayTouch ? order > 0 : order >= 0;
    }

    private static Constraints Contradiction(JsonNode schema, string low, string high, ReadContext context, Constraints without)
    {
        context.Report(SpecProblemKind.ContradictoryConstraints, schema.Get(low) ?? schema.Get(high) ?? schema, low, high);
        return Plain(without);
    }

    /// <summary>One instance for "no limits", which is what most places have.</summary>
    private static Constraints Plain(Constraints constraints) => constraints.Equals(Constraints.None) ? Constraints.None : constraints;

    /// <summary>
    /// int where the document keeps the value inside it, long otherwise. A seed without limits is wider than both: fal draws
    /// seeds from all of 2^64, and a result that was paid for must not fail on one.
    /// </summary>
    private static TypeKind IntegerKind(Constraints constraints, string wireName)
    {
        var low = constraints.Minimum ?? constraints.ExclusiveMinimum;
        var high = constraints.Maximum ?? constraints.ExclusiveMaximum;
        if (Numbers.IsBeyondInt64(low) || Numbers.IsBeyondInt64(high)) return TypeKind.Wide;
        if (high is null && IsSeed(wireName)) return TypeKind.Wide;
        return low is not null && high is not null && Numbers.FitsInt32(low) && Numbers.FitsInt32(high) ? TypeKind.Int32 : TypeKind.Int64;
    }

    private static bool IsSeed(string wireName)
        => wireName is "seed" or "seeds" || wireName.EndsWith("_seed", StringComparison.Ordinal) || wireName.EndsWith("_seeds", StringComparison.Ordinal);

    private static string? NumberText(JsonNode schema, string name) => schema.Get(name) is { Kind: JsonKind.Number } number ? number.Text : null;

    private static int? Count(JsonNode schema, string name)
        => schema.Get(name) is { Kind: JsonKind.Number } number && number.TryGetInt64(out var count) && count is >= 0 and <= int.MaxValue ? (int)count : null;

    /// <summary><c>contains: {"required": ["video_url"]}, maxContains: 1</c>: how many elements may have a member.</summary>
    private static ContainsConstraint? Contains(JsonNode schema)
    {
        if (schema.Get("contains")?.Get("required") is not { Kind: JsonKind.Array, Items.Length: 1 } required) return null;
        return new ContainsConstraint(required.Items[0].Text, "", Count(schema, "minContains") ?? 1, Count(schema, "maxContains"));
    }
}
