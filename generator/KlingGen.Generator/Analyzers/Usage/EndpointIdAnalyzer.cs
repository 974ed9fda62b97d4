using System.Collections.Immutable;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers.Usage;

/// <summary>KLG205: a string that is no endpoint id where the runtime parses one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EndpointIdAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageDescriptors.InvalidEndpointId);

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
        if (call.Arguments.Length == 0 || !IsParser(call.TargetMethod) || !known.Owns(call.TargetMethod)) return;
        WrittenValue.Visit(call.Arguments[0].Value, (value, written) =>
        {
            if (value is not string text || EndpointIdText.ProblemOf(text) is not { } problem) return;
            context.ReportDiagnostic(Diagnostic.Create(
                UsageDescriptors.InvalidEndpointId, written.Place.GetLocation(), written.AdditionalLocations, EndpointIdText.Shown(text), problem));
        });
    }

    private static bool IsParser(IMethodSymbol method) => method switch
    {
        { Name: "Endpoint", ContainingType.Name: "FalClient" } => true,
        { Name: "Parse", ContainingType.Name: "FalEndpointId" } => true,
        _ => false,
    };
}
