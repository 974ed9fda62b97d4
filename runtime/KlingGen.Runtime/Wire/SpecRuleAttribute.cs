namespace Fal.Wire;

/// <summary>A rule over several members of a type.</summary>
/// <param name="kind">What the rule demands.</param>
/// <param name="members">The C# names of the members; for <see cref="SpecRuleKind.Needs"/> and
/// <see cref="SpecRuleKind.Excludes"/> the first one needs or excludes the second.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SpecRuleAttribute(SpecRuleKind kind, params string[] members) : Attribute
{
    /// <summary>What the rule demands.</summary>
    public SpecRuleKind Kind { get; } = kind;

    /// <summary>The C# names of the members.</summary>
    public IReadOnlyList<string> Members { get; } = members;
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
}
