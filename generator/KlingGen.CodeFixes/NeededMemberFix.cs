using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Adds the member that a rule asks for beside the others; where one of several will do, each is offered.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NeededMemberFix))]
public sealed class NeededMemberFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(FixIds.MissingMember);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Missing, out var missing) || string.IsNullOrEmpty(missing)) continue;
            if (Members.Around(root!.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)) is not { } request) continue;
            if (model.GetTypeInfo(request, context.CancellationToken).Type is not INamedTypeSymbol type) continue;
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
    }

    private static bool IsGiven(InitializerExpressionSyntax initializer, string name)
        => Members.Find(initializer, name) is { } member && !member.Right.IsKind(SyntaxKind.NullLiteralExpression) && !member.Right.IsKind(SyntaxKind.DefaultLiteralExpression);
}
