using System.Collections.Generic;
using System.Linq;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Removes a property from an initializer: one that another excludes, that fal has deprecated, or that has the server's default.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveMemberFix))]
public sealed class RemoveMemberFix : FixProvider
{
    /// <summary>Creates the fix; editors do.</summary>
    public RemoveMemberFix()
        : base(FixIds.ExcludedMember, FixIds.ServerDefault, FixIds.Deprecated)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(FixContext context, Diagnostic diagnostic, SyntaxNode node)
    {
        if (AssignmentOf(node) is not { Left: IdentifierNameSyntax name, Parent: InitializerExpressionSyntax initializer } member) return;
        var removed = new HashSet<ExpressionSyntax> { member };
        if (context.Together.Length > 1)
        {
            // One edit for all members that go from this initializer: the comma between two of them belongs to both.
            foreach (var other in context.Together.Where(other => other.Location.SourceTree == node.SyntaxTree))
            {
                if (AssignmentOf(context.NodeOf(other)) is { } assignment && assignment.Parent == initializer)
                    removed.UnionWith(Excess(initializer, other, assignment));
            }
        }

        context.Offer("Remove " + name.Identifier.ValueText, nameof(RemoveMemberFix), InitializerEdits.Remove(context.Text, initializer, removed));
    }

    private static AssignmentExpressionSyntax? AssignmentOf(SyntaxNode node)
        => node.AncestorsAndSelf().OfType<AssignmentExpressionSyntax>()
            .FirstOrDefault(static assignment => assignment.Parent is InitializerExpressionSyntax);

    /// <summary>Of members that exclude each other one can stay, however many there are.</summary>
    private static IEnumerable<ExpressionSyntax> Excess(InitializerExpressionSyntax initializer, Diagnostic diagnostic,
        AssignmentExpressionSyntax member)
    {
        yield return member;
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Others, out var others) || others is null) yield break;
        foreach (var group in others.Split(',').Skip(1))
        {
            foreach (var name in group.Split('+'))
            {
                if (InitializerEdits.Find(initializer, name) is { } other) yield return other;
            }
        }
    }
}
