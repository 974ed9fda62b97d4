using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Replaces a path in place of a URL by a local file, which is uploaded on submit.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LocalFileFix))]
public sealed class LocalFileFix : FixProvider
{
    /// <summary>Creates the fix; editors do.</summary>
    public LocalFileFix()
        : base(FixIds.NoUrl)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(FixContext context, Diagnostic diagnostic, SyntaxNode node)
    {
        // A path that is written elsewhere may be needed as a path there.
        if (node is not LiteralExpressionSyntax and not InterpolatedStringExpressionSyntax and not BinaryExpressionSyntax
            and not IdentifierNameSyntax and not MemberAccessExpressionSyntax)
            return;
        var path = (ExpressionSyntax)node;
        if (context.Model.GetConstantValue(path, context.Cancellation).Value is string text && !IsPath(text)) return;
        if (diagnostic.AdditionalLocations.Count > 0 && context.Model.GetConstantValue(path, context.Cancellation).Value is null) return;
        var old = FromUrl(context, path) ?? path;
        if (MediaType(context, old) is not { } media) return;
        context.Offer(
            "Upload the file: FalMedia.FromFile", nameof(LocalFileFix),
                FixContext.Replace(old, context.Member(media, "FromFile", old.SpanStart) + "(" + path.WithoutTrivia() + ")"));
    }

    /// <summary><c>FalMedia.FromUrl(path)</c>. Any other call around the path is the user's.</summary>
    private static InvocationExpressionSyntax? FromUrl(FixContext context, ExpressionSyntax path)
        => path.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 1 } call }
            && context.Model.GetSymbolInfo(call, context.Cancellation).Symbol is IMethodSymbol { Name: "FromUrl", ContainingType.Name: "FalMedia" }
            ? call
            : null;

    /// <summary>A string with a scheme is meant as a URL.</summary>
    private static bool IsPath(string text)
        => text.Trim().Length > 0 && text.IndexOf("://", StringComparison.Ordinal) < 0
            && !text.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    /// <summary>The target type of the expression, or of the conditional expression or list that contains it.</summary>
    private static ITypeSymbol? MediaType(FixContext context, ExpressionSyntax expression)
    {
        for (SyntaxNode? outer = expression; outer is ExpressionSyntax or SwitchExpressionArmSyntax; outer = outer.Parent)
        {
            if (outer is ExpressionSyntax value && context.Model.GetTypeInfo(value, context.Cancellation).ConvertedType is { Name: "FalMedia" } media)
                return media;
            if (outer.Parent is not (ParenthesizedExpressionSyntax or ConditionalExpressionSyntax or SwitchExpressionArmSyntax
                or SwitchExpressionSyntax or BinaryExpressionSyntax))
                return null;
        }

        return null;
    }
}
