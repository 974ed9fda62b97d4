using System;
using System.Collections.Generic;
using System.Numerics;
using KlingGen.Checks;
using KlingGen.Text;

namespace KlingGen.Model;

/// <summary>The values that a keyword constrains.</summary>
[Flags]
internal enum ConstraintTarget
{
    None = 0,
    Text = 1,
    Media = 2,
    Integer = 4,
    Number = 8,
    List = 16,
    Map = 32,
}

/// <summary>How a constraint is written, and which of two is the narrower.</summary>
internal enum ConstraintForm
{
    /// <summary>A smallest length or count.</summary>
    MinCount,

    /// <summary>A largest length or count.</summary>
    MaxCount,

    /// <summary>A smallest number.</summary>
    MinNumber,

    /// <summary>A largest number.</summary>
    MaxNumber,

    /// <summary>A step between numbers.</summary>
    Step,

    /// <summary>A regular expression.</summary>
    Pattern,

    /// <summary>A demand that is made or not.</summary>
    Flag,
}

/// <summary>One keyword that constrains a value.</summary>
/// <param name="Keyword">The keyword in a document.</param>
/// <param name="Targets">The values that it constrains.</param>
/// <param name="Form">How it is written and compared.</param>
/// <param name="Unit">The text that <c>klinggen diff</c> prints after the number, or instead of it.</param>
/// <param name="Get">The constraint as text; null if there is none.</param>
/// <param name="With">The constraints with another value, which has the right form.</param>
internal sealed record ConstraintKeyword(
    string Keyword, ConstraintTarget Targets, ConstraintForm Form, string Unit, Func<Constraints, string?> Get, Func<Constraints, string?,
        Constraints> With);

/// <content>How constraints are found and merged.</content>
internal static partial class ConstraintTable
{
    public static ConstraintTarget TargetOf(TypeKind kind) => kind switch
    {
        TypeKind.Text => ConstraintTarget.Text,
        TypeKind.Media => ConstraintTarget.Media,
        TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide => ConstraintTarget.Integer,
        TypeKind.Number => ConstraintTarget.Number,
        TypeKind.List => ConstraintTarget.List,
        TypeKind.Map => ConstraintTarget.Map,
        _ => ConstraintTarget.None,
    };

    public static ConstraintKeyword? Find(string keyword, ConstraintTarget target)
    {
        foreach (var row in Rows)
        {
            if ((row.Targets & target) != 0 && row.Keyword == keyword) return row;
        }

        return null;
    }

    /// <summary>
    /// The constraints that satisfy both. What cannot be expressed in one keyword (two patterns, two steps of which neither is a multiple of the
    /// other)
    /// keeps the first and is returned in <paramref name="dropped"/>.
    /// </summary>
    public static Constraints Narrow(Constraints one, Constraints other, ICollection<string> dropped)
        => Merge(one, other, isNarrowing: true, dropped);

    /// <summary>
    /// The narrowest constraints that satisfy either: the constraints of a value of which two schemas are possible. Keywords whose two values differ
    /// are returned in <paramref name="dropped"/>, unless one of the two schemas contains the other.
    /// </summary>
    public static Constraints Widen(Constraints one, Constraints other, ICollection<string> dropped)
    {
        var different = new List<string>();
        var wide = Merge(one, other, isNarrowing: false, different);
        if (wide.Equals(one) || wide.Equals(other)) return wide;
        foreach (var keyword in different) dropped.Add(keyword);
        return wide;
    }

    /// <summary>The smallest and largest integer that satisfy the constraints, and the step between them.</summary>
    public static (BigInteger? Min, BigInteger? Max, BigInteger? Step) IntegerRange(Constraints constraints)
    {
        BigInteger? low = constraints.ExclusiveMinimum is { } above ? NumberText.Floor(above) + 1
            : constraints.Minimum is { } min ? NumberText.Ceiling(min) : null;
        BigInteger? high = constraints.ExclusiveMaximum is { } below ? NumberText.Ceiling(below) - 1
            : constraints.Maximum is { } max ? NumberText.Floor(max) : null;
        var step = constraints.MultipleOf is { } multiple ? NumberText.Floor(multiple) : BigInteger.Zero;
        var isWhole = step.Sign > 0 && step == NumberText.Ceiling(constraints.MultipleOf!);
        return (low, high, isWhole ? step : null);
    }

