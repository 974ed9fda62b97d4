using System;
using System.Collections.Immutable;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers.Usage;

/// <summary>KLG202: a client that is made anew for every round of a loop or every request, and thrown away again.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClientPerCallAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageDescriptors.ClientPerCall);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var handlers = new Lazy<RequestHandlers>(() => new RequestHandlers(start.Compilation));
            start.RegisterAction((operation, known) => Check(operation, known, handlers), OperationKind.ObjectCreation);
        });
    }

    private static void Check(OperationAnalysisContext context, KnownSymbols known, Lazy<RequestHandlers> handlers)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!KnownSymbols.Same(creation.Type, known.Client) || !ClientUse.StaysInPlace(creation)) return;
        if (Repetition(creation, context.ContainingSymbol, handlers.Value) is not { } each || DependsOn(creation, each.Scope)) return;
        context.ReportDiagnostic(Diagnostic.Create(UsageDescriptors.ClientPerCall, creation.Syntax.GetLocation(), each.Words));
    }

    /// <summary>What makes the client anew, and the part of the code that runs anew. Functions that somebody else calls, who knows how often, end the search.</summary>
    private static (string Words, IOperation Scope)? Repetition(IOperation creation, ISymbol container, RequestHandlers handlers)
    {
        var inner = creation;
        for (; inner.Parent is { } outer; inner = outer)
        {
            switch (outer)
            {
                case IForLoopOperation round when !round.Before.Contains(inner):
                case IForEachLoopOperation each when each.Collection != inner:
                case IWhileLoopOperation:
                    return ("round of the loop", outer);
                case IAnonymousFunctionOperation function:
                    return handlers.Repeats(function) is { } words ? (words, function) : null;
                case ILocalFunctionOperation:
                    return null;
            }
        }

        return container is IMethodSymbol method && handlers.Handles(method) ? ("request", inner) : null;
    }

    /// <summary>A client for the key of this round or this request is another client each time.</summary>
    private static bool DependsOn(IObjectCreationOperation creation, IOperation scope)
    {
        foreach (var operation in creation.Descendants())
        {
            ISymbol? symbol = operation switch
            {
                ILocalReferenceOperation local => local.Local,
                IParameterReferenceOperation parameter => parameter.Parameter,
                _ => null,
            };
            if (symbol is null) continue;

            // The operation of a method is its body, outside of which its parameters stand.
            if (symbol is IParameterSymbol && scope is not (ILoopOperation or IAnonymousFunctionOperation)) return true;
            foreach (var declaration in symbol.DeclaringSyntaxReferences)
            {
                if (declaration.SyntaxTree == scope.Syntax.SyntaxTree && scope.Syntax.Span.Contains(declaration.Span)) return true;
            }
        }

        return false;
    }
}
