using System.Collections.Immutable;
using System.Threading.Tasks;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Takes a key out of source and leaves it to the environment, where the runtime looks for it by itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeyFromEnvironmentFix))]
public sealed class KeyFromEnvironmentFix : CodeFixProvider
{
    private const string Title = "Take the key from the environment (FAL_KEY)";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(FixIds.KeyInSource);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var compilation = await context.Document.Project.GetCompilationAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root!.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax key) continue;
            switch (key.Parent)
            {
                case ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: BaseObjectCreationExpressionSyntax } arguments }:
                    Fix.Replace(context, diagnostic, Title, nameof(KeyFromEnvironmentFix), arguments, arguments.WithArguments(default));
                    break;
                case AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax initializer } assignment:
                    Fix.Replace(context, diagnostic, Title, nameof(KeyFromEnvironmentFix), initializer, Members.Without(initializer, assignment));
                    break;
                case AssignmentExpressionSyntax when compilation?.GetTypeByMetadataName("System.Environment") is { } environment:
                    var name = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal("FAL_KEY"));
                    var read = SyntaxFactory.InvocationExpression(
                        Fix.Member(environment, "GetEnvironmentVariable"), SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(name))));
                    Fix.Replace(context, diagnostic, Title, nameof(KeyFromEnvironmentFix), key, read.WithTriviaFrom(key));
                    break;
            }
        }
    }
}
