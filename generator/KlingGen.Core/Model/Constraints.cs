using System.Collections.Generic;
using System.Globalization;
using KlingGen.Checks;
using KlingGen.Text;

namespace KlingGen.Model;

/// <summary>
/// The constraints at one place of a document. Numbers are kept as the document writes them: a double does not hold
/// <c>9223372036854775807</c>. Each property has a row in <see cref="ConstraintTable"/>.
/// </summary>
internal sealed record Constraints
{
    public static readonly Constraints None = new();

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public string? Pattern { get; init; }

    /// <summary>The string is a URL that the server opens.</summary>
    public bool IsUrl { get; init; }

    public string? Minimum { get; init; }

    public string? Maximum { get; init; }

    public string? ExclusiveMinimum { get; init; }

    public string? ExclusiveMaximum { get; init; }

    public string? MultipleOf { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    public bool UniqueItems { get; init; }

    public MediaConstraints? Media { get; init; }

    /// <summary>How many elements of a list may have a property: one video in a request's elements.</summary>
    public ContainsConstraint? Contains { get; init; }

    public bool HasLength => MinLength is > 0 || MaxLength is not null;

    public bool HasRange => Minimum is not null || Maximum is not null
        || ExclusiveMinimum is not null || ExclusiveMaximum is not null || MultipleOf is not null;

    public bool HasCount => MinItems is > 0 || MaxItems is not null;
}

/// <summary>What a media file must be.</summary>
internal sealed record MediaConstraints
{
    public MediaKind Kind { get; init; }

    /// <summary>The numeric limits in the order of <see cref="MediaConstraintTable"/>.</summary>
    public EquatableArray<MediaLimit> Limits { get; init; } = EquatableArray<MediaLimit>.Empty;

    /// <summary>The permitted file name extensions: <c>.mp4;.mov</c>.</summary>
    public string? Extensions { get; init; }

    public bool IsEmpty => Kind == MediaKind.Any && !IsLimited;

    /// <summary>Whether there is a constraint other than the kind of media.</summary>
    public bool IsLimited => Limits.Count > 0 || Extensions is not null;

    /// <summary>The limit of a row as the document writes it; null if there is none.</summary>
    public string? LimitOf(MediaConstraintRow row)
    {
        foreach (var limit in Limits)
        {
            if (limit.Name == row.Name) return limit.Value;
        }

        return null;
    }
}

/// <param name="Name">The name of the row in <see cref="MediaConstraintTable"/>.</param>
/// <param name="Value">The limit as the document writes it.</param>
internal sealed record MediaLimit(string Name, string Value);

/// <param name="Property">Wire name of the property that an element must have to count.</param>
/// <param name="Name">Its C# name.</param>
/// <param name="MaxCount">The most elements that may have it.</param>
internal sealed record ContainsConstraint(string Property, string Name, int MaxCount);

/// <summary>
/// Every keyword that constrains one value. The reader, the digest of shapes, the merging of schemas and <c>klinggen diff</c> iterate over
/// these rows.
/// </summary>
internal static partial class ConstraintTable
{
    private const ConstraintTarget Strings = ConstraintTarget.Text | ConstraintTarget.Media;
    private const ConstraintTarget Numbers = ConstraintTarget.Integer | ConstraintTarget.Number;

    public static readonly ConstraintKeyword[] Rows =
    {
        new("minLength", Strings, ConstraintForm.MinCount, " characters long", c => Text(c.MinLength), (c, v) => c with { MinLength = Count(v) }),
        new("maxLength", Strings, ConstraintForm.MaxCount, " characters long", c => Text(c.MaxLength), (c, v) => c with { MaxLength = Count(v) }),
        new("pattern", Strings, ConstraintForm.Pattern, "", c => c.Pattern, (c, v) => c with { Pattern = v }),
        new("format", Strings, ConstraintForm.Flag, "an absolute URL", c => Text(c.IsUrl), (c, v) => c with { IsUrl = v is not null }),
        new("minimum", Numbers, ConstraintForm.MinNumber, "", c => c.Minimum, (c, v) => c with { Minimum = v }),
        new("maximum", Numbers, ConstraintForm.MaxNumber, "", c => c.Maximum, (c, v) => c with { Maximum = v }),
        new("exclusiveMinimum", Numbers, ConstraintForm.MinNumber, "", c => c.ExclusiveMinimum, (c, v) => c with { ExclusiveMinimum = v }),
        new("exclusiveMaximum", Numbers, ConstraintForm.MaxNumber, "", c => c.ExclusiveMaximum, (c, v) => c with { ExclusiveMaximum = v }),
        new("multipleOf", Numbers, ConstraintForm.Step, "", c => c.MultipleOf, (c, v) => c with { MultipleOf = v }),
        new("minItems", ConstraintTarget.List, ConstraintForm.MinCount, " elements", c => Text(c.MinItems), (c, v) => c with { MinItems = Count(v) }),
        new("maxItems", ConstraintTarget.List, ConstraintForm.MaxCount, " elements", c => Text(c.MaxItems), (c, v) => c with { MaxItems = Count(v) }),
        new("minProperties", ConstraintTarget.Map, ConstraintForm.MinCount, " elements",
            c => Text(c.MinItems), (c, v) => c with { MinItems = Count(v) }),
        new("maxProperties", ConstraintTarget.Map, ConstraintForm.MaxCount, " elements",
            c => Text(c.MaxItems), (c, v) => c with { MaxItems = Count(v) }),
        new("uniqueItems", ConstraintTarget.List, ConstraintForm.Flag, "no element twice",
            c => Text(c.UniqueItems), (c, v) => c with { UniqueItems = v is not null }),
    };

