using System.Collections.Generic;
using System.Linq;
using KlingGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace KlingGen.CodeFixes;

/// <summary>Puts members into an initializer and takes them out.</summary>
internal static class Members
{
    /// <summary>The initializer without one of its members, the lines of the others as they stand.</summary>
    public static InitializerExpressionSyntax Without(InitializerExpressionSyntax initializer, ExpressionSyntax member)
        => initializer.RemoveNode(member, SyntaxRemoveOptions.KeepUnbalancedDirectives)!;

    /// <summary>The member's assignment, if there is one.</summary>
    public static AssignmentExpressionSyntax? Find(InitializerExpressionSyntax initializer, string name)
        => initializer.Expressions.OfType<AssignmentExpressionSyntax>().FirstOrDefault(member => member.Left is IdentifierNameSyntax left && left.Identifier.ValueText == name);

    /// <summary>The initializer with one more member, on a line of its own if the others have one; a member that is there but empty gets the value.</summary>
    public static InitializerExpressionSyntax With(InitializerExpressionSyntax initializer, string name, ExpressionSyntax value)
    {
        var assignment = (ExpressionSyntax)SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, SyntaxFactory.IdentifierName(Fix.Escaped(name)), value);
        var list = initializer.Expressions;
        if (Find(initializer, name) is { } known) return initializer.ReplaceNode(known, known.WithRight(value.WithTriviaFrom(known.Right)));

        if (list.Count == 0) return initializer.WithExpressions(list.Add(assignment));

        // The line break after the last member belongs to the member or to its comma.
        var last = list.Last();
        var end = list.SeparatorCount == list.Count ? list.GetSeparators().Last().TrailingTrivia : last.GetTrailingTrivia();
        assignment = assignment.WithLeadingTrivia(last.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        if (list.SeparatorCount == list.Count)
        {
            var comma = list.GetSeparators().Last();
            return initializer.WithExpressions(SyntaxFactory.SeparatedList<ExpressionSyntax>(list.GetWithSeparators().Add(assignment).Add(comma)));
        }

        var between = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(end.Any(SyntaxKind.EndOfLineTrivia) ? end : SyntaxFactory.TriviaList(SyntaxFactory.Space));
        var before = list.Replace(last, last.WithTrailingTrivia()).GetWithSeparators();
        return initializer.WithExpressions(SyntaxFactory.SeparatedList<ExpressionSyntax>(before.Add(between).Add(assignment.WithTrailingTrivia(end))));
    }

    /// <summary>The members of a type that every initializer must give, in the order of their declaration.</summary>
    public static IEnumerable<IPropertySymbol> Required(INamedTypeSymbol type)
    {
        for (var part = type; part is not null; part = part.BaseType)
        {
            foreach (var member in part.GetMembers())
            {
                if (member is IPropertySymbol { IsRequired: true } property) yield return property;
            }
        }
    }

    /// <summary>The object creation or <c>with</c> whose initializer a node stands in, or which it is.</summary>
    public static ExpressionSyntax? Around(SyntaxNode node)
        => node.AncestorsAndSelf().FirstOrDefault(static candidate => candidate is BaseObjectCreationExpressionSyntax or WithExpressionSyntax) as ExpressionSyntax;

    /// <summary>The initializer of an object creation or a <c>with</c>; an empty one if it has none.</summary>
    public static InitializerExpressionSyntax Of(ExpressionSyntax request)
        => request switch
        {
            BaseObjectCreationExpressionSyntax { Initializer: { } initializer } => initializer,
            WithExpressionSyntax with => with.Initializer,
            _ => SyntaxFactory.InitializerExpression(
                SyntaxKind.ObjectInitializerExpression,
                SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Space), SyntaxKind.OpenBraceToken, SyntaxFactory.TriviaList(SyntaxFactory.Space)),
                default,
                SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Space), SyntaxKind.CloseBraceToken, default)),
        };

    /// <summary>The same object creation or <c>with</c>, with another initializer.</summary>
    public static ExpressionSyntax Put(ExpressionSyntax request, InitializerExpressionSyntax initializer)
        => request is WithExpressionSyntax with ? with.WithInitializer(initializer) : ((BaseObjectCreationExpressionSyntax)request).WithInitializer(initializer);

    /// <summary>
    /// A value that compiles and asks to be filled in: the smallest number, the first value, an empty text, which our own checks refuse before anything is sent.
    /// </summary>
    public static ExpressionSyntax Blank(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable) type = nullable.TypeArguments[0];
        if (EnumWords.EmittedEnum(type) is { } choice) return Fix.Member(choice, EnumWords.Values(choice).First().Name);
        var text = type switch
        {
            { SpecialType: SpecialType.System_String } or { Name: "FalMedia" } => "\"\"",
            { SpecialType: SpecialType.System_Boolean } => "false",
            { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Double } or { Name: "Int128" } => "0",
            INamedTypeSymbol { Name: "IReadOnlyList", TypeArguments: { Length: 1 } element } => "new " + Name(element[0]) + "[] { }",
            INamedTypeSymbol { Name: "IReadOnlyDictionary", TypeArguments: { Length: 2 } pair } => "new global::System.Collections.Generic.Dictionary<" + Name(pair[0]) + ", " + Name(pair[1]) + ">()",
            INamedTypeSymbol { IsRecord: true } record => "new() { " + string.Join(", ", Required(record).Select(static member => Fix.Escaped(member.Name) + " = " + Blank(member.Type))) + " }",
            _ => "default!",
        };
        var blank = SyntaxFactory.ParseExpression(text);
        return blank.ReplaceNodes(blank.DescendantNodesAndSelf(), static (_, node) => node.WithAdditionalAnnotations(Simplifier.Annotation));
    }

    private static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
