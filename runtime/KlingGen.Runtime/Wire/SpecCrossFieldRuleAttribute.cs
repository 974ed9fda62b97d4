namespace Fal.Wire;

/// <summary>A cross-field rule: a constraint over several properties of a type.</summary>
/// <param name="kind">The kind of the rule.</param>
/// <param name="members">The C# names of the properties, in the order of the kind. Several that count as one are joined:
/// <c>"FrontalImageUrl + ReferenceImageUrls"</c> has a value when both have one.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SpecCrossFieldRuleAttribute(SpecCrossFieldRuleKind kind, params string[] members) : Attribute
{
    /// <summary>The kind of the rule.</summary>
    public SpecCrossFieldRuleKind Kind { get; } = kind;

    /// <summary>The C# names of the properties.</summary>
    public IReadOnlyList<string> Members { get; } = members;

    /// <summary>The limit of a <see cref="SpecCrossFieldRuleKind.MaxSum"/> or an <see cref="SpecCrossFieldRuleKind.MinDifference"/>.</summary>
    public double Limit { get; set; }
}

/// <summary>A cross-field rule that applies if a property has one of some values.</summary>
/// <param name="member">The C# name of the property.</param>
/// <param name="values">The wire values.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SpecWhenAttribute(string member, params string[] values) : Attribute
{
    /// <summary>The C# name of the property.</summary>
    public string Member { get; } = member;

    /// <summary>The wire values.</summary>
    public IReadOnlyList<string> Values { get; } = values;

    /// <summary>The C# names of properties that must then have a value.</summary>
    public string[]? Required { get; set; }

    /// <summary>The C# names of properties that must then have no value.</summary>
    public string[]? Forbidden { get; set; }
}

/// <summary>The number of elements of a list if another property has one of some values.</summary>
/// <param name="list">The C# name of the list.</param>
/// <param name="minimum">The minimum number of elements.</param>
/// <param name="maximum">The maximum number of elements; <see cref="int.MaxValue"/> means no limit.</param>
/// <param name="member">The C# name of the other property.</param>
/// <param name="values">The wire values of the other property.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SpecCountWhenAttribute(string list, int minimum, int maximum, string member, params string[] values) : Attribute
{
    /// <summary>The C# name of the list.</summary>
    public string List { get; } = list;

    /// <summary>The minimum number of elements.</summary>
    public int Minimum { get; } = minimum;

    /// <summary>The maximum number of elements.</summary>
    public int Maximum { get; } = maximum;

    /// <summary>The C# name of the other property.</summary>
    public string Member { get; } = member;

    /// <summary>The wire values of the other property.</summary>
    public IReadOnlyList<string> Values { get; } = values;
}

/// <summary>The kind of a <see cref="SpecCrossFieldRuleAttribute"/>.</summary>
public enum SpecCrossFieldRuleKind
{
    /// <summary>Exactly one property has a value.</summary>
    ExactlyOne,

    /// <summary>At least one property has a value.</summary>
    AtLeastOne,

    /// <summary>If the first property has a value, so has the second.</summary>
    Needs,

    /// <summary>At most one of the two properties has a value.</summary>
    MutuallyExclusive,

    /// <summary>The sum of the numbers in the second property, over the elements of the first property, is at most the limit.</summary>
    MaxSum,

    /// <summary>The second number minus the first is at least the limit.</summary>
    MinDifference,
}
