using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen.CodeFixes;

/// <summary>One edit that a fix offers.</summary>
/// <param name="title">What the menu shows.</param>
/// <param name="key">The equivalence key: fix-all applies all offers with the same one.</param>
/// <param name="changes">The edits of the document.</param>
internal sealed class FixOffer(string title, string key, ImmutableArray<TextChange> changes)
{
    public string Title => title;

    public string Key => key;

    public ImmutableArray<TextChange> Changes => changes;
}

/// <summary>A document with a diagnostic, and what is offered for it. Fixes edit text, so that comments and layout stay as they are.</summary>
/// <param name="root">The document's syntax.</param>
/// <param name="model">Its semantic model.</param>
/// <param name="text">Its text.</param>
/// <param name="together">The diagnostics that are fixed in one go: one, or all of the document.</param>
/// <param name="cancellation">Ends the work.</param>
internal sealed class FixContext(SyntaxNode root, SemanticModel model, SourceText text, ImmutableArray<Diagnostic> together,
    CancellationToken cancellation)
{
    private readonly List<FixOffer> _offers = new();

    public SyntaxNode Root => root;

    public SemanticModel Model => model;

    public SourceText Text => text;

    public CancellationToken Cancellation => cancellation;

    /// <summary>The diagnostics that are fixed in one go.</summary>
    public ImmutableArray<Diagnostic> Together => together;

    public IReadOnlyList<FixOffer> Offers => _offers;

    /// <summary>The innermost node that a diagnostic underlines; for an argument or an element, its expression.</summary>
    public SyntaxNode NodeOf(Diagnostic diagnostic)
    {
        var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        return node switch
        {
            ArgumentSyntax argument => argument.Expression,
            ExpressionElementSyntax element => element.Expression,
            _ => node,
        };
    }

    public void Offer(string title, string key, params TextChange[] changes) => Offer(title, key, (IEnumerable<TextChange>)changes);

    public void Offer(string title, string key, IEnumerable<TextChange> changes) => _offers.Add(new(title, key, changes.ToImmutableArray()));

    /// <summary>Replaces an expression, and leaves the comments and line breaks around it.</summary>
    public static TextChange Replace(SyntaxNode node, string replacement) => new(node.Span, replacement);

    /// <summary>A member of a type, with as few qualifiers as the place allows.</summary>
    public string Member(ITypeSymbol type, string member, int position) => Name(type, position) + "." + Identifiers.Escape(member);

    public string Name(ITypeSymbol type, int position)
        => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToMinimalDisplayString(model, position);
}
