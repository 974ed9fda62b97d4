using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using CrossFieldRuleKind = KlingGen.Model.CrossFieldRuleKind;

namespace KlingGen.Analyzers;

/// <summary>Members that count as one: given when all of them are.</summary>
internal sealed record MemberGroup(ImmutableArray<IPropertySymbol> Members, string WireName);

/// <summary>A rule over several members of a type.</summary>
internal sealed record TypeRule(CrossFieldRuleKind Kind, ImmutableArray<MemberGroup> Groups, double Limit, string? ElementMember);

/// <summary>What holds where a member has one of some values.</summary>
internal sealed record TypeCondition(
    IPropertySymbol Member,
    string WireName,
    ImmutableHashSet<string> Words,
    ImmutableArray<MemberGroup> Required,
    ImmutableArray<MemberGroup> Forbidden);

/// <summary>The number of elements of a list where a member has one of some values.</summary>
internal sealed record TypeCount(MemberGroup List, int Minimum, int Maximum, IPropertySymbol Member, ImmutableHashSet<string> Words);

/// <summary>Every rule of an emitted type, read from its attributes.</summary>
internal sealed class TypeRules
{
    private static readonly string[] Plus = [" + "];

    private readonly INamedTypeSymbol _type;
    private readonly KnownSymbols _known;
    private readonly List<TypeRule> _rules = new();
    private readonly List<TypeCondition> _conditions = new();
    private readonly List<TypeCount> _counts = new();

    private TypeRules(INamedTypeSymbol type, KnownSymbols known)
    {
        _type = type;
        _known = known;
    }

    public IReadOnlyList<TypeRule> Rules => _rules;

    public IReadOnlyList<TypeCondition> Conditions => _conditions;

    public IReadOnlyList<TypeCount> Counts => _counts;

    /// <returns>Null for a type without rules.</returns>
    public static TypeRules? Read(INamedTypeSymbol type, KnownSymbols known)
    {
        var rules = new TypeRules(type, known);
        foreach (var attribute in type.GetAttributes())
        {
            if (KnownSymbols.Same(attribute.AttributeClass, known.Rule)) rules.ReadRule(attribute);
            else if (KnownSymbols.Same(attribute.AttributeClass, known.When)) rules.ReadCondition(attribute);
            else if (KnownSymbols.Same(attribute.AttributeClass, known.CountWhen)) rules.ReadCount(attribute);
        }

        return rules._rules.Count + rules._conditions.Count + rules._counts.Count == 0 ? null : rules;
    }

    private void ReadRule(AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [var first, { Kind: TypedConstantKind.Array } names]) return;

        // The enum is read by its names: its numbers belong to the runtime that the user's project references.
        if (!Enum.TryParse<CrossFieldRuleKind>(MemberConstraints.NameOf(first), out var kind)) return;
        var limit = MemberConstraints.Named(attribute, "Limit") is double most ? most : 0;
        var texts = Texts(names);
        if (kind != CrossFieldRuleKind.MaxSum)
        {
            var isList = kind is CrossFieldRuleKind.ExactlyOne or CrossFieldRuleKind.AtLeastOne;
            if (Groups(texts) is { IsDefault: false } groups && (isList || groups.Length == 2)) _rules.Add(new TypeRule(kind, groups, limit, null));
        }
        else if (texts.Length == 2 && Groups(texts.RemoveAt(1)) is { IsDefault: false } list)
        {
            _rules.Add(new TypeRule(kind, list, limit, texts[1]));
        }
    }

    private void ReadCondition(AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Value: string name }, { Kind: TypedConstantKind.Array } words]
            || Groups(ImmutableArray.Create(name)) is not { IsDefault: false } asked) return;
        var required = Groups(Texts(attribute, "Required"));
        var forbidden = Groups(Texts(attribute, "Forbidden"));
        if (required.IsDefault || forbidden.IsDefault) return;
        _conditions.Add(
            new TypeCondition(asked[0].Members[0], asked[0].WireName, Texts(words).ToImmutableHashSet(StringComparer.Ordinal), required, forbidden));
    }

    private void ReadCount(AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not
            [{ Value: string list }, { Value: int minimum }, { Value: int maximum }, { Value: string name },
            { Kind: TypedConstantKind.Array } words]) return;
        if (Groups(ImmutableArray.Create(list, name)) is not { IsDefault: false } groups) return;
        _counts.Add(new TypeCount(groups[0], minimum, maximum, groups[1].Members[0], Texts(words).ToImmutableHashSet(StringComparer.Ordinal)));
    }

    /// <returns>Default if a name is none of the type's members: what the rule means is then not known.</returns>
    private ImmutableArray<MemberGroup> Groups(ImmutableArray<string> names)
    {
        var groups = ImmutableArray.CreateBuilder<MemberGroup>(names.Length);
        foreach (var name in names)
        {
            var members = ImmutableArray.CreateBuilder<IPropertySymbol>(1);
            var wireNames = new List<string>();
            foreach (var part in name.Split(Plus, StringSplitOptions.None))
            {
                if (Find(_type, part) is not { } property) return default;
                members.Add(property);
                wireNames.Add(_known.Constraints.WireNameOf(property));
            }

            groups.Add(new MemberGroup(members.ToImmutable(), string.Join(" + ", wireNames)));
        }

        return groups.ToImmutable();
    }

    public static IPropertySymbol? Find(INamedTypeSymbol type, string name)
    {
        foreach (var member in type.GetMembers(name))
        {
            if (member is IPropertySymbol property) return property;
        }

        return null;
    }

    private static ImmutableArray<string> Texts(TypedConstant array)
    {
        var texts = ImmutableArray.CreateBuilder<string>(array.Values.Length);
        foreach (var value in array.Values) texts.Add(value.Value as string ?? "");
        return texts.ToImmutable();
    }

    private static ImmutableArray<string> Texts(AttributeData attribute, string name)
    {
        foreach (var pair in attribute.NamedArguments)
        {
            if (pair.Key == name && pair.Value.Kind == TypedConstantKind.Array) return Texts(pair.Value);
        }

        return ImmutableArray<string>.Empty;
    }
}
