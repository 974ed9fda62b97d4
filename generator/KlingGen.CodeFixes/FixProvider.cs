using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen.CodeFixes;

/// <summary>The base of all fixes: each offers edits for one diagnostic, and fix-all merges those of a document into one change.</summary>
public abstract class FixProvider : CodeFixProvider
{
    private protected FixProvider(params string[] ids) => FixableDiagnosticIds = ImmutableArray.Create(ids);

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider()
        => FixAllProvider.Create((context, document, diagnostics) => FixAllAsync(document, diagnostics, context.CodeActionEquivalenceKey,
            context.CancellationToken));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        // The compiler and an analyzer may report the same place; one offer answers both.
        var offered = new HashSet<string>();
        foreach (var diagnostic in context.Diagnostics)
        {
            var document = context.Document;
            foreach (var offer in await OffersAsync(document, diagnostic, ImmutableArray.Create(diagnostic),
                context.CancellationToken).ConfigureAwait(false))
            {
                if (!offered.Add(offer.Title)) continue;
                context.RegisterCodeFix(CodeAction.Create(offer.Title, token => ApplyAsync(document, offer.Changes, token), offer.Key),
                    context.Diagnostics);
            }
        }
    }

    /// <summary>Adds what can be done about one diagnostic.</summary>
    private protected abstract void Offer(FixContext context, Diagnostic diagnostic, SyntaxNode node);

    private async Task<IReadOnlyList<FixOffer>> OffersAsync(Document document, Diagnostic diagnostic, ImmutableArray<Diagnostic> together,
        CancellationToken token)
    {
        var root = await document.GetSyntaxRootAsync(token).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(token).ConfigureAwait(false);
        var text = await document.GetTextAsync(token).ConfigureAwait(false);
        var context = new FixContext(root!, model!, text, together, token);
        Offer(context, diagnostic, context.NodeOf(diagnostic));
        return context.Offers;
    }

    private async Task<Document?> FixAllAsync(Document document, ImmutableArray<Diagnostic> diagnostics, string? key, CancellationToken token)
    {
        var changes = new List<TextChange>();
        foreach (var diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            var offers = await OffersAsync(document, diagnostic, diagnostics, token).ConfigureAwait(false);
            if (offers.FirstOrDefault(offer => offer.Key == key) is { } offer) changes.AddRange(offer.Changes);
        }

        return changes.Count == 0 ? document : await ApplyAsync(document, TextEdits.Merge(changes), token).ConfigureAwait(false);
    }

    private static async Task<Document> ApplyAsync(Document document, IEnumerable<TextChange> changes, CancellationToken token)
    {
        var text = await document.GetTextAsync(token).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes.OrderBy(change => change.Span.Start)));
    }
}
