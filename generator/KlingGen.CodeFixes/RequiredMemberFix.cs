using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using KlingGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Adds the required members that a request lacks, in the document's order, each with a value that waits to be filled in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RequiredMemberFix))]
public sealed class RequiredMemberFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(FixIds.RequiredMember);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;

        // The compiler names each member in a diagnostic of its own, all at one place.
        var diagnostic = context.Diagnostics[0];
        if (root!.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not { } creation) return;
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
