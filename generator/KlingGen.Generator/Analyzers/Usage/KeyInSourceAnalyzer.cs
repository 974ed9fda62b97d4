using System.Collections.Immutable;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers.Usage;

/// <summary>KLG201: a fal key that stands in source and is handed to the runtime, or to the environment for it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyInSourceAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageDescriptors.KeyInSource);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            start.RegisterAction(CheckArgument, OperationKind.Argument);
            start.RegisterAction(CheckAssignment, OperationKind.SimpleAssignment, OperationKind.CoalesceAssignment);
        });
    }

    private static void CheckArgument(OperationAnalysisContext context, KnownSymbols known)
    {
        var argument = (IArgumentOperation)context.Operation;
        if (argument.Parameter is not { ContainingSymbol: IMethodSymbol method } parameter || parameter.Type.SpecialType != SpecialType.System_String) return;
        if (known.Owns(method) || SetsOurVariable(argument, method)) Check(context, argument.Value);
    }

    private static void CheckAssignment(OperationAnalysisContext context, KnownSymbols known)
    {
        var assignment = (IAssignmentOperation)context.Operation;
        if (assignment.Target is IPropertyReferenceOperation { Property: { Type.SpecialType: SpecialType.System_String } property } && known.Owns(property)) Check(context, assignment.Value);
    }

    private static void Check(OperationAnalysisContext context, IOperation value)
    {
        switch (value)
        {
            case IConversionOperation conversion:
                Check(context, conversion.Operand);
                return;
            case ICoalesceOperation choice:
                Check(context, choice.Value);
                Check(context, choice.WhenNull);
                return;
            case IConditionalOperation { WhenFalse: { } otherwise } choice:
                Check(context, choice.WhenTrue);
                Check(context, otherwise);
                return;
        }

        if (Text(value) is { } text && KeyShape.Matches(text)) context.ReportDiagnostic(Diagnostic.Create(UsageDescriptors.KeyInSource, value.Syntax.GetLocation()));
    }

    /// <summary>A constant, or what a variable or a field is declared with; the key stands in source there all the same.</summary>
    private static string? Text(IOperation value)
    {
        if (value.ConstantValue is { HasValue: true, Value: string constant }) return constant;
        ISymbol? symbol = value switch
        {
            ILocalReferenceOperation local => local.Local,
            IFieldReferenceOperation field => field.Field,
            _ => null,
        };
        if (symbol is not { DeclaringSyntaxReferences: { Length: 1 } references }) return null;
        return references[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax literal } ? literal.Token.Value as string : null;
    }

    private static bool SetsOurVariable(IArgumentOperation argument, IMethodSymbol method)
        => method is { Name: "SetEnvironmentVariable", ContainingType: { Name: "Environment", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } }
            && argument.Parent is IInvocationOperation call
            && call.Arguments.Length >= 2
            && call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: "FAL_KEY" };
}
