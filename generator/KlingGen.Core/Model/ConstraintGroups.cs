using System;
using System.Collections.Generic;
using System.Numerics;
using KlingGen.Checks;
using KlingGen.Text;

namespace KlingGen.Model;

/// <summary>A value to check, with its known parts.</summary>
internal abstract record ConstrainedValue
{
    internal sealed record Text(string Value) : ConstrainedValue;

    /// <param name="Value">The value.</param>
    /// <param name="Integer">The exact value where the property holds integers.</param>
    internal sealed record Number(double Value, BigInteger? Integer = null) : ConstrainedValue;

    /// <param name="Count">The number of elements, or of those that are known.</param>
    /// <param name="IsComplete">Whether there are no other elements.</param>
    /// <param name="RepeatedIndex">The index of the first element that equals an earlier one; null if there is none.</param>
    /// <param name="CountWith">The number of elements that have a property, by wire name; null if that is not known.</param>
    internal sealed record Items(int Count, bool IsComplete, string? RepeatedIndex, Func<ContainsConstraint, int?> CountWith) : ConstrainedValue;
}

/// <summary>The arguments of an attribute on an emitted property.</summary>
internal sealed record AttributeArguments(IReadOnlyList<object?> Positional, IReadOnlyDictionary<string, object?> Named)
{
    public bool Flag(string name) => Named.TryGetValue(name, out var value) && value is true;

    public int Int32(int index) => index < Positional.Count && Positional[index] is int value ? value : 0;

    public double Double(int index) => index < Positional.Count && Positional[index] is double value ? value : double.NaN;

    public string? String(int index) => index < Positional.Count ? Positional[index] as string : null;
}

/// <summary>Constraints that are checked together and travel in one attribute.</summary>
internal sealed record ConstraintGroup
{
    /// <summary>The attribute on emitted properties, without its suffix: <c>SpecLength</c>.</summary>
    public required string Attribute { get; init; }

    /// <summary>The diagnostic that analyzers report.</summary>
    public required string DiagnosticId { get; init; }

    public required ConstraintTarget Targets { get; init; }

    /// <summary>The arguments of the attribute as C#; null if the group has no constraint.</summary>
    public required Func<Constraints, string?> Arguments { get; init; }

    /// <summary>Adds the constraints of an attribute.</summary>
    public required Func<AttributeArguments, Constraints, Constraints> Read { get; init; }

    /// <summary>The constraints in words, as XML for documentation.</summary>
    public required Func<Constraints, string> Words { get; init; }

    public required Func<Constraints, ConstrainedValue, Violation?> Check { get; init; }

    /// <summary>Whether the constraint is on a list or map itself and not on its elements.</summary>
    public bool IsOnContainer => (Targets & (ConstraintTarget.List | ConstraintTarget.Map)) != 0;
}

/// <content>How groups are found and values are checked.</content>
internal static partial class ConstraintGroups
{
    private const string Open = "int.MaxValue";

    /// <summary>The groups that constrain a value of a type.</summary>
    public static IEnumerable<ConstraintGroup> ForType(TypeUse use)
    {
        if (ReferenceEquals(use.Constraints, Constraints.None)) return [];
        var target = ConstraintTable.TargetOf(use.Kind);
        var groups = new List<ConstraintGroup>();
        foreach (var group in All)
        {
            if ((group.Targets & target) != 0 && group.Arguments(use.Constraints) is not null) groups.Add(group);
        }

        return groups;
    }

    /// <summary>The groups of which a value can violate one: those that constrain it, and for numbers the one that requires finite values.</summary>
    public static ConstraintGroup[] Applicable(Constraints constraints, TypeKind kind)
    {
        var target = ConstraintTable.TargetOf(kind);
        var groups = new List<ConstraintGroup>();
        foreach (var group in All)
        {
            if ((group.Targets & target) == 0) continue;
            if (target == ConstraintTarget.Number || group.Arguments(constraints) is not null) groups.Add(group);
        }

        return groups.ToArray();
    }

