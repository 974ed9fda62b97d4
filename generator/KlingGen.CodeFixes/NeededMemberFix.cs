using System.Linq;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Adds the property that a cross-field rule requires; where one of several will do, each is offered.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NeededMemberFix))]
public sealed class NeededMemberFix : FixProvider
{
    /// <summary>Creates the fix; editors do.</summary>
    public NeededMemberFix()
        : base(FixIds.MissingMember)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(FixContext context, Diagnostic diagnostic, SyntaxNode node)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Missing, out var missing) || string.IsNullOrEmpty(missing)) return;
        if (BlankValues.RequestAround(node) is not { } request) return;
        if (context.Model.GetTypeInfo(request, context.Cancellation).Type is not INamedTypeSymbol type) return;
        var initializer = (request as BaseObjectCreationExpressionSyntax)?.Initializer ?? (request as WithExpressionSyntax)?.Initializer;
        foreach (var group in missing!.Split(','))
        {
            // Members that count as one come together.
            var names = group.Split('+').Where(name => initializer is null || !IsGiven(initializer, name)).ToList();
            var added = names
                .Select(name => type.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault())
                .Where(static member => member is not null)
                .Select(member => (member!.Name, BlankValues.ForType(member.Type, context, request.SpanStart)))
                .ToList();
            if (added.Count > 0)
                context.Offer("Add " + string.Join(" and ", names), nameof(NeededMemberFix) + group,
                    InitializerEdits.Add(context.Text, request, added));
        }
    }

    private static bool IsGiven(InitializerExpressionSyntax initializer, string name)
        => InitializerEdits.Find(initializer, name) is { } member
            && !member.Right.IsKind(SyntaxKind.NullLiteralExpression)
            && !member.Right.IsKind(SyntaxKind.DefaultLiteralExpression);
}
