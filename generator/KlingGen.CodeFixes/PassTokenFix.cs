using System.Linq;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Hands the token that is in scope to the call that lacks it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PassTokenFix))]
public sealed class PassTokenFix : FixProvider
{
    /// <summary>As an editor makes it.</summary>
    public PassTokenFix()
        : base(FixIds.TokenNotPassed)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode node, SemanticModel model)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Token, out var token) || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Parameter, out var parameter)) return;
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call) return;

        // By name, because what stands between the last argument and the token has defaults of its own.
        var argument = SyntaxFactory.Argument(SyntaxFactory.NameColon(parameter!), default, SyntaxFactory.IdentifierName(Fix.Escaped(token!)));
        Fix.Replace(context, diagnostic, "Pass '" + token + "'", nameof(PassTokenFix), call, call.AddArgumentListArguments(argument));
    }
}
