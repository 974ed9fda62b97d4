using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers.Usage;

/// <summary>
/// Suppresses diagnostics of other analyzers on user code that only emitted code causes. Diagnostics with
/// reason stays, and emitted files need none of it: they are marked as generated.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EmittedCodeSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor UnnamedValue = new(
        "KLG301", "CS8524", "An emitted enum has the values of its document and no others: the check before sending refuses any other number, so "
            + "a switch over all names is complete");

    private static readonly SuppressionDescriptor PartOfEmittedType = new(
        "KLG302", "CA1707", "The name comes from the endpoint's path; a part of the type that the user adds cannot have another");

    private static readonly SuppressionDescriptor TextIsMeant = new(
        "KLG303", "CA2234", "FalMedia.FromUrl takes a text on purpose: data URIs are no matter for System.Uri");

    private static readonly SuppressionDescriptor TokenSaidAlready = new(
        "KLG304", "CA2016", "KLG204 reports the same call, and knows which calls are better off without the token");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; }
        = ImmutableArray.Create(UnnamedValue, PartOfEmittedType, TextIsMeant, TokenSaidAlready);

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        if (KnownSymbols.ForCompilation(context.Compilation) is not { } known) return;
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree) continue;
            var suppression = SupportedSuppressions.First(candidate => candidate.SuppressedDiagnosticId == diagnostic.Id);
            var node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (IsOurs(suppression, node, context.GetSemanticModel(tree), known))
                context.ReportSuppression(Suppression.Create(suppression, diagnostic));
        }
    }

    private static bool IsOurs(SuppressionDescriptor suppression, SyntaxNode node, SemanticModel model, KnownSymbols known)
    {
        if (suppression == UnnamedValue)
        {
            return node.FirstAncestorOrSelf<SwitchExpressionSyntax>() is { } choice
                && MemberConstraints.WithoutNull(model.GetTypeInfo(choice.GoverningExpression).Type) is { TypeKind: TypeKind.Enum } type
                && EmittedCode.Has(type);
        }

        if (suppression == PartOfEmittedType)
            return node is TypeDeclarationSyntax declaration && model.GetDeclaredSymbol(declaration) is { } type && EmittedCode.Has(type);

        if (suppression == TokenSaidAlready)
        {
            return node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } wait
                && model.GetOperation(wait) is IInvocationOperation operation
                && model.GetEnclosingSymbol(wait.SpanStart) is { } around
                && TokenNotPassedAnalyzer.Find(operation, Member(around), known) is not null
                && IsOn(TokenNotPassedAnalyzer.Id, model);
        }

        return node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
            && model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "FromUrl" } method
            && KnownSymbols.Same(method.ContainingType, known.Media);
    }

    /// <summary>The member around lambdas and local functions.</summary>
    private static ISymbol Member(ISymbol symbol)
    {
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction }) symbol = symbol.ContainingSymbol;
        return symbol;
    }

    /// <summary>Where KLG204 is switched off, CA2016 is all that is left.</summary>
    private static bool IsOn(string id, SemanticModel model)
    {
        var options = model.Compilation.Options;
        if (options.SpecificDiagnosticOptions.TryGetValue(id, out var level) && level == ReportDiagnostic.Suppress) return false;
        return options.SyntaxTreeOptionsProvider?.TryGetDiagnosticValue(model.SyntaxTree, id, default, out level) != true
            || level != ReportDiagnostic.Suppress;
    }
}
