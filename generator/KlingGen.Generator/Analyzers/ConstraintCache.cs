using System.Collections.Concurrent;
using KlingGen.Naming;
using Microsoft.CodeAnalysis;

namespace KlingGen.Analyzers;

/// <summary>Constraint cache of one compilation: what emitted properties and types declare in their attributes.</summary>
internal sealed class ConstraintCache(KnownSymbols known)
{
    private readonly ConcurrentDictionary<IPropertySymbol, MemberConstraints?> _members = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _types = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, TypeRules?> _rules = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, EnumValues?> _enums = new(SymbolEqualityComparer.Default);

    /// <returns>Null for a member that is not ours, or whose type is only read and so never checked.</returns>
    public MemberConstraints? Get(IPropertySymbol property)
        => _members.TryGetValue(property, out var limits) ? limits : OfDefinition(property.OriginalDefinition);

    /// <summary>Whether the type is an emitted one that checks its values at run time. Types of results have no check.</summary>
    public bool IsChecked(INamedTypeSymbol? type)
        => type is not null && (_types.TryGetValue(type, out var isChecked) ? isChecked : _types.GetOrAdd(type, HasCheck(type)));

    /// <returns>Null for a type that is not ours or has no rules.</returns>
    public TypeRules? RulesOf(INamedTypeSymbol type)
        => _rules.TryGetValue(type, out var rules) ? rules : _rules.GetOrAdd(type, TypeRules.Read(type, known));

    /// <returns>Null for a type that is no set of named values.</returns>
    public EnumValues? EnumOf(INamedTypeSymbol type)
        => _enums.TryGetValue(type, out var values) ? values : _enums.GetOrAdd(type, EnumValues.Read(type, known));

    /// <summary>The name on the wire of a member or of an enum's value.</summary>
    public string WireNameOf(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (KnownSymbols.Same(attribute.AttributeClass, known.Name) && attribute.ConstructorArguments is [{ Value: string name }]) return name;
        }

        return IdentifierWords.Snake(symbol.Name);
    }

    private MemberConstraints? OfDefinition(IPropertySymbol property)
        => _members.TryGetValue(property, out var limits) ? limits
            : _members.GetOrAdd(property, IsChecked(property.ContainingType) ? MemberConstraints.Read(property, known) : null);

    private bool HasCheck(INamedTypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Class) return false;
        foreach (var face in type.Interfaces)
        {
            if (!KnownSymbols.Same(face.OriginalDefinition, known.FalObject)) continue;
            foreach (var check in face.GetMembers("Check"))
            {
                if (type.FindImplementationForInterfaceMember(check) is { } own && KnownSymbols.Same(own.ContainingType, type)) return true;
            }
        }

        return false;
    }
}
