using System.Collections.Immutable;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers.Usage;

/// <summary>KLG204: a cancellation token is in scope, and the call that waits for fal does not get it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TokenNotPassedAnalyzer : DiagnosticAnalyzer
{
    internal const string Id = "KLG204";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageDescriptors.TokenNotPassed);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start => start.RegisterAction(Check, OperationKind.Invocation));
    }

    /// <summary>
    /// The token that the call should get, and the parameter for it. The suppressor uses it too, so that CA2016 does not report the same.
    /// </summary>
    /// <returns>Null if nothing is reported.</returns>
    internal static (string Token, IParameterSymbol Parameter)? Find(IInvocationOperation call, ISymbol container, KnownSymbols known)
    {
        // A cancellation usually runs because the token is cancelled already: with it, the call would cancel nothing.
        if (call.TargetMethod.Name == "CancelAsync" || !known.Owns(call.TargetMethod)) return null;
        if (OmittedToken(call, known) is not { } parameter || IsCancelledOtherwise(call)) return null;
        return TokenScope.Find(call, container, known) is { } token ? (token, parameter) : null;
    }

    private static void Check(OperationAnalysisContext context, KnownSymbols known)
    {
        var call = (IInvocationOperation)context.Operation;
        if (Find(call, context.ContainingSymbol, known) is not var (token, parameter)) return;
        var properties = ImmutableDictionary<string, string?>.Empty
            .Add(DiagnosticProperties.Token, token)
            .Add(DiagnosticProperties.Parameter, parameter.Name);
        context.ReportDiagnostic(Diagnostic.Create(UsageDescriptors.TokenNotPassed, NameOf(call), properties, token, call.TargetMethod.Name));
    }

    private static IParameterSymbol? OmittedToken(IInvocationOperation call, KnownSymbols known)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.DefaultValue, Parameter: { } parameter }
                && KnownSymbols.Same(parameter.Type, known.CancellationToken))
                return parameter;
        }

        return null;
    }

    /// <summary>
    /// The stream gets its token with <c>WithCancellation</c>, or the call cleans up after a failure, which may be the
    /// cancellation itself.
    /// </summary>
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

    private static Location NameOf(IInvocationOperation call) => call.Syntax is InvocationExpressionSyntax { Expression: var target }
        ? target switch
        {
            MemberAccessExpressionSyntax member => member.Name.GetLocation(),
            MemberBindingExpressionSyntax member => member.Name.GetLocation(),
            _ => call.Syntax.GetLocation(),
        }
        : call.Syntax.GetLocation();
}
