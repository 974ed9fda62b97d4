using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Takes a key out of source and leaves it to the environment, where the runtime looks for it by itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeyFromEnvironmentFix))]
public sealed class KeyFromEnvironmentFix : FixProvider
{
    private const string Title = "Take the key from the environment (FAL_KEY)";

    /// <summary>As an editor makes it.</summary>
    public KeyFromEnvironmentFix()
        : base(FixIds.KeyInSource)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode node, SemanticModel model)
    {
        if (node is not ExpressionSyntax key) return;
        switch (key.Parent)
        {
            case ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: BaseObjectCreationExpressionSyntax } arguments }:
                Fix.Replace(context, diagnostic, Title, nameof(KeyFromEnvironmentFix), arguments, arguments.WithArguments(default));
                break;
            case AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax initializer } assignment:
                Fix.Replace(context, diagnostic, Title, nameof(KeyFromEnvironmentFix), initializer, Members.Without(initializer, assignment));
                break;
            case AssignmentExpressionSyntax when model.Compilation.GetTypeByMetadataName("System.Environment") is { } environment:
                var name = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal("FAL_KEY"));
                var read = SyntaxFactory.InvocationExpression(
                    Fix.Member(environment, "GetEnvironmentVariable"), SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(name))));
                Fix.Replace(context, diagnostic, Title, nameof(KeyFromEnvironmentFix), key, read.WithTriviaFrom(key));
                break;
        }
    }
}
