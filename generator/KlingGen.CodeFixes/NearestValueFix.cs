using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Puts the nearest permitted value in place of one that is refused. A text that is too long has none: what to leave out, its author alone knows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NearestValueFix))]
public sealed class NearestValueFix : FixProvider
{
    /// <summary>As an editor makes it.</summary>
    public NearestValueFix()
        : base(FixIds.NumberRange)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode node, SemanticModel model)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Nearest, out var nearest) || nearest is null) return;
        if (node is not ExpressionSyntax value) return;
        Fix.Replace(context, diagnostic, "Use the limit, " + nearest, nameof(NearestValueFix), value, SyntaxFactory.ParseExpression(nearest).WithTriviaFrom(value));
    }
}
