using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers.Usage;

/// <summary>
/// Follows a submitted job to where it ends: as a statement, in a local that nothing reads, in a discarded task, in a method that returns it as
/// a plain
/// <c>Task</c>, or in a <c>Task.WhenAll</c> whose results nothing takes.
/// </summary>
internal static class JobUse
{
    private const int DeepestChain = 12;

    /// <param name="submit">The call.</param>
    /// <param name="container">The member that contains the call.</param>
    public static bool IsDropped(IOperation submit, ISymbol container) => IsDropped(submit, container, isAwaited: false, 0);

    private static bool IsDropped(IOperation value, ISymbol container, bool isAwaited, int depth)
    {
        for (; depth < DeepestChain; depth++)
        {
            switch (value.Parent)
            {
                case IExpressionStatementOperation:
                    return true;

                // `_ = await` discards the job explicitly; without `await` it only suppresses a warning.
                case ISimpleAssignmentOperation { Target: IDiscardOperation }:
                    return !isAwaited;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return References(declarator).All(reference => IsDropped(reference, container, isAwaited: true, depth + 1));
                case IAwaitOperation wait:
                    (value, isAwaited) = (wait, true);
                    break;
                case IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation or ISwitchExpressionArmOperation
                    or ISwitchExpressionOperation:
                    value = value.Parent;
                    break;
                case IConditionalOperation choice when choice.Condition != value:
                    value = choice;
                    break;
                case IInvocationOperation
                {
                    TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "GetResult" or "Wait"
                    or "WaitAsync"
                } wait when wait.Instance == value:
                    (value, isAwaited) = (wait, true);
                    break;
                case IReturnOperation when Function(value) is IAnonymousFunctionOperation lambda:
                    if (Projection(lambda) is not { } sequence) return false;
                    value = sequence;
                    break;
                case IReturnOperation:
                    return ReturnsPlainTask(value, container);
                default:
                    if (Gathering(value) is not { } all) return false;
                    value = all;
                    break;
            }
        }

        return false;
    }

    private static IEnumerable<IOperation> References(IVariableDeclaratorOperation declarator)
    {
        IOperation root = declarator;
        while (root.Parent is { } parent) root = parent;
        return root.Descendants().Where(operation => operation is ILocalReferenceOperation reference
            && KnownSymbols.Same(reference.Local, declarator.Symbol));
    }

    private static IOperation? Function(IOperation operation)
    {
        for (var outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation) return outer;
        }

        return null;
    }

    /// <summary>The sequence of tasks that <c>Select</c> makes with a lambda.</summary>
    private static IInvocationOperation? Projection(IAnonymousFunctionOperation lambda)
    {
        IOperation value = lambda;
        while (value.Parent is IDelegateCreationOperation or IConversionOperation) value = value.Parent;
        return value.Parent is IArgumentOperation
        {
            Parent: IInvocationOperation
            {
                TargetMethod:
                {
                    Name: "Select",
                    ContainingType.Name: "Enumerable"
                }
            } select
        }
            ? select
            : null;
    }

    /// <summary>A call that gathers tasks and hands them on: into a list, or until all are done.</summary>
    private static IInvocationOperation? Gathering(IOperation value)
    {
        var outer = value.Parent;

        // Tasks may be listed as params, in an array or in a collection expression.
        while (outer is IArrayInitializerOperation or IArrayCreationOperation or IConversionOperation
            || outer is { IsImplicit: true } and not IArgumentOperation
            || outer?.Syntax is CollectionExpressionSyntax)
            outer = outer.Parent;
        if (outer is not IArgumentOperation { Parent: IInvocationOperation call }) return null;
        return call.TargetMethod switch
        {
            { Name: "ToArray" or "ToList" or "AsEnumerable", ContainingType.Name: "Enumerable" } => call,
            { Name: "WhenAll" or "WaitAll", ContainingType.Name: "Task" } => call,
            _ => null,
        };
    }

    /// <summary>A caller of a method that returns <c>Task</c> cannot get at the job.</summary>
    private static bool ReturnsPlainTask(IOperation value, ISymbol container)
    {
        var method = Function(value) is ILocalFunctionOperation local ? local.Symbol : container as IMethodSymbol;
        return method is { IsAsync: false, ReturnType: INamedTypeSymbol { Name: "Task", IsGenericType: false, ContainingNamespace.Name: "Tasks" } };
    }
}
