using System.Collections.Generic;
using System.Linq;
using KlingGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Adds the required members that a request lacks, in the document's order, each with a value that waits to be filled in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RequiredMemberFix))]
public sealed class RequiredMemberFix : FixProvider
{
    /// <summary>As an editor makes it.</summary>
    public RequiredMemberFix()
        : base(FixIds.RequiredMember)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode node, SemanticModel model)
    {
        // The compiler names each member in a diagnostic of its own, all at one place.
        if (diagnostic != context.Diagnostics[0]) return;
        if (node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not { } creation) return;
        if (model.GetTypeInfo(creation, context.CancellationToken).Type is not INamedTypeSymbol type || !EmittedCode.Has(type)) return;
        var missing = Missing(creation, type);
        if (missing.Count == 0) return;
        var initializer = Members.Of(creation);
        foreach (var member in missing) initializer = Members.With(initializer, member.Name, Members.Blank(member.Type));
        Fix.Replace(
            context, diagnostic, "Add " + string.Join(", ", missing.Select(static member => member.Name)), nameof(RequiredMemberFix), creation, creation.WithInitializer(initializer));
    }

    private static List<IPropertySymbol> Missing(BaseObjectCreationExpressionSyntax creation, INamedTypeSymbol type)
    {
        var given = new HashSet<string>();
        foreach (var expression in creation.Initializer?.Expressions ?? default)
        {
            if (expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax name }) given.Add(name.Identifier.ValueText);
        }

        return Members.Required(type).Where(member => !given.Contains(member.Name)).ToList();
    }
}
