using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace KlingGen.Analyzers;

/// <summary>
/// Tells symbols apart as objects, at a fraction of what <see cref="SymbolEqualityComparer"/> costs. A compilation has one object for a definition; of what is made from definitions, like
/// <c>List&lt;int&gt;</c>, it may have many.
/// </summary>
internal sealed class SameInstance : IEqualityComparer<ISymbol>
{
    public static readonly SameInstance Comparer = new();

    private SameInstance()
    {
    }

    public bool Equals(ISymbol? x, ISymbol? y) => ReferenceEquals(x, y);

    public int GetHashCode(ISymbol obj) => RuntimeHelpers.GetHashCode(obj);
}
