using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>What is known of a value before the program runs.</summary>
internal static class KnownValue
{
    private const int LongestRepeat = 100_000;

    /// <summary>The value, if it is certain; <c>null</c> is a value too.</summary>
    public static bool TryGet(IOperation operation, out object? value)
    {
        value = null;
        if (operation.ConstantValue is { HasValue: true } constant)
        {
            value = constant.Value;
            return true;
        }

        return operation switch
        {
            IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } field } => TryReadOnly(field, operation.SemanticModel, out value),
            IObjectCreationOperation { Constructor.ContainingType.SpecialType: SpecialType.System_String, Arguments.Length: 2 } creation => TryRepeat(creation, out value),
            _ => false,
        };
    }

    /// <summary>
    /// A static readonly field has the value of its initializer unless a static constructor sets it. In another file only a literal is read: an analyzer has no business with
    /// the meaning of a tree that is not being analyzed.
    /// </summary>
    private static bool TryReadOnly(IFieldSymbol field, SemanticModel? model, out object? value)
    {
        value = null;
        if (field is { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String })
        {
            value = "";
            return true;
        }

        foreach (var constructor in field.ContainingType.StaticConstructors)
        {
            if (!constructor.IsImplicitlyDeclared) return false;
        }

        if (field.DeclaringSyntaxReferences is not [var reference] || reference.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } initializer }) return false;
        if (model is not null && initializer.SyntaxTree == model.SyntaxTree)
        {
            var constant = model.GetConstantValue(initializer);
            value = constant.Value;
            return constant.HasValue;
        }

        return TryLiteral(initializer, out value);
    }

    private static bool TryLiteral(ExpressionSyntax expression, out object? value)
    {
        value = null;
        var isNegative = expression.IsKind(SyntaxKind.UnaryMinusExpression);
        if (isNegative) expression = ((PrefixUnaryExpressionSyntax)expression).Operand;
        if (expression is not LiteralExpressionSyntax literal || literal.Token.Value is null) return false;
        value = literal.Token.Value;
        if (!isNegative) return true;
        value = value switch
        {
            int number => -number,
            long number => -number,
            double number => -number,
            float number => -number,
            _ => null,
        };
        return value is not null;
    }

    /// <summary><c>new string('x', 501)</c></summary>
    private static bool TryRepeat(IObjectCreationOperation creation, out object? value)
    {
        value = null;
        if (creation.Arguments[0].Value.ConstantValue is not { HasValue: true, Value: char letter }) return false;
        if (creation.Arguments[1].Value.ConstantValue is not { HasValue: true, Value: int count and >= 0 and <= LongestRepeat }) return false;
        value = new string(letter, count);
        return true;
    }
}
