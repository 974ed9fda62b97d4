using System.Linq;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Adds the member that a rule asks for beside the others; where one of several will do, each is offered.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NeededMemberFix))]
public sealed class NeededMemberFix : FixProvider
{
    /// <summary>As an editor makes it.</summary>
    public NeededMemberFix()
        : base(FixIds.MissingMember)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode node, SemanticModel model)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Missing, out var missing) || string.IsNullOrEmpty(missing)) return;
        if (Members.Around(node) is not { } request) return;
        if (model.GetTypeInfo(request, context.CancellationToken).Type is not INamedTypeSymbol type) return;
        foreach (var group in missing!.Split(','))
        {
            // Members that count as one come together.
            var initializer = Members.Of(request);
            var names = group.Split('+').Where(name => !IsGiven(initializer, name)).ToList();
            foreach (var name in names)
            {
                if (type.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault() is { } member) initializer = Members.With(initializer, name, Members.Blank(member.Type));
            }

            Fix.Replace(context, diagnostic, "Add " + string.Join(" and ", names), nameof(NeededMemberFix) + group, request, Members.Put(request, initializer));
        }
    }

    private static bool IsGiven(InitializerExpressionSyntax initializer, string name)
        => Members.Find(initializer, name) is { } member && !member.Right.IsKind(SyntaxKind.NullLiteralExpression) && !member.Right.IsKind(SyntaxKind.DefaultLiteralExpression);
}
