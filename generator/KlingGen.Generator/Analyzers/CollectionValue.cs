using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>Follows a symbol to the collection that it holds, where nothing can have changed the collection since.</summary>
internal static class CollectionValue
{
    /// <returns>Null where the symbol has no certain value, or something may add to it or write into it.</returns>
    public static IOperation? Follow(IOperation reference)
    {
        if (SymbolValue.Follow(reference) is not { } value) return null;
        var symbol = reference switch
        {
            ILocalReferenceOperation local => (ISymbol)local.Local,
            IMemberReferenceOperation member => member.Member,
            _ => null,
        };
        return symbol is not null && (IsReadOnly(reference.Type) || IsMadeAgain(symbol) || !IsTouched(symbol)) ? value : null;
    }

    private static bool IsReadOnly(ITypeSymbol? type) => type is INamedTypeSymbol
    {
        Name: "IReadOnlyList" or "IReadOnlyCollection" or "IEnumerable" or "IReadOnlyDictionary" or "ImmutableArray" or "ImmutableList"
            or "ReadOnlyCollection",
    };

    /// <summary><c>Tags => ["a", "b"]</c> is another list each time.</summary>
    private static bool IsMadeAgain(ISymbol symbol)
        => symbol is IPropertySymbol { DeclaringSyntaxReferences: [var reference] }
            && reference.GetSyntax() is PropertyDeclarationSyntax { Initializer: null };

    private static bool IsTouched(ISymbol symbol)
    {
        if (symbol is not ILocalSymbol && symbol.DeclaredAccessibility != Accessibility.Private) return true;
        var declarations = symbol is ILocalSymbol ? symbol.DeclaringSyntaxReferences : symbol.ContainingType.DeclaringSyntaxReferences;
        foreach (var declaration in declarations)
        {
            var scope = declaration.GetSyntax();
            if (symbol is ILocalSymbol)
                scope = scope.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member and not GlobalStatementSyntax
                    ? member
                    : scope.SyntaxTree.GetRoot();
            foreach (var node in scope.DescendantNodes())
            {
                if (node is IdentifierNameSyntax name && name.Identifier.ValueText == symbol.Name && !IsHarmless(name)) return true;
            }
        }

        return false;
    }

    /// <summary>The collection is read, or becomes the value of something that only reads.</summary>
    private static bool IsHarmless(IdentifierNameSyntax name)
    {
        ExpressionSyntax used = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return used.Parent switch
        {
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Right == used || assignment.Left == used,
            ForEachStatementSyntax each => each.Expression == used,
            MemberAccessExpressionSyntax member => member.Expression == used && member.Name.Identifier.ValueText is "Count" or "Length",
            SpreadElementSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax => true,
            ConditionalExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } => true,
            _ => false,
        };
    }
}