    /// <summary>Every violation of a value, with the group that it violates.</summary>
    public static IEnumerable<(ConstraintGroup Group, Violation Violation)> Check(Constraints constraints, TypeKind kind, ConstrainedValue value)
    {
        var target = ConstraintTable.TargetOf(kind);
        foreach (var group in All)
        {
            if ((group.Targets & target) != 0 && group.Check(constraints, value) is { } violation) yield return (group, violation);
        }
    }

    private static string Bounds(int? min, int? max)
        => Literal.Number((long)(min ?? 0)) + ", " + (max is null ? Open : Literal.Number((long)max));

    private static int? Max(int max) => max == int.MaxValue ? null : max;

    private static string Range(Constraints c)
    {
        var (low, high) = (c.Minimum ?? c.ExclusiveMinimum, c.Maximum ?? c.ExclusiveMaximum);
        var text = low is null ? "double.NegativeInfinity" : Literal.Number(NumberText.DoubleLimit(low, isLow: true));
        text += ", " + (high is null ? "double.PositiveInfinity" : Literal.Number(NumberText.DoubleLimit(high, isLow: false)));
        if (c.ExclusiveMinimum is not null) text += ", ExclusiveMinimum = true";
        if (c.ExclusiveMaximum is not null) text += ", ExclusiveMaximum = true";
        return c.MultipleOf is null ? text : text + ", MultipleOf = " + Number(c.MultipleOf);
    }

    private static string Number(string limit) => Literal.Number(NumberText.ToDouble(limit));

    private static Constraints ReadRange(AttributeArguments arguments, Constraints constraints)
    {
        var (low, high) = (Limit(arguments.Double(0)), Limit(arguments.Double(1)));
        var (isAbove, isBelow) = (arguments.Flag("ExclusiveMinimum"), arguments.Flag("ExclusiveMaximum"));
        return constraints with
        {
            Minimum = isAbove ? null : low,
            ExclusiveMinimum = isAbove ? low : null,
            Maximum = isBelow ? null : high,
            ExclusiveMaximum = isBelow ? high : null,
            MultipleOf = arguments.Named.TryGetValue("MultipleOf", out var step) && step is double and > 0 ? Limit((double)step) : null,
        };
    }

    /// <summary>Exact, so that the limit of a large integer is printed as it is compared.</summary>
    private static string? Limit(double number)
    {
        if (double.IsNaN(number) || double.IsInfinity(number)) return null;
        return number.Equals(Math.Truncate(number)) ? ValueText.Number(new BigInteger(number)) : ValueText.Number(number);
    }

    private static string RangeWords(Constraints c)
    {
        var parts = new List<string>();
        if (c.Minimum is not null && c.Maximum is not null) parts.Add(DocComment.Xml(c.Minimum) + " to " + DocComment.Xml(c.Maximum));
        else if (c.Minimum is not null) parts.Add("at least " + DocComment.Xml(c.Minimum));
        if (c.ExclusiveMinimum is not null) parts.Add("greater than " + DocComment.Xml(c.ExclusiveMinimum));
        if (c.Minimum is null && c.Maximum is not null) parts.Add("at most " + DocComment.Xml(c.Maximum));
        if (c.ExclusiveMaximum is not null) parts.Add("less than " + DocComment.Xml(c.ExclusiveMaximum));
        if (c.MultipleOf is not null) parts.Add("a multiple of " + DocComment.Xml(c.MultipleOf));
        return string.Join(", ", parts);
    }

    private static Violation? CheckRange(Constraints c, ConstrainedValue value)
    {
        if (value is not ConstrainedValue.Number number) return null;
        if (number.Integer is { } integer)
        {
            var (min, max, step) = ConstraintTable.IntegerRange(c);
            return ValueRules.Integer(integer, min, max, step);
        }

        return ValueRules.Number(
            number.Value,
            Double(c.Minimum, double.NegativeInfinity),
            Double(c.Maximum, double.PositiveInfinity),
            Double(c.ExclusiveMinimum, double.NegativeInfinity),
            Double(c.ExclusiveMaximum, double.PositiveInfinity),
            Double(c.MultipleOf, 0));
    }

    private static double Double(string? limit, double otherwise) => limit is null ? otherwise : NumberText.ToDouble(limit);
}
