using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers.Usage;

/// <summary>Whether a client gets other settings each time that it is made: a key of this request is a reason for a client of its own.</summary>
internal static class ClientSettings
{
    /// <param name="creation">The client.</param>
    /// <param name="scope">The part of the code that runs again.</param>
    public static bool Vary(IObjectCreationOperation creation, IOperation scope) => creation.ChildOperations.Any(child => Varies(child, scope));

    private static bool Varies(IOperation operation, IOperation scope)
    {
        // Configuration and options are the same for the whole program, however they are reached.
        if (IsSettings(operation.Type)) return false;
        return operation switch
        {
            ILocalReferenceOperation local => IsFrom(local.Local, scope) || IsWrittenIn(local.Local, scope),
            IParameterReferenceOperation parameter
                => scope is not (ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation) || IsFrom(parameter.Parameter, scope),

            // The members of an object that is made per request, and a call whose result is not known, may be different each time.
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => scope is not ILoopOperation,

            // An ambient context, like Tenant.Current.
            IPropertyReferenceOperation { Property: { IsStatic: true, Name: "Current" } } => true,
            IInvocationOperation call => !IsSteady(call.TargetMethod) || call.ChildOperations.Any(child => Varies(child, scope)),
            _ => operation.ChildOperations.Any(child => Varies(child, scope)),
        };
    }

    private static bool IsSettings(ITypeSymbol? type)
        => type is { Name: "IConfiguration" or "IConfigurationRoot" or "ConfigurationManager" or "IConfigurationSection" or "IOptions" };

    private static bool IsSteady(IMethodSymbol method)
        => method.ContainingType is { Name: "Environment" or "String" or "TimeSpan" or "ConfigurationBinder" or "ConfigurationExtensions" };

    private static bool IsFrom(ISymbol symbol, IOperation scope)
        => symbol.DeclaringSyntaxReferences.Any(declaration => declaration.SyntaxTree == scope.Syntax.SyntaxTree
            && scope.Syntax.Span.Contains(declaration.Span));

    private static bool IsWrittenIn(ILocalSymbol local, IOperation scope)
        => scope.Descendants().Any(operation => operation switch
        {
            IAssignmentOperation assignment => assignment.Target is ILocalReferenceOperation target && KnownSymbols.Same(target.Local, local),
            IArgumentOperation { Parameter.RefKind: not RefKind.None } argument
                => argument.Value is ILocalReferenceOperation target && KnownSymbols.Same(target.Local, local),
            _ => false,
        });
}
