namespace Fal.Wire;

/// <summary>A cross-field rule: a constraint over several members of a type.</summary>
/// <param name="kind">What the rule demands.</param>
/// <param name="members">The C# names of the members, in the order that the kind asks for. Where several count as one they are joined:
/// <c>"FrontalImageUrl + ReferenceImageUrls"</c> is given when both are.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SpecCrossFieldRuleAttribute(SpecCrossFieldRuleKind kind, params string[] members) : Attribute
{
    /// <summary>What the rule demands.</summary>
    public SpecCrossFieldRuleKind Kind { get; } = kind;

    /// <summary>The C# names of the members.</summary>
    public IReadOnlyList<string> Members { get; } = members;

    /// <summary>The limit of a <see cref="SpecCrossFieldRuleKind.MaxSum"/> or an <see cref="SpecCrossFieldRuleKind.MinDifference"/>.</summary>
    public double Limit { get; set; }
}

/// <summary>What else holds where a member has one of some values.</summary>
/// <param name="member">The C# name of the member.</param>
/// <param name="values">The values in JSON.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SpecWhenAttribute(string member, params string[] values) : Attribute
{
    /// <summary>The C# name of the member.</summary>
    public string Member { get; } = member;

    /// <summary>The values in JSON.</summary>
    public IReadOnlyList<string> Values { get; } = values;

    /// <summary>The C# names of members that must then be given.</summary>
    public string[]? Required { get; set; }

    /// <summary>The C# names of members that must then not be given.</summary>
    public string[]? Forbidden { get; set; }
}

/// <summary>The number of elements of a list where another member has one of some values.</summary>
/// <param name="list">The C# name of the list.</param>
/// <param name="minimum">The fewest elements.</param>
/// <param name="maximum">The most elements; <see cref="int.MaxValue"/> where open.</param>
/// <param name="member">The C# name of the other member.</param>
/// <param name="values">The values of the property in JSON.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SpecCountWhenAttribute(string list, int minimum, int maximum, string member, params string[] values) : Attribute
{
    /// <summary>The C# name of the list.</summary>
    public string List { get; } = list;

    /// <summary>The fewest elements.</summary>
    public int Minimum { get; } = minimum;

    /// <summary>The most elements.</summary>
    public int Maximum { get; } = maximum;

    /// <summary>The C# name of the other member.</summary>
    public string Member { get; } = member;

    /// <summary>The values of the property in JSON.</summary>
    public IReadOnlyList<string> Values { get; } = values;
}

/// <summary>What a <see cref="SpecCrossFieldRuleAttribute"/> demands.</summary>
public enum SpecCrossFieldRuleKind
{
    /// <summary>One member is given, and no other.</summary>
    ExactlyOne,

    /// <summary>One member or more is given.</summary>
    AtLeastOne,

    /// <summary>If the first member is given, so is the second.</summary>
    Needs,

    /// <summary>At most one of the two members is given.</summary>
    MutuallyExclusive,

    /// <summary>The numbers in the second member of the first member's elements add up to no more than the limit.</summary>
    MaxSum,

    /// <summary>The second number minus the first is at least the limit.</summary>
    MinDifference,
}
