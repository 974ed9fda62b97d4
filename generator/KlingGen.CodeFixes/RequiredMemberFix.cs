using System.Collections.Generic;
using System.Linq;
using KlingGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Adds the required members that a request lacks, in the document's order, each with a value to be filled in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RequiredMemberFix))]
public sealed class RequiredMemberFix : FixProvider
{
    /// <summary>Creates the fix; editors do.</summary>
    public RequiredMemberFix()
        : base(FixIds.RequiredMember)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(FixContext context, Diagnostic diagnostic, SyntaxNode node)
    {
        // The compiler reports each member in a diagnostic of its own, all at one place; each gets the same offer.
        if (node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not { } creation) return;
        if (context.Model.GetTypeInfo(creation, context.Cancellation).Type is not INamedTypeSymbol type || !EmittedCode.Has(type)) return;
        var missing = Missing(creation, type);
        if (missing.Count == 0) return;
        var added = missing.Select(member => (member.Name, BlankValues.ForType(member.Type, context, creation.SpanStart))).ToList();
        context.Offer(
            "Add " + string.Join(", ", missing.Select(static member => member.Name)), nameof(RequiredMemberFix),
                InitializerEdits.Add(context.Text, creation, added));
    }

    private static List<IPropertySymbol> Missing(BaseObjectCreationExpressionSyntax creation, INamedTypeSymbol type)
    {
        var given = new HashSet<string>();
        foreach (var expression in creation.Initializer?.Expressions ?? default)
        {
            if (expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax name }) given.Add(name.Identifier.ValueText);
        }

        return BlankValues.Required(type).Where(member => !given.Contains(member.Name)).ToList();
    }
}
