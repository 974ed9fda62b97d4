using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers.Usage;

/// <summary>
/// KLG201: a fal key in source code that is passed to the runtime, or to its environment variable. KLG206: any key in an app that runs in a
/// browser.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyInSourceAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }
        = ImmutableArray.Create(UsageDescriptors.KeyInSource, UsageDescriptors.KeyInBrowser);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var browser = new Lazy<bool>(() => BrowserProject.Is(start.Compilation, start.Options.AnalyzerConfigOptionsProvider.GlobalOptions));
            start.RegisterAction((operation, known) => CheckArgument(operation, known, browser), OperationKind.Argument);
            start.RegisterAction((operation, known) => CheckAssignments(operation, known, browser), MemberAssignments.Kinds);
        });
    }

    private static void CheckArgument(OperationAnalysisContext context, KnownSymbols known, Lazy<bool> browser)
    {
        var argument = (IArgumentOperation)context.Operation;
        if (argument.Parameter is not { ContainingSymbol: IMethodSymbol method } parameter || parameter.Type.SpecialType != SpecialType.System_String)
            return;

        // The value of an argument may be an assignment, which is no statement and has no initializer: `Use(options.Key = "…")`.
        if (argument.Value is IAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } assignment
            && known.Owns(property.ContainingType))
        {
            CheckAssignment(context, assignment, browser);
            return;
        }

        var isOurVariable = SetsOurVariable(argument, method);
        if (!isOurVariable && !known.Owns(method)) return;
        var isKey = isOurVariable || (method.MethodKind == MethodKind.Constructor && parameter.Name == "key"
            && KnownSymbols.Same(method.ContainingType, known.Client));
        Check(context, argument.Value, isKey && browser.Value);
    }

    private static void CheckAssignments(OperationAnalysisContext context, KnownSymbols known, Lazy<bool> browser)
    {
        if (MemberAssignments.TypeOf(context.Operation) is not { } type || !known.Owns(type)) return;
        foreach (var part in MemberAssignments.In(context.Operation))
        {
            if (part is IAssignmentOperation assignment) CheckAssignment(context, assignment, browser);
        }
    }

    private static void CheckAssignment(OperationAnalysisContext context, IAssignmentOperation assignment, Lazy<bool> browser)
    {
        if (assignment is ISimpleAssignmentOperation or ICoalesceAssignmentOperation
            && assignment.Target is IPropertyReferenceOperation { Property: { Type.SpecialType: SpecialType.System_String } property })
            Check(context, assignment.Value, property.Name == "Key" && browser.Value);
    }

    private static void Check(OperationAnalysisContext context, IOperation value, bool isInBrowser)
    {
        if (!isInBrowser)
        {
            CheckText(context, value);
            return;
        }

        while (value is IConversionOperation conversion) value = conversion.Operand;
        if (value is IDefaultValueOperation || value.ConstantValue is { HasValue: true, Value: null or "" } || value.IsImplicit) return;
        context.ReportDiagnostic(Diagnostic.Create(UsageDescriptors.KeyInBrowser, value.Syntax.GetLocation()));
    }

    private static void CheckText(OperationAnalysisContext context, IOperation value)
    {
        while (value is IConversionOperation { ConstantValue.HasValue: false } or ISimpleAssignmentOperation)
            value = value is IConversionOperation conversion ? conversion.Operand : ((ISimpleAssignmentOperation)value).Value;
        foreach (var arm in ValueArms.Split(value)) CheckText(context, arm);

        // The default value of an omitted argument is in the declaration, which reports it where it is used.
        if (value.IsImplicit) return;
        if (value.ConstantValue is { HasValue: true, Value: string constant })
        {
            if (KeyShape.Matches(constant)) Report(context, value, SymbolValue.WrittenAt(value));
        }
        else if (WrittenKey(Declared(value)) is { } literal)
        {
            Report(context, value, literal.GetLocation());
        }
    }

    private static void Report(OperationAnalysisContext context, IOperation value, Location? written)
    {
        IEnumerable<Location> others = written is null ? [] : [written];
        context.ReportDiagnostic(Diagnostic.Create(UsageDescriptors.KeyInSource, value.Syntax.GetLocation(), others));
    }

    /// <summary>The initializer of a symbol. Later assignments do not matter: the key is in the source code.</summary>
    private static SyntaxNode? Declared(IOperation value)
    {
        ISymbol? symbol = value switch
        {
            ILocalReferenceOperation local => local.Local,
            IFieldReferenceOperation field => field.Field,
            IPropertyReferenceOperation property => property.Property,
            IParameterReferenceOperation { Parameter.HasExplicitDefaultValue: true } parameter => parameter.Parameter,
            _ => null,
        };
        if (symbol is not { DeclaringSyntaxReferences: [var reference] }) return null;
        return reference.GetSyntax() switch
        {
            VariableDeclaratorSyntax { Initializer: { } initializer } => initializer.Value,
            PropertyDeclarationSyntax { Initializer: { } initializer } => initializer.Value,
            PropertyDeclarationSyntax { ExpressionBody: { } arrow } => arrow.Expression,
            PropertyDeclarationSyntax { AccessorList: { } accessors } => accessors,
            ParameterSyntax { Default: { } fallback } => fallback.Value,
            _ => null,
        };
    }

    private static SyntaxNode? WrittenKey(SyntaxNode? declaration)
    {
        if (declaration is null) return null;
        foreach (var node in declaration.DescendantNodesAndSelf())
        {
            if (node is LiteralExpressionSyntax { Token.Value: string text } && KeyShape.Matches(text)) return node;
        }

        return null;
    }

    private static bool SetsOurVariable(IArgumentOperation argument, IMethodSymbol method)
        => argument.Parameter?.Ordinal == 1
            && method is
            {
                Name: "SetEnvironmentVariable",
                ContainingType: { Name: "Environment", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
            }
            && argument.Parent is IInvocationOperation call
            && call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: "FAL_KEY" };
}
