using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace KlingGen.CodeFixes;

/// <summary>What all fixes share: each looks at one diagnostic and the node that it underlines, and all of one sort can be taken at once.</summary>
public abstract class FixProvider : CodeFixProvider
{
    private protected FixProvider(params string[] ids) => FixableDiagnosticIds = ImmutableArray.Create(ids);

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics) Offer(context, diagnostic, root!.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), model!);
    }

    /// <summary>Registers what can be done about one diagnostic.</summary>
    private protected abstract void Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode node, SemanticModel model);
}
