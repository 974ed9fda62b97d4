using System;
using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace KlingGen.Analyzers;

/// <summary>An emitted type that checks its values at run time: what its attributes declare, read at the first use.</summary>
internal sealed class CheckedType(INamedTypeSymbol type, KnownSymbols known)
{
    private readonly ConcurrentDictionary<string, MemberConstraints> _members = new(StringComparer.Ordinal);
    private readonly Lazy<TypeRules?> _rules = new(() => TypeRules.Read(type, known));

    /// <summary>Null for a type without rules over several members.</summary>
    public TypeRules? Rules => _rules.Value;

    public MemberConstraints Member(IPropertySymbol property)
        => _members.TryGetValue(property.Name, out var member) ? member : _members.GetOrAdd(property.Name, MemberConstraints.Read(property, known));
}
