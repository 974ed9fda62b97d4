using System;
using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace KlingGen.CodeFixes;

/// <summary>Turns a path that stands where an address is wanted into a local file, which is uploaded on submit.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LocalFileFix))]
public sealed class LocalFileFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(FixIds.NoUrl);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root!.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax path) continue;
            if (model.GetConstantValue(path, context.CancellationToken).Value is not string text || !IsPath(text)) continue;
            var call = path.FirstAncestorOrSelf<InvocationExpressionSyntax>();
            var isCall = call is not null && call.ArgumentList.Arguments.Count == 1 && call.ArgumentList.Arguments[0].Expression == path;
            var old = isCall ? call! : path;
            if (MediaType(model, old) is not { } media) continue;
            var replacement = SyntaxFactory.InvocationExpression(Fix.Member(media, "FromFile"), SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(path.WithoutTrivia()))));
            Fix.Replace(context, diagnostic, "Upload the file: FalMedia.FromFile", nameof(LocalFileFix), old, replacement.WithTriviaFrom(old));
        }
    }

    /// <summary>What has a scheme was meant as an address, or is one that no file can mend.</summary>
    private static bool IsPath(string text) => text.Trim().Length > 0 && text.IndexOf("://", StringComparison.Ordinal) < 0 && !text.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    private static ITypeSymbol? MediaType(SemanticModel model, ExpressionSyntax expression)
    {
        var type = model.GetTypeInfo(expression);
        return type.ConvertedType is { Name: "FalMedia" } media ? media : null;
    }
}
