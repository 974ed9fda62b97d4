using System.Collections.Generic;
using System.Collections.Immutable;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers.Usage;

/// <summary>KLG204: the caller can be cancelled, and the call that waits for fal is not told.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TokenNotPassedAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageDescriptors.TokenNotPassed);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start => start.RegisterAction(Check, OperationKind.Invocation));
    }

    private static void Check(OperationAnalysisContext context, KnownSymbols known)
    {
        var call = (IInvocationOperation)context.Operation;

        // Who cancels a job has often been cancelled already, and would cancel nothing with that token.
        if (call.TargetMethod.Name == "CancelAsync" || !known.Owns(call.TargetMethod)) return;
        if (OmittedToken(call, known) is not { } parameter || TokenInScope(call, context.ContainingSymbol, known) is not { } token || IsCancelledOtherwise(call)) return;

        var properties = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Token, token).Add(DiagnosticProperties.Parameter, parameter.Name);
        context.ReportDiagnostic(Diagnostic.Create(UsageDescriptors.TokenNotPassed, NameOf(call), properties, token, call.TargetMethod.Name));
    }

    private static IParameterSymbol? OmittedToken(IInvocationOperation call, KnownSymbols known)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.DefaultValue, Parameter: { } parameter } && KnownSymbols.Same(parameter.Type, known.CancellationToken)) return parameter;
        }

        return null;
    }

    /// <summary>The token among the parameters of the function that makes the call, or of one around it. Two are a choice, and the choice is the user's.</summary>
    private static string? TokenInScope(IOperation operation, ISymbol container, KnownSymbols known)
    {
        for (var around = operation.Parent; around is not null; around = around.Parent)
        {
            var function = (around as IAnonymousFunctionOperation)?.Symbol ?? (around as ILocalFunctionOperation)?.Symbol;
            if (function is null) continue;
            var names = TokensOf(function, known);
            if (names.Count > 0) return names.Count == 1 ? names[0] : null;
            if (function.IsStatic) return null;
        }

        return container is IMethodSymbol method && TokensOf(method, known) is { Count: 1 } found ? found[0] : null;
    }

    private static List<string> TokensOf(IMethodSymbol method, KnownSymbols known)
    {
        var names = new List<string>();
        foreach (var parameter in method.Parameters)
        {
            if (KnownSymbols.Same(parameter.Type, known.CancellationToken) && parameter.RefKind != RefKind.Out && parameter.Name is not ("" or "_")) names.Add(parameter.Name);
        }

        return names;
    }

    /// <summary>The stream gets its token with <c>WithCancellation</c>, or the call cleans up after a failure, which may be the cancellation itself.</summary>
    private static bool IsCancelledOtherwise(IOperation call)
    {
        if (call.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "WithCancellation" } }) return true;
        for (var inner = call; inner.Parent is { } outer; inner = outer)
        {
            if (outer is ICatchClauseOperation || (outer is ITryOperation attempt && attempt.Finally == inner)) return true;
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation) return false;
        }

        return false;
    }

    private static Location NameOf(IInvocationOperation call)
        => call.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax { Expression: Microsoft.CodeAnalysis.CSharp.Syntax.MemberAccessExpressionSyntax member }
            ? member.Name.GetLocation()
            : call.Syntax.GetLocation();
}
