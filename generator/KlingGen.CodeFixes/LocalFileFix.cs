using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace KlingGen.CodeFixes;

/// <summary>Turns a path that stands where an address is wanted into a local file, which is uploaded on submit.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LocalFileFix))]
public sealed class LocalFileFix : FixProvider
{
    /// <summary>As an editor makes it.</summary>
    public LocalFileFix()
        : base(FixIds.NoUrl)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode node, SemanticModel model)
    {
        if (node is not ExpressionSyntax path) return;
        if (model.GetConstantValue(path, context.CancellationToken).Value is not string text || !IsPath(text)) return;
        var call = path.FirstAncestorOrSelf<InvocationExpressionSyntax>();
        var isCall = call is not null && call.ArgumentList.Arguments.Count == 1 && call.ArgumentList.Arguments[0].Expression == path;
        var old = isCall ? call! : path;
        if (MediaType(model, old) is not { } media) return;
        var replacement = SyntaxFactory.InvocationExpression(Fix.Member(media, "FromFile"), SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(path.WithoutTrivia()))));
        Fix.Replace(context, diagnostic, "Upload the file: FalMedia.FromFile", nameof(LocalFileFix), old, replacement.WithTriviaFrom(old));
    }

    /// <summary>What has a scheme was meant as an address, or is one that no file can mend.</summary>
    private static bool IsPath(string text) => text.Trim().Length > 0 && text.IndexOf("://", StringComparison.Ordinal) < 0 && !text.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    private static ITypeSymbol? MediaType(SemanticModel model, ExpressionSyntax expression)
    {
        var type = model.GetTypeInfo(expression);
        return type.ConvertedType is { Name: "FalMedia" } media ? media : null;
    }
}