    private static Constraints Merge(Constraints one, Constraints other, bool isNarrowing, ICollection<string> dropped)
    {
        var merged = one;
        foreach (var row in Rows)
        {
            var (mine, theirs) = (row.Get(one), row.Get(other));
            if (mine == theirs) continue;
            if (!isNarrowing) dropped.Add(row.Keyword);
            if (mine is null || theirs is null)
            {
                merged = row.With(merged, isNarrowing ? mine ?? theirs : null);
                continue;
            }

            var isNarrower = IsNarrower(row.Form, theirs, mine);
            if (isNarrower is null)
            {
                if (isNarrowing) dropped.Add(row.Keyword);
                else merged = row.With(merged, null);
            }
            else if (isNarrower == isNarrowing)
            {
                merged = row.With(merged, theirs);
            }
        }

        return MergeObjects(merged, one, other, isNarrowing, dropped);
    }

    private static Constraints MergeObjects(Constraints merged, Constraints one, Constraints other, bool isNarrowing, ICollection<string> dropped)
    {
        if (!Equals(one.Contains, other.Contains))
        {
            if (!isNarrowing || (one.Contains is not null && other.Contains is not null)) dropped.Add("contains");
            merged = merged with { Contains = isNarrowing ? one.Contains ?? other.Contains : null };
        }

        if (!Equals(one.Media, other.Media)) merged = merged with { Media = MergeMedia(one.Media, other.Media, isNarrowing, dropped) };
        return WithoutWeakerBound(merged);
    }

    /// <summary>Of an inclusive and an exclusive bound on one side only the narrower counts.</summary>
    public static Constraints WithoutWeakerBound(Constraints constraints)
    {
        if (constraints is { Minimum: { } min, ExclusiveMinimum: { } above })
            constraints = NumberText.Compare(above, min) >= 0 ? constraints with { Minimum = null } : constraints with { ExclusiveMinimum = null };
        if (constraints is { Maximum: { } max, ExclusiveMaximum: { } below })
            constraints = NumberText.Compare(below, max) <= 0 ? constraints with { Maximum = null } : constraints with { ExclusiveMaximum = null };
        return constraints;
    }

    private static MediaConstraints? MergeMedia(MediaConstraints? one, MediaConstraints? other, bool isNarrowing, ICollection<string> dropped)
    {
        if (one is null || other is null) return one ?? other;
        var limits = new List<MediaLimit>();
        foreach (var row in MediaConstraintTable.Rows)
        {
            var (mine, theirs) = (one.LimitOf(row), other.LimitOf(row));
            if (!isNarrowing && mine != theirs) dropped.Add(row.Keyword);
            var isTheirs = mine is null ? isNarrowing : theirs is not null && (NumberText.Compare(theirs, mine) > 0 == row.IsMinimum) == isNarrowing;
            var limit = !isNarrowing && (mine is null || theirs is null) ? null : isTheirs ? theirs : mine;
            if (limit is not null) limits.Add(new MediaLimit(row.Name, limit));
        }

        var extensions = one.Extensions == other.Extensions ? one.Extensions : isNarrowing ? one.Extensions ?? other.Extensions : null;
        if (one.Extensions != other.Extensions && (!isNarrowing || (one.Extensions is not null && other.Extensions is not null)))
            dropped.Add("extensions");
        var kind = one.Kind == other.Kind ? one.Kind : isNarrowing && one.Kind == MediaKind.Any ? other.Kind : isNarrowing ? one.Kind : MediaKind.Any;
        return new MediaConstraints { Kind = kind, Limits = limits, Extensions = extensions };
    }

    /// <summary>Whether the first of two different values admits less; null if neither contains the other.</summary>
    private static bool? IsNarrower(ConstraintForm form, string first, string second) => form switch
    {
        ConstraintForm.MinCount or ConstraintForm.MinNumber => NumberText.Compare(first, second) > 0,
        ConstraintForm.MaxCount or ConstraintForm.MaxNumber => NumberText.Compare(first, second) < 0,
        ConstraintForm.Step when IsMultiple(first, second) => true,
        ConstraintForm.Step when IsMultiple(second, first) => false,
        _ => null,
    };

    private static bool IsMultiple(string value, string step) => ValueMath.IsMultiple(NumberText.ToDouble(value), NumberText.ToDouble(step));
}
