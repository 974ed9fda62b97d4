using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers.Usage;

/// <summary>Whether a client that was made here can still be in use when the code around it has ended.</summary>
internal static class ClientUse
{
    /// <summary>It is disposed here, or only ever called upon.</summary>
    public static bool StaysInPlace(IOperation client)
    {
        var value = Outermost(client);
        switch (value.Parent)
        {
            case IUsingOperation:
                return true;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                return declarator.Parent?.Parent?.Parent is IUsingDeclarationOperation or IUsingOperation || IsOnlyCalledUpon(declarator);
            default:
                return IsCalledUpon(value);
        }
    }

    private static bool IsOnlyCalledUpon(IVariableDeclaratorOperation declarator)
    {
        IOperation root = declarator;
        while (root.Parent is { } parent) root = parent;
        return root.Descendants()
            .Where(operation => operation is ILocalReferenceOperation reference && KnownSymbols.Same(reference.Local, declarator.Symbol))
            .All(static reference => IsCalledUpon(Outermost(reference)));
    }

    /// <summary>A member of it is used, or a method that extends it, as the ones that lead to the endpoints.</summary>
    private static bool IsCalledUpon(IOperation value) => value.Parent switch
    {
        IInvocationOperation call => call.Instance == value,
        IPropertyReferenceOperation property => property.Instance == value,
        IArgumentOperation { Parameter: { Ordinal: 0, ContainingSymbol: IMethodSymbol { IsExtensionMethod: true } } } => true,
        _ => false,
    };

    private static IOperation Outermost(IOperation value)
    {
        while (value.Parent is IConversionOperation or IParenthesizedOperation) value = value.Parent;
        return value;
    }
}
