using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>
/// Replaces a string or number by a value of the required emitted enum: <c>"16:9"</c> pasted from fal's pages is a
/// compiler error, and this
/// offers the value that is meant. A cast of a number that is no value is turned in the same way.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EnumValueFix))]
public sealed class EnumValueFix : FixProvider
{
    /// <summary>Creates the fix; editors do.</summary>
    public EnumValueFix()
        : base(
            FixIds.NoConversion,
            FixIds.OnlyExplicitConversion,
            FixIds.NoArgumentConversion,
            FixIds.NoOperator,
            FixIds.NoCommonType,
            FixIds.NoBestType,
            FixIds.UndefinedValue,
            FixIds.NumberForEnum)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(FixContext context, Diagnostic diagnostic, SyntaxNode node)
    {
        // The compiler underlines the whole conditional expression or array; the fix replaces its arms.
        if (node is SwitchExpressionSyntax or SwitchExpressionArmSyntax || node.IsKind(SyntaxKind.SwitchKeyword))
            node = node.FirstAncestorOrSelf<SwitchExpressionSyntax>() ?? node;
        if (node is not ExpressionSyntax expression) return;
        var arms = Arms(expression).ToList();
        if (arms.Count == 1 && arms[0] == expression)
        {
            OfferFor(context, expression, Target(context, expression));
            return;
        }

        foreach (var arm in arms)
        {
            if (context.Model.GetConstantValue(arm, context.Cancellation).Value is string or int) OfferFor(context, arm, Target(context, expression));
        }
    }

    private static void OfferFor(FixContext context, ExpressionSyntax expression, INamedTypeSymbol? target)
    {
        while (expression is ParenthesizedExpressionSyntax inner) expression = inner.Expression;
        var written = Written(expression);
        var choice = written == expression ? target : EnumWords.EmittedEnum(context.Model.GetTypeInfo(expression).Type);
        if (choice is null || context.Model.GetConstantValue(written, context.Cancellation) is not { HasValue: true, Value: { } value }) return;
        if (System.Convert.ToString(value, CultureInfo.InvariantCulture) is not { } text) return;
        foreach (var field in EnumWords.Nearest(choice, text))
        {
            context.Offer(
                "Use " + choice.Name + "." + field.Name, nameof(EnumValueFix),
                    FixContext.Replace(expression, context.Member(choice, field.Name, expression.SpanStart)));
        }
    }

    /// <summary>The expressions of which one is the value.</summary>
    private static IEnumerable<ExpressionSyntax> Arms(ExpressionSyntax expression) => expression switch
    {
        ConditionalExpressionSyntax choice => Arms(choice.WhenTrue).Concat(Arms(choice.WhenFalse)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice => Arms(choice.Left).Concat(Arms(choice.Right)),
        SwitchExpressionSyntax choice => choice.Arms.SelectMany(arm => Arms(arm.Expression)),
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
        ParenthesizedExpressionSyntax { Expression: ConditionalExpressionSyntax or BinaryExpressionSyntax or SwitchExpressionSyntax } inner
            => Arms(inner.Expression),
        _ => new[] { expression },
    };

    /// <summary>The emitted enum that is needed: by the conversion, the parameter, the assigned property, or the other arms.</summary>
    private static INamedTypeSymbol? Target(FixContext context, ExpressionSyntax expression)
    {
        var info = context.Model.GetTypeInfo(expression, context.Cancellation);
        if (EnumWords.EmittedEnum(info.ConvertedType) is { } converted) return converted;
        if (EnumWords.EmittedEnum(info.Type) is { } own) return own;
        if (Element(info.ConvertedType) is { } element) return element;
        foreach (var arm in Arms(expression))
        {
            if (arm != expression && EnumWords.EmittedEnum(context.Model.GetTypeInfo(arm, context.Cancellation).Type) is { } other) return other;
        }

        var isElement = false;
        for (SyntaxNode outer = expression; outer.Parent is { } parent; outer = parent)
        {
            switch (parent)
            {
                case ParenthesizedExpressionSyntax or ConditionalExpressionSyntax or SwitchExpressionArmSyntax or SwitchExpressionSyntax:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression }:
                    continue;
                case ExpressionElementSyntax or CollectionExpressionSyntax:
                    isElement = true;
                    continue;
                case InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation }:
                    return Element(context.Model.GetTypeInfo(creation, context.Cancellation).Type);
                case AssignmentExpressionSyntax assignment when assignment.Right == outer:
                    var type = context.Model.GetTypeInfo(assignment.Left, context.Cancellation).Type;
                    return (isElement ? null : EnumWords.EmittedEnum(type)) ?? Element(type);
                case ArgumentSyntax { Parent: ArgumentListSyntax list } argument when !isElement:
                    return Parameter(context, list, argument);
                default:
                    return null;
            }
        }

        return null;
    }

    private static INamedTypeSymbol? Element(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "IReadOnlyList" or "List", TypeArguments: { Length: 1 } element }
            ? EnumWords.EmittedEnum(element[0])
            : null;

    /// <summary>The compiler names no method where an argument does not fit, only candidates; they must agree.</summary>
    private static INamedTypeSymbol? Parameter(FixContext context, ArgumentListSyntax list, ArgumentSyntax argument)
    {
        var symbols = context.Model.GetSymbolInfo(list.Parent!, context.Cancellation);
        INamedTypeSymbol? found = null;
        foreach (var candidate in symbols.Symbol is { } known ? new[] { known } : symbols.CandidateSymbols.ToArray())
        {
            if (candidate is not IMethodSymbol method) continue;
            var name = argument.NameColon?.Name.Identifier.ValueText;
            var parameter = name is null
                ? method.Parameters.ElementAtOrDefault(list.Arguments.IndexOf(argument))
                : method.Parameters.FirstOrDefault(one => one.Name == name);
            if (EnumWords.EmittedEnum(parameter?.Type) is not { } choice) continue;
            if (found is not null && !SymbolEqualityComparer.Default.Equals(found, choice)) return null;
            found = choice;
        }

        return found;
    }

    /// <summary>What was written as the value: below a cast, and in the constructor of an open enum.</summary>
    private static ExpressionSyntax Written(ExpressionSyntax expression) => expression switch
    {
        CastExpressionSyntax cast => cast.Expression,
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } => arguments[0].Expression,
        _ => expression,
    };
}