    private static string? Text(int? count) => count?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(bool flag) => flag ? "true" : null;

    private static int? Count(string? text) => text is null ? null : int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>
/// Every group of constraints. The attributes, the documentation, the evaluation of defaults and examples, the tool's checks and the analyzers
/// iterate over them.
/// </summary>
internal static partial class ConstraintGroups
{
    public static readonly ConstraintGroup[] All =
    {
        new ConstraintGroup
        {
            Attribute = "SpecCount",
            DiagnosticId = "KLG105",
            Targets = ConstraintTarget.List | ConstraintTarget.Map,
            Arguments = c => c.HasCount ? Bounds(c.MinItems, c.MaxItems) : null,
            Read = (a, c) => c with { MinItems = a.Int32(0), MaxItems = Max(a.Int32(1)) },
            Words = c => ValueText.Amount(c.MinItems ?? 0, c.MaxItems ?? int.MaxValue, "element"),
            Check = (c, v) => c.HasCount && v is ConstrainedValue.Items list
                ? ValueRules.Count(list.Count, c.MinItems ?? 0, c.MaxItems ?? int.MaxValue, list.IsComplete) : null,
        },
        new ConstraintGroup
        {
            Attribute = "SpecUnique",
            DiagnosticId = "KLG106",
            Targets = ConstraintTarget.List,
            Arguments = c => c.UniqueItems ? "" : null,
            Read = (_, c) => c with { UniqueItems = true },
            Words = _ => "elements must be unique",
            Check = (c, v) => c.UniqueItems && v is ConstrainedValue.Items { RepeatedIndex: { } index } ? ValueRules.NotUnique(index) : null,
        },
        new ConstraintGroup
        {
            Attribute = "SpecContains",
            DiagnosticId = "KLG105",
            Targets = ConstraintTarget.List,
            Arguments = c => c.Contains is { } contains ? Literal.String(contains.Name) + ", " + Literal.Number((long)contains.MaxCount) : null,
            Read = (a, c) => c with { Contains = new ContainsConstraint("", a.String(0) ?? "", a.Int32(1)) },
            Words = c => "at most " + Literal.Digits(c.Contains!.MaxCount) + " " + ValueText.Plural(c.Contains.MaxCount, "element")
                + " with " + DocComment.Code(c.Contains.Property),
            Check = (c, v) => c.Contains is { } contains && v is ConstrainedValue.Items list && list.CountWith(contains) is { } count
                ? ValueRules.MaxContains(count, contains.Property, contains.MaxCount) : null,
        },
        new ConstraintGroup
        {
            Attribute = "SpecLength",
            DiagnosticId = "KLG101",
            Targets = ConstraintTarget.Text | ConstraintTarget.Media,
            Arguments = c => c.HasLength ? Bounds(c.MinLength, c.MaxLength) : null,
            Read = (a, c) => c with { MinLength = a.Int32(0), MaxLength = Max(a.Int32(1)) },
            Words = c => ValueText.Amount(c.MinLength ?? 0, c.MaxLength ?? int.MaxValue, "character"),
            Check = (c, v) => c.HasLength && v is ConstrainedValue.Text text
                ? ValueRules.Length(text.Value, c.MinLength ?? 0, c.MaxLength ?? int.MaxValue) : null,
        },
        new ConstraintGroup
        {
            Attribute = "SpecUrl",
            DiagnosticId = "KLG108",
            Targets = ConstraintTarget.Text,
            Arguments = c => c.IsUrl ? "" : null,
            Read = (_, c) => c with { IsUrl = true },
            Words = _ => "an absolute URL",
            Check = (c, v) => c.IsUrl && v is ConstrainedValue.Text text ? ValueRules.Url(text.Value) : null,
        },
        new ConstraintGroup
        {
            Attribute = "SpecPattern",
            DiagnosticId = "KLG103",
            Targets = ConstraintTarget.Text | ConstraintTarget.Media,
            Arguments = c => c.Pattern is null ? null : Literal.String(c.Pattern),
            Read = (a, c) => c with { Pattern = a.String(0) },
            Words = c => "matches " + DocComment.Code(c.Pattern!),
            Check = (c, v) => c.Pattern is not null && v is ConstrainedValue.Text text ? ValueRules.Pattern(text.Value, c.Pattern) : null,
        },
        new ConstraintGroup
        {
            Attribute = "SpecRange",
            DiagnosticId = "KLG102",
            Targets = ConstraintTarget.Integer | ConstraintTarget.Number,
            Arguments = c => c.HasRange ? Range(c) : null,
            Read = ReadRange,
            Words = RangeWords,
            Check = CheckRange,
        },
    };
}
