namespace Fal.Wire;

/// <summary>A rule over several members of a type.</summary>
/// <param name="kind">What the rule demands.</param>
/// <param name="members">The C# names of the members, in the order that the kind asks for. Where several count as one they are joined:
/// <c>"FrontalImageUrl + ReferenceImageUrls"</c> is given when both are.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SpecRuleAttribute(SpecRuleKind kind, params string[] members) : Attribute
{
    /// <summary>What the rule demands.</summary>
    public SpecRuleKind Kind { get; } = kind;

    /// <summary>The C# names of the members.</summary>
    public IReadOnlyList<string> Members { get; } = members;

    /// <summary>The limit of a <see cref="SpecRuleKind.Sum"/> or an <see cref="SpecRuleKind.Order"/>.</summary>
    public double Limit { get; set; }
}

/// <summary>What else holds where a member has one of some values.</summary>
/// <param name="member">The C# name of the member.</param>
/// <param name="values">The values, as they stand on the wire.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SpecWhenAttribute(string member, params string[] values) : Attribute
{
    /// <summary>The C# name of the member.</summary>
    public string Member { get; } = member;

    /// <summary>The values, as they stand on the wire.</summary>
    public IReadOnlyList<string> Values { get; } = values;

    /// <summary>The C# names of members that must then be given.</summary>
    public string[]? Required { get; set; }

    /// <summary>The C# names of members that must then not be given.</summary>
    public string[]? Forbidden { get; set; }
}

/// <summary>What a <see cref="SpecRuleAttribute"/> demands.</summary>
public enum SpecRuleKind
{
    /// <summary>One member is given, and no other.</summary>
    ExactlyOne,

    /// <summary>One member or more is given.</summary>
    AtLeastOne,

    /// <summary>One member is given, or none.</summary>
    AtMostOne,

    /// <summary>If the first member is given, so is the second.</summary>
    Needs,

    /// <summary>If the first member is given, the second is not.</summary>
    Excludes,

    /// <summary>The numbers in the second member of the first member's elements add up to no more than the limit.</summary>
    Sum,

    /// <summary>The second number is greater than the first by at least the limit.</summary>
    Order,
}
