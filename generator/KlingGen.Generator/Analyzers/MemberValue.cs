using System.Collections.Immutable;
using System.Globalization;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>One value on its way into a member.</summary>
internal readonly struct MemberValue(OperationAnalysisContext context, KnownSymbols known, MemberLimits member)
{
    public void Check(IOperation value)
    {
        if (member.Holding == Holding.One) CheckOne(value, member.WireName);
    }

    /// <summary>Follows the value to where it is known: each arm of a choice may be the one that counts.</summary>
    private void CheckOne(IOperation value, string name)
    {
        if (KnownValue.TryGet(value, out var constant))
        {
            if (constant is not null) Judge(value, name, constant);
            return;
        }

        switch (value)
        {
            case IConditionalOperation { WhenFalse: { } otherwise } choice:
                CheckOne(choice.WhenTrue, name);
                CheckOne(otherwise, name);
                break;
            case ISwitchExpressionOperation choice:
                foreach (var arm in choice.Arms) CheckOne(arm.Value, name);
                break;
            case ICoalesceOperation choice:
                CheckOne(choice.WhenNull, name);
                break;
            case IConversionOperation conversion when KeepsValue(conversion):
                CheckOne(conversion.Operand, name);
                break;
        }
    }

    /// <summary>Conversions that the language adds by itself, and those to Int128, which has no constants of its own.</summary>
    private bool KeepsValue(IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is { } method) return conversion.IsImplicit && KnownSymbols.Same(method.ContainingType, known.Int128);
        return conversion.IsImplicit || KnownSymbols.Same(MemberLimits.WithoutNull(conversion.Type), MemberLimits.WithoutNull(conversion.Operand.Type));
    }

    private void Judge(IOperation value, string name, object constant)
    {
        switch (member.Shape)
        {
            case ValueShape.Text when constant is string text:
                if (member.Length?.Judge(text) is { } tooLong) Report(ValueDescriptors.TextLength, value, name, tooLong);
                break;
            case ValueShape.Integer or ValueShape.Number when ToNumber(constant) is { } number:
                if (member.Range?.Judge(number) is { } outside) Report(ValueDescriptors.NumberRange, value, name, outside, member.Range.Nearest(number));
                break;
        }
    }

    private static double? ToNumber(object constant) => constant switch
    {
        double number => number,
        float number => number,
        int or long or uint or ulong or short or ushort or byte or sbyte => System.Convert.ToDouble(constant, CultureInfo.InvariantCulture),
        char number => number,
        _ => null,
    };

    private void Report(DiagnosticDescriptor rule, IOperation value, string name, string problem, string? nearest = null)
    {
        var properties = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Member, member.Property.Name);
        if (nearest is not null) properties = properties.Add(DiagnosticProperties.Nearest, nearest);
        context.ReportDiagnostic(Diagnostic.Create(rule, value.Syntax.GetLocation(), properties, $"'{name}' {problem}"));
    }
}
