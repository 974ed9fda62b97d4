using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen.CodeFixes;

/// <summary>Takes a key out of source and leaves it to the environment, where the runtime looks for it by itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeyFromEnvironmentFix))]
public sealed class KeyFromEnvironmentFix : FixProvider
{
    private const string Title = "Take the key from the environment (FAL_KEY)";

    /// <summary>Creates the fix; editors do.</summary>
    public KeyFromEnvironmentFix()
        : base(FixIds.KeyInSource)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(FixContext context, Diagnostic diagnostic, SyntaxNode node)
    {
        if (node is not ExpressionSyntax key || context.Model.Compilation.GetTypeByMetadataName("System.Environment") is not { } environment) return;
        if (diagnostic.AdditionalLocations.Count > 0 && diagnostic.AdditionalLocations[0] is { } written)
        {
            // The key is written in a declaration: it must go from there, or it stays in source and nothing reports it.
            if (written.SourceTree != node.SyntaxTree
                || context.Root.FindNode(written.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax literal)
                return;
            if (DeclarationChanges(context, literal, Read(context, environment, literal.SpanStart)) is { } changes)
                context.Offer(Title, nameof(KeyFromEnvironmentFix), changes);
            return;
        }

        switch (key.Parent)
        {
            case ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: BaseObjectCreationExpressionSyntax } arguments }:
                context.Offer(Title, nameof(KeyFromEnvironmentFix), FixContext.Replace(arguments, "()"));
                break;
            case AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax initializer } assignment:
                context.Offer(Title, nameof(KeyFromEnvironmentFix),
                    InitializerEdits.Remove(context.Text, initializer, new[] { (ExpressionSyntax)assignment }));
                break;
            case AssignmentExpressionSyntax or BinaryExpressionSyntax or ConditionalExpressionSyntax or SwitchExpressionArmSyntax:
                context.Offer(Title, nameof(KeyFromEnvironmentFix), FixContext.Replace(key, Read(context, environment, key.SpanStart)));
                break;
        }
    }

    private static string Read(FixContext context, INamedTypeSymbol environment, int position)
        => context.Member(environment, "GetEnvironmentVariable", position) + "(\"FAL_KEY\")";

    /// <summary>The environment is read when the program runs, so a constant becomes a variable, and its type allows null.</summary>
    private static List<TextChange>? DeclarationChanges(FixContext context, ExpressionSyntax key, string read)
    {
        var changes = new List<TextChange> { FixContext.Replace(key, read) };
        switch (key.Ancestors().FirstOrDefault(static node => node is LocalDeclarationStatementSyntax or BaseFieldDeclarationSyntax
            or PropertyDeclarationSyntax or ParameterSyntax))
        {
            case LocalDeclarationStatementSyntax local:
                AllowNull(changes, context, local.Declaration.Type);
                changes.AddRange(local.Modifiers
                    .Where(static modifier => modifier.IsKind(SyntaxKind.ConstKeyword))
                    .Select(static modifier => new TextChange(Whole(modifier), "")));
                return changes;
            case FieldDeclarationSyntax field:
                AllowNull(changes, context, field.Declaration.Type);
                changes.AddRange(field.Modifiers
                    .Where(static modifier => modifier.IsKind(SyntaxKind.ConstKeyword))
                    .Select(static modifier => new TextChange(modifier.Span, "static readonly")));
                return changes;
            case PropertyDeclarationSyntax property:
                AllowNull(changes, context, property.Type);
                return changes;
            default:
                return null;
        }
    }

    private static TextSpan Whole(SyntaxToken modifier) => TextSpan.FromBounds(modifier.SpanStart, modifier.FullSpan.End);

    private static void AllowNull(List<TextChange> changes, FixContext context, TypeSyntax type)
    {
        var isAware = (context.Model.GetNullableContext(type.SpanStart) & NullableContext.AnnotationsEnabled) != 0;
        if (isAware && !type.IsVar && type is not NullableTypeSyntax) changes.Add(new TextChange(new TextSpan(type.Span.End, 0), "?"));
    }
}
