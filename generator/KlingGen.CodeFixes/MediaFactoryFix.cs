using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Replaces <c>FalMedia.FromFile</c> by the factory that takes what it is given: a URL or a data URI.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MediaFactoryFix))]
public sealed class MediaFactoryFix : FixProvider
{
    /// <summary>Creates the fix; editors do.</summary>
    public MediaFactoryFix()
        : base(FixIds.NoFilePath)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(FixContext context, Diagnostic diagnostic, SyntaxNode node)
    {
        // An arm of a conditional expression is not the whole argument.
        if (node.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: var callee } }) return;
        var name = (callee as MemberAccessExpressionSyntax)?.Name ?? callee as SimpleNameSyntax;
        if (name is null || context.Model.GetConstantValue(node, context.Cancellation).Value is not string { Length: > 0 } text) return;
        var factory = text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? "FromDataUri" : "FromUrl";
        context.Offer("Use FalMedia." + factory, nameof(MediaFactoryFix), FixContext.Replace(name, factory));
    }
}
