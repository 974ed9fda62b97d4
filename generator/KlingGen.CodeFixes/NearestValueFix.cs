using System.Collections.Immutable;
using System.Threading.Tasks;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Puts the nearest permitted value in place of one that is refused. A text that is too long has none: what to leave out, its author alone knows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NearestValueFix))]
public sealed class NearestValueFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(FixIds.NumberRange);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Nearest, out var nearest) || nearest is null) continue;
            if (root!.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax value) continue;
            Fix.Replace(context, diagnostic, "Use the limit, " + nearest, nameof(NearestValueFix), value, SyntaxFactory.ParseExpression(nearest).WithTriviaFrom(value));
        }
    }
}
