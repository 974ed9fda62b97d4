using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Hands the token that is in scope to the call that lacks it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PassTokenFix))]
public sealed class PassTokenFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(FixIds.TokenNotPassed);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Token, out var token) || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Parameter, out var parameter)) continue;
            if (root!.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call) continue;

            // By name, because what stands between the last argument and the token has defaults of its own.
            var argument = SyntaxFactory.Argument(SyntaxFactory.NameColon(parameter!), default, SyntaxFactory.IdentifierName(Fix.Escaped(token!)));
            Fix.Replace(context, diagnostic, "Pass '" + token + "'", nameof(PassTokenFix), call, call.AddArgumentListArguments(argument));
        }
    }
}
