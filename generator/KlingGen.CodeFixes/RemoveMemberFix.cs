using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Takes a member out of an initializer: one that another excludes, that fal has deprecated, or that says what the server does anyway.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveMemberFix))]
public sealed class RemoveMemberFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(FixIds.ExcludedMember, FixIds.ServerDefault, FixIds.Deprecated);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            var node = root!.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            var member = node.AncestorsAndSelf().OfType<AssignmentExpressionSyntax>().FirstOrDefault(static assignment => assignment.Parent is InitializerExpressionSyntax);
            if (member is not { Left: IdentifierNameSyntax name, Parent: InitializerExpressionSyntax initializer }) continue;
            Fix.Replace(context, diagnostic, "Remove " + name.Identifier.ValueText, nameof(RemoveMemberFix), initializer, Members.Without(initializer, member));
        }
    }
}
