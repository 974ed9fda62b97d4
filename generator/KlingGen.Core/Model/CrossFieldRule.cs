namespace KlingGen.Model;

internal enum CrossFieldRuleKind
{
    /// <summary>Exactly one of the groups is given.</summary>
    ExactlyOne,

    /// <summary>One or more of the groups are given.</summary>
    AtLeastOne,

    /// <summary>Not all of the members are given together.</summary>
    MutuallyExclusive,

    /// <summary>Where the first member is given, the second is too.</summary>
    Needs,

    /// <summary>The numbers of a list's elements add up to no more than a limit.</summary>
    MaxSum,

    /// <summary>The second number is greater than the first by at least a limit.</summary>
    MinDifference,

    /// <summary>Where a member has one of some values, further limits hold.</summary>
    When,
}

/// <summary>A constraint over several members of one object. Members are named by their wire names.</summary>
internal sealed record CrossFieldRule
{
    public required CrossFieldRuleKind Kind { get; init; }

    /// <summary>The members concerned, in the document's order.</summary>
    public EquatableArray<string> Members { get; init; } = EquatableArray<string>.Empty;

    /// <summary>For <see cref="CrossFieldRuleKind.ExactlyOne"/> and <see cref="CrossFieldRuleKind.AtLeastOne"/>: a group is given when all its
    /// members are.</summary>
    public EquatableArray<EquatableArray<string>> Groups { get; init; } = EquatableArray<EquatableArray<string>>.Empty;

    /// <summary>The limit of a sum or a difference, as written.</summary>
    public string? Limit { get; init; }

    /// <summary>The member of a list's elements that is added up.</summary>
    public PropertyModel? ElementMember { get; init; }

    public WhenModel? When { get; init; }

    /// <summary>The whole rule as one string.</summary>
    public string ToDigestText()
    {
        var text = new System.Text.StringBuilder().Append((int)Kind).Append('|').Append(Limit).Append('|').Append(ElementMember?.WireName);
        foreach (var member in Members) text.Append('|').Append(member);
        foreach (var group in Groups) text.Append("|(").Append(string.Join(",", group)).Append(')');
        if (When is not { } when) return text.ToString();
        text.Append("|if ").Append(when.Member).Append('=').Append(Texts(when.Values)).Append("|+").Append(string.Join(",", when.Required))
            .Append("|-")
            .Append(string.Join(",", when.Forbidden));
        foreach (var limit in when.Constraints) text.Append('|').Append(limit.Member).Append(limit.Type);
        return text.ToString();
    }

    private static string Texts(EquatableArray<EnumValueModel> values)
    {
        var text = "";
        foreach (var value in values) text += value.Wire + ",";
        return text;
    }
}

/// <summary>If <paramref name="Member"/> has one of <paramref name="Values"/>, then what follows holds.</summary>
/// <param name="Member">Wire name of the member asked.</param>
/// <param name="Values">Any of them makes the condition true.</param>
/// <param name="Required">Members that must then be given.</param>
/// <param name="Forbidden">Members that must then not be given.</param>
/// <param name="Limits">Limits that then hold.</param>
internal sealed record WhenModel(
    string Member,
    EquatableArray<EnumValueModel> Values,
    EquatableArray<string> Required,
    EquatableArray<string> Forbidden,
    EquatableArray<WhenConstraint> Constraints);

/// <param name="Member">Wire name.</param>
/// <param name="Type">The member's type under the condition, carrying only the limits that the condition adds.</param>
internal sealed record WhenConstraint(string Member, TypeUse Type);
