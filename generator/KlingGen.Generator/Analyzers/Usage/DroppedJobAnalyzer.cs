using System.Collections.Immutable;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers.Usage;

/// <summary>KLG203: a job is submitted, and what could ask for its result is thrown away.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedJobAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageDescriptors.DroppedJob);

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
        if (call.TargetMethod.Name != "SubmitAsync" || !known.Owns(call.TargetMethod)) return;
        if (!JobUse.IsDropped(call, context.ContainingSymbol) || MayHaveWebhook(call, known) || TestDoubles.IsExpectation(call)) return;
        context.ReportDiagnostic(Diagnostic.Create(UsageDescriptors.DroppedJob, call.Syntax.GetLocation()));
    }

    /// <summary>With a webhook the result comes by itself; options whose making is not in sight may hold one.</summary>
    private static bool MayHaveWebhook(IInvocationOperation call, KnownSymbols known)
    {
        foreach (var argument in call.Arguments)
        {
            if (!KnownSymbols.Same(argument.Parameter?.Type, known.SubmitOptions) || argument.ArgumentKind == ArgumentKind.DefaultValue) continue;
            var value = argument.Value;
            while (value is IConversionOperation conversion) value = conversion.Operand;
            if (value.ConstantValue is { HasValue: true, Value: null }) continue;
            if (value is not IObjectCreationOperation creation) return true;
            if (creation.Initializer is null) continue;
            foreach (var member in creation.Initializer.Initializers)
            {
                if (member is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Webhook" } }) return true;
            }
        }

        return false;
    }
}
