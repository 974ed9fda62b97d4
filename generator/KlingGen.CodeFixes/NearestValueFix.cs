using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>
/// Replaces a number that is out of range by the nearest limit. A string that is too long has no fix: only its author knows what to remove.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NearestValueFix))]
public sealed class NearestValueFix : FixProvider
{
    /// <summary>Creates the fix; editors do.</summary>
    public NearestValueFix()
        : base(FixIds.NumberRange)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(FixContext context, Diagnostic diagnostic, SyntaxNode node)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Nearest, out var nearest) || nearest is null) return;
        if (node is ExpressionSyntax value) context.Offer("Use the limit, " + nearest, nameof(NearestValueFix), FixContext.Replace(value, nearest));
    }
}
