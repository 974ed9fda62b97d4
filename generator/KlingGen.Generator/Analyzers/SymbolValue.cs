using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>
/// Follows a reference to the one expression that gives a local, a readonly field or a get-only property its value. A symbol that is written in
/// a second place,
/// that a derived class may override, or whose constructor assigns it, has no such expression.
/// </summary>
internal static class SymbolValue
{
    // Whether a local is written after its declaration costs a walk over its scope, and a local may be used many times.
    private static readonly ConditionalWeakTable<SyntaxNode, StrongBox<SyntaxNode?>> Locals = new();

    /// <summary>The value's operation, conversions included; null if it is not certain or is in another file.</summary>
    /// <remarks>An analyzer gets the semantic model of one tree. Of a declaration in another file only the syntax is available.</remarks>
    public static IOperation? Follow(IOperation reference)
    {
        if (reference.SemanticModel is not { } model || Declaration(reference) is not { } syntax || syntax.SyntaxTree != model.SyntaxTree)
            return null;
        return model.GetOperation(syntax) switch
        {
            ISymbolInitializerOperation initializer => initializer.Value,
            ISimpleAssignmentOperation assignment => assignment.Value,
            IReturnOperation { ReturnedValue: { } value } => value,
            IBlockOperation { Operations: [IReturnOperation { ReturnedValue: { } value }] } => value,
            _ => null,
        };
    }

    /// <summary>The expression that is written as the value, in whichever file; null where it is not certain.</summary>
    public static ExpressionSyntax? FollowSyntax(IOperation reference) => Declaration(reference) switch
    {
        EqualsValueClauseSyntax clause => clause.Value,
        AssignmentExpressionSyntax assignment => assignment.Right,
        ArrowExpressionClauseSyntax arrow => arrow.Expression,
        ReturnStatementSyntax statement => statement.Expression,
        _ => null,
    };

    /// <summary>Where the value of a symbol is written, constants included, for an additional location.</summary>
    public static Location? WrittenAt(IOperation reference) => reference switch
    {
        ILocalReferenceOperation { Local.IsConst: true } local => Initializer(local.Local)?.Value.GetLocation(),
        IFieldReferenceOperation { Field.IsConst: true } field => Initializer(field.Field)?.Value.GetLocation(),
        _ => FollowSyntax(reference)?.GetLocation(),
    };

    private static SyntaxNode? Declaration(IOperation reference) => reference switch
    {
        ILocalReferenceOperation { IsDeclaration: false, Local: { IsConst: false, RefKind: RefKind.None } local } => OfLocal(local),
        IFieldReferenceOperation { Field: { IsConst: false, IsReadOnly: true } field } => OfField(field),
        IPropertyReferenceOperation { Arguments.Length: 0, Property: { SetMethod: null } property } => OfProperty(property),
        _ => null,
    };

    private static EqualsValueClauseSyntax? Initializer(ISymbol symbol)
        => symbol.DeclaringSyntaxReferences is [var reference] ? (reference.GetSyntax() as VariableDeclaratorSyntax)?.Initializer : null;

    private static SyntaxNode? OfLocal(ILocalSymbol local)
    {
        if (local.DeclaringSyntaxReferences is not [var reference] || reference.GetSyntax() is not VariableDeclaratorSyntax declarator) return null;
        return Locals.GetValue(declarator, static node => new(OnlyWrite((VariableDeclaratorSyntax)node))).Value;
    }

    /// <summary>The initializer, or the only assignment of a local without one: the compiler lets nothing read it before.</summary>
    private static SyntaxNode? OnlyWrite(VariableDeclaratorSyntax declarator)
    {
        SyntaxNode? write = declarator.Initializer;
        foreach (var node in Scope(declarator).DescendantNodes())
        {
            if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != declarator.Identifier.ValueText || !IsWritten(name)) continue;
            if (write is not null || name.Parent is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment)
                return null;
            write = assignment;
        }

        return write;
    }

    private static SyntaxNode Scope(SyntaxNode declarator)
    {
        foreach (var node in declarator.Ancestors())
        {
            if (node is BlockSyntax or SwitchSectionSyntax or ForStatementSyntax or CompilationUnitSyntax) return node;
        }

        return declarator.SyntaxTree.GetRoot();
    }

    private static EqualsValueClauseSyntax? OfField(IFieldSymbol field)
        => Initializer(field) is { } initializer && HasInitializerAlways(field) && !IsWrittenByConstructors(field) ? initializer : null;

    private static SyntaxNode? OfProperty(IPropertySymbol property)
    {
        if (property.IsAbstract || ((property.IsVirtual || property.IsOverride) && !property.IsSealed && !property.ContainingType.IsSealed))
            return null;
        if (property.DeclaringSyntaxReferences is not [var reference] || reference.GetSyntax() is not PropertyDeclarationSyntax declaration)
            return null;
        if (declaration.ExpressionBody is { } arrow) return arrow;
        if (declaration.AccessorList is not { Accessors: [var getter] }) return null;
        if (getter.ExpressionBody is { } body) return body;
        if (getter.Body is { } block) return block.Statements is [ReturnStatementSyntax { Expression: not null } statement] ? statement : null;
        return HasInitializerAlways(property) && !IsWrittenByConstructors(property) ? declaration.Initializer : null;
    }

    /// <summary>A struct can come into being without its initializers.</summary>
    private static bool HasInitializerAlways(ISymbol member) => member.IsStatic || member.ContainingType.IsReferenceType;

    private static bool IsWrittenByConstructors(ISymbol member)
    {
        foreach (var candidate in member.ContainingType.GetMembers())
        {
            if (candidate is not IMethodSymbol
                {
                    MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor
                or MethodKind.PropertySet
                } method)
                continue;
            foreach (var reference in method.DeclaringSyntaxReferences)
            {
                var syntax = reference.GetSyntax();

                // A primary constructor has the syntax of the whole type and no body of its own.
                if (syntax is TypeDeclarationSyntax) continue;
                foreach (var node in syntax.DescendantNodes())
                {
                    if (node is IdentifierNameSyntax name && name.Identifier.ValueText == member.Name && IsWritten(name)) return true;
                }
            }
        }

        return false;
    }

    /// <summary>The name is assigned, counted up or down, deconstructed into, or handed over by reference.</summary>
    private static bool IsWritten(IdentifierNameSyntax name)
    {
        ExpressionSyntax written = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        while (written.Parent is ParenthesizedExpressionSyntax inner) written = inner;
        return written.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == written,
            PrefixUnaryExpressionSyntax
            {
                RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression
                or (int)SyntaxKind.AddressOfExpression
            }
                => true,
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => true,
            RefExpressionSyntax => true,
            ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } => true,
            ArgumentSyntax { Parent: TupleExpressionSyntax tuple } => IsDeconstructed(tuple),
            _ => false,
        };
    }

    private static bool IsDeconstructed(TupleExpressionSyntax tuple) => tuple.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == tuple,
        ForEachVariableStatementSyntax each => each.Variable == tuple,
        ArgumentSyntax { Parent: TupleExpressionSyntax outer } => IsDeconstructed(outer),
        _ => false,
    };
}
