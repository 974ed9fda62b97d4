using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>
/// The assignments in an object initializer, a <c>with</c> or a statement. An action for these costs far less than one for every assignment: an
/// object has many members, and most objects are of other types.
/// </summary>
internal static class MemberAssignments
{
    public static readonly OperationKind[] Kinds =
        [OperationKind.ObjectCreation, OperationKind.MemberInitializer, OperationKind.With, OperationKind.ExpressionStatement];

    /// <summary>The type whose members are assigned; null if the operation assigns none.</summary>
    public static ITypeSymbol? TypeOf(IOperation operation) => operation switch
    {
        IExpressionStatementOperation { Operation: IAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } }
            => property.ContainingType,
        IExpressionStatementOperation => null,
        IMemberInitializerOperation member => member.InitializedMember.Type,
        _ => operation.Type,
    };

    /// <summary>Assignments, and other parts of initializers such as calls of <c>Add</c>.</summary>
    public static ImmutableArray<IOperation> In(IOperation operation) => operation switch
    {
        IObjectCreationOperation { Initializer: { } initializer } => initializer.Initializers,
        IMemberInitializerOperation { Initializer: { } initializer } => initializer.Initializers,
        IWithOperation { Initializer: { } initializer } => initializer.Initializers,
        IExpressionStatementOperation { Operation: IAssignmentOperation assignment } => ImmutableArray.Create<IOperation>(assignment),
        _ => ImmutableArray<IOperation>.Empty,
    };
}
