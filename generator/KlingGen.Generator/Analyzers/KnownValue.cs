using System;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>
/// Evaluates what a reader can work out from the code: constants, symbols that have one value (<see cref="SymbolValue"/>), and text and sums
/// put together from such.
/// </summary>
internal static class KnownValue
{
    private const int LongestText = 100_000;

    // A chain of symbols that is longer, or that leads back to itself, is not followed to its end.
    private const int DeepestChain = 12;

    /// <summary>The value, if it is certain; <c>null</c> is a value too.</summary>
    public static bool TryGet(IOperation operation, out object? value) => TryGet(operation, 0, out value);

    private static bool TryGet(IOperation operation, int depth, out object? value)
    {
        // A literal's token has the string already; for its ConstantValue the compiler makes a weak reference, a tenth of the analyzers' time.
        if (operation is { Kind: OperationKind.Literal, Syntax: LiteralExpressionSyntax { Token.Value: string text } })
        {
            value = text;
            return true;
        }

        value = null;
        if (operation.ConstantValue is { HasValue: true } constant)
        {
            value = constant.Value;
            return true;
        }

        if (depth > DeepestChain) return false;
        switch (operation)
        {
            case ILocalReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation:
                return TryFollow(operation, depth, out value);
            case IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion when KeepsValue(conversion):
                return TryGet(conversion.Operand, depth + 1, out value);
            case IObjectCreationOperation { Constructor.ContainingType.SpecialType: SpecialType.System_String, Arguments.Length: 2 } creation:
                return TryRepeat(creation, depth, out value);
            case IInterpolatedStringOperation interpolated:
                return TryInterpolate(interpolated, depth, out value);
            case IBinaryOperation { OperatorMethod: null } binary:
                return TryCombine(binary, depth, out value);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus, OperatorMethod: null } unary:
                return TryGet(unary.Operand, depth + 1, out var operand) && (value = Negate(operand)) is not null;
            default:
                return false;
        }
    }

    /// <summary>Text stays text, and a number that is widened is the same number.</summary>
    private static bool KeepsValue(IConversionOperation conversion)
    {
        var kind = conversion.GetConversion();
        return kind.IsIdentity || kind.IsReference || kind.IsBoxing || kind.IsNullable || (kind.IsNumeric && kind.IsImplicit);
    }

    private static bool TryFollow(IOperation reference, int depth, out object? value)
    {
        value = null;
        if (reference is IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } })
        {
            value = "";
            return true;
        }

        if (SymbolValue.Follow(reference) is { } written) return TryGet(written, depth + 1, out value);
        return SymbolValue.FollowSyntax(reference) is { } syntax && syntax.SyntaxTree != reference.Syntax.SyntaxTree && TryLiteral(syntax, out value);
    }

    private static bool TryLiteral(ExpressionSyntax expression, out object? value)
    {
        value = null;
        while (expression is ParenthesizedExpressionSyntax inner) expression = inner.Expression;
        if (expression is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus)
            return TryLiteral(minus.Operand, out var positive) && (value = Negate(positive)) is not null;
        if (expression is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum)
        {
            if (!TryLiteral(sum.Left, out var left) || !TryLiteral(sum.Right, out var right)) return false;
            value = left is string start && right is string end ? start + end : null;
            return value is not null;
        }

        value = (expression as LiteralExpressionSyntax)?.Token.Value;
        return value is not null;
    }

    private static object? Negate(object? value) => value switch
    {
        int and not int.MinValue => -(int)value,
        long and not long.MinValue => -(long)value,
        double number => -number,
        float number => -number,
        _ => null,
    };

    /// <summary><c>new string('x', 501)</c></summary>
    private static bool TryRepeat(IObjectCreationOperation creation, int depth, out object? value)
    {
        value = null;
        if (!TryGet(creation.Arguments[0].Value, depth + 1, out var letter) || letter is not char character) return false;
        if (!TryGet(creation.Arguments[1].Value, depth + 1, out var number) || number is not (int and >= 0 and <= LongestText)) return false;
        value = new string(character, (int)number);
        return true;
    }

    private static bool TryInterpolate(IInterpolatedStringOperation interpolated, int depth, out object? value)
    {
        value = null;
        var text = new StringBuilder();
        foreach (var part in interpolated.Parts)
        {
            var operand = part switch
            {
                IInterpolatedStringTextOperation literal => literal.Text,
                IInterpolationOperation { Alignment: null, FormatString: null } hole => hole.Expression,
                _ => null,
            };
            if (operand is null || !TryGet(operand, depth + 1, out var known) || Text(known) is not { } piece) return false;
            text.Append(piece);
        }

        value = text.ToString();
        return text.Length <= LongestText;
    }

    /// <summary>How a value reads in every culture; null where that differs.</summary>
    private static string? Text(object? value) => value switch
    {
        null => "",
        string text => text,
        char letter => letter.ToString(),
        int and >= 0 or long and >= 0 => Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static bool TryCombine(IBinaryOperation binary, int depth, out object? value)
    {
        value = null;
        if (!TryGet(binary.LeftOperand, depth + 1, out var left) || !TryGet(binary.RightOperand, depth + 1, out var right)) return false;
        value = binary.Type?.SpecialType switch
        {
            SpecialType.System_String when binary.OperatorKind == BinaryOperatorKind.Add && Text(left) is { } start && Text(right) is { } end
                => start + end,
            SpecialType.System_Int32 when left is int first && right is int second => (object?)Whole(binary.OperatorKind, first, second),
            SpecialType.System_Double when Number(left) is { } first && Number(right) is { } second => Fraction(binary.OperatorKind, first, second),
            _ => null,
        };
        return value is not null && (value is not string { Length: > LongestText });
    }

    private static double? Number(object? value) => value switch
    {
        double number => number,
        float number => number,
        int number => number,
        long number => number,
        _ => null,
    };

    private static int? Whole(BinaryOperatorKind kind, long first, long second)
    {
        var result = kind switch
        {
            BinaryOperatorKind.Add => first + second,
            BinaryOperatorKind.Subtract => first - second,
            BinaryOperatorKind.Multiply => first * second,
            BinaryOperatorKind.Divide when second != 0 => first / second,
            _ => long.MaxValue,
        };
        return result is >= int.MinValue and <= int.MaxValue ? (int)result : null;
    }

    private static double? Fraction(BinaryOperatorKind kind, double first, double second) => kind switch
    {
        BinaryOperatorKind.Add => first + second,
        BinaryOperatorKind.Subtract => first - second,
        BinaryOperatorKind.Multiply => first * second,
        BinaryOperatorKind.Divide => first / second,
        _ => null,
    };
}
