using System.Collections.Concurrent;
using KlingGen.Naming;
using Microsoft.CodeAnalysis;

namespace KlingGen.Analyzers;

/// <summary>Constraint cache of one compilation: what emitted properties and types declare in their attributes.</summary>
internal sealed class ConstraintCache(KnownSymbols known)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, CheckedType?> _types = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, EnumValues?> _enums = new(SymbolEqualityComparer.Default);

    /// <returns>Null for a type that is not emitted, and for types of results, which are only read and never checked.</returns>
    public CheckedType? TypeOf(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } named) return null;
        return _types.TryGetValue(named, out var found) ? found : _types.GetOrAdd(named, HasCheck(named) ? new CheckedType(named, known) : null);
    }

    /// <returns>Null for a member whose type is not checked.</returns>
    public MemberConstraints? Get(IPropertySymbol property) => TypeOf(property.ContainingType)?.Member(property);

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

    private bool HasCheck(INamedTypeSymbol type)
    {
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
