using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlingGen.Analyzers;

/// <summary>
/// Takes back what other analyzers say about the user's code only because of how our code is made. What they say with reason stays, and emitted files need none of
/// it: they are marked as generated.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EmittedCodeSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor UnnamedValue = new(
        "KLG301", "CS8524", "An emitted enum has the values of its document and no others: the check before sending refuses any other number, so a switch over all names is complete");

    private static readonly SuppressionDescriptor PartOfEmittedType = new(
        "KLG302", "CA1707", "The name comes from the endpoint's path; a part of the type that the user adds cannot have another");

    private static readonly SuppressionDescriptor TextIsMeant = new(
        "KLG303", "CA2234", "FalMedia.FromUrl takes a text on purpose: data URIs are no matter for System.Uri");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = ImmutableArray.Create(UnnamedValue, PartOfEmittedType, TextIsMeant);

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        if (KnownSymbols.Of(context.Compilation) is not { } known) return;
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree) continue;
            var suppression = SupportedSuppressions.First(candidate => candidate.SuppressedDiagnosticId == diagnostic.Id);
            var node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (IsOurs(suppression, node, context.GetSemanticModel(tree), known)) context.ReportSuppression(Suppression.Create(suppression, diagnostic));
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

        return node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
            && model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "FromUrl" } method
            && KnownSymbols.Same(method.ContainingType, known.Media);
    }
}
