using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>Finds the property that a medium ends up in.</summary>
internal static class MediaMember
{
    /// <returns>Null where it cannot be seen, as behind a call that may make another medium of it.</returns>
    public static MemberConstraints? Find(IOperation medium, KnownSymbols known)
    {
        for (var outer = medium.Parent; outer is not null; outer = outer.Parent)
        {
            switch (outer)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { IsIndexer: false } property } }:
                    return known.Constraints.Get(property) is { Shape: ValueShape.Media } member ? member : null;
                case IBlockOperation or IAnonymousFunctionOperation:
                case IArgumentOperation { Parent: IInvocationOperation call } when call.Parent is not IObjectOrCollectionInitializerOperation:
                case IArgumentOperation { Parent: IObjectCreationOperation }:
                    return null;
            }
        }

        return null;
    }
}
