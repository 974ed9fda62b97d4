using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>
/// Turns a text or a number that stands where an emitted enum is wanted into the enum's value: who pastes <c>"16:9"</c> from fal's pages gets a compiler error,
/// and with it the value that is meant. A cast of a number that is no value is turned in the same way.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EnumValueFix))]
public sealed class EnumValueFix : FixProvider
{
    /// <summary>As an editor makes it.</summary>
    public EnumValueFix()
        : base(FixIds.NoConversion, FixIds.OnlyExplicitConversion, FixIds.UndefinedValue)
    {
    }

    /// <inheritdoc/>
    private protected override void Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode node, SemanticModel model)
    {
        if (node is not ExpressionSyntax expression) return;
        while (expression is ParenthesizedExpressionSyntax inner) expression = inner.Expression;
        var written = Written(expression);
        var type = model.GetTypeInfo(expression, context.CancellationToken);
        if (EnumWords.EmittedEnum(written == expression ? type.ConvertedType : type.Type) is not { } choice) return;
        if (model.GetConstantValue(written, context.CancellationToken) is not { HasValue: true, Value: { } value }) return;
        if (System.Convert.ToString(value, CultureInfo.InvariantCulture) is not { } text) return;

        foreach (var field in EnumWords.Nearest(choice, text))
            Fix.Replace(context, diagnostic, "Use " + choice.Name + "." + field.Name, nameof(EnumValueFix), expression, Fix.Member(choice, field.Name).WithTriviaFrom(expression));
    }

    /// <summary>What was written as the value: below a cast, and in the constructor of an open enum.</summary>
    private static ExpressionSyntax Written(ExpressionSyntax expression) => expression switch
    {
        CastExpressionSyntax cast => cast.Expression,
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } => arguments[0].Expression,
        _ => expression,
    };
}
