using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Takes a member out of an initializer: one that another excludes, that fal has deprecated, or that says what the server does anyway.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveMemberFix))]
public sealed class RemoveMemberFix : FixProvider
{
    /// <summary>As an editor makes it.</summary>
    public RemoveMemberFix()
        : base(FixIds.ExcludedMember, FixIds.ServerDefault, FixIds.Deprecated)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode node, SemanticModel model)
    {
        var member = node.AncestorsAndSelf().OfType<AssignmentExpressionSyntax>().FirstOrDefault(static assignment => assignment.Parent is InitializerExpressionSyntax);
        if (member is not { Left: IdentifierNameSyntax name, Parent: InitializerExpressionSyntax initializer }) return;
        Fix.Replace(context, diagnostic, "Remove " + name.Identifier.ValueText, nameof(RemoveMemberFix), initializer, Members.Without(initializer, member));
    }
}
