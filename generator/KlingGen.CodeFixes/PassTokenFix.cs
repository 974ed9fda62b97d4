using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen.CodeFixes;

/// <summary>Passes the cancellation token that is in scope to the call that lacks it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PassTokenFix))]
public sealed class PassTokenFix : FixProvider
{
    /// <summary>Creates the fix; editors do.</summary>
    public PassTokenFix()
        : base(FixIds.TokenNotPassed)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(FixContext context, Diagnostic diagnostic, SyntaxNode node)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Token, out var token) || token is null) return;
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Parameter, out var parameter) || parameter is null) return;
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call) return;

        // By name, because the parameters between the last argument and the token have defaults of their own.
        var dot = token.IndexOf('.');
        var argument = parameter + ": " + (dot < 0 ? Identifiers.Escape(token) : Identifiers.Escape(token.Substring(0, dot)) + token.Substring(dot));
        var arguments = call.ArgumentList.Arguments;
        var insertion = arguments.Count == 0
            ? new TextChange(new TextSpan(call.ArgumentList.OpenParenToken.Span.End, 0), argument)
            : new TextChange(new TextSpan(arguments[arguments.Count - 1].Span.End, 0), Separator(context.Text, arguments) + argument);
        context.Offer("Pass '" + token + "'", nameof(PassTokenFix), insertion);
    }

    /// <summary>Arguments on lines of their own get another line with the same indentation.</summary>
    private static string Separator(SourceText text, SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        var last = arguments[arguments.Count - 1];
        var line = text.Lines.GetLineFromPosition(last.SpanStart);
        var indent = text.ToString(TextSpan.FromBounds(line.Start, last.SpanStart));
        return indent.Trim().Length == 0 ? "," + Layout.NewLine(text) + indent : ", ";
    }
}
