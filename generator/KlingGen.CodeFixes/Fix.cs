using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace KlingGen.CodeFixes;

/// <summary>What the fixes share: each replaces one node of the syntax tree by another.</summary>
internal static class Fix
{
    /// <summary>Offers to put one node in place of another.</summary>
    /// <param name="context">Where the offer is made.</param>
    /// <param name="diagnostic">What it mends.</param>
    /// <param name="title">What the menu says.</param>
    /// <param name="key">The sort of the fix: fix-all takes all offers with the same one.</param>
    /// <param name="old">The node that goes.</param>
    /// <param name="replacement">The node that comes.</param>
    public static void Replace(CodeFixContext context, Diagnostic diagnostic, string title, string key, SyntaxNode old, SyntaxNode replacement)
    {
        var document = context.Document;
        context.RegisterCodeFix(CodeAction.Create(title, token => ReplaceAsync(document, old, replacement, token), key), diagnostic);
    }

    /// <summary>A member of a type, in as few words as the place allows.</summary>
    public static ExpressionSyntax Member(ITypeSymbol type, string member)
        => SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression,
            SyntaxFactory.ParseTypeName(type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)),
            SyntaxFactory.IdentifierName(Escaped(member))).WithAdditionalAnnotations(Simplifier.Annotation);

    /// <summary>A name that may be a keyword.</summary>
    public static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static async Task<Document> ReplaceAsync(Document document, SyntaxNode old, SyntaxNode replacement, CancellationToken token)
    {
        var root = await document.GetSyntaxRootAsync(token).ConfigureAwait(false);
        return document.WithSyntaxRoot(root!.ReplaceNode(old, replacement.WithAdditionalAnnotations(Formatter.Annotation)));
    }
}
