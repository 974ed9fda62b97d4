using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>One value on its way into a member.</summary>
/// <param name="context">The assignment, and where diagnostics go.</param>
/// <param name="known">The runtime's types.</param>
/// <param name="member">The member.</param>
internal readonly struct MemberValue(OperationAnalysisContext context, KnownSymbols known, MemberConstraints member)
{
    /// <summary>The object is being made: a member that is not named has no value yet.</summary>
    private bool IsFresh => context.Operation.Parent?.Parent is IObjectCreationOperation;

    /// <summary>No two elements may be equal.</summary>
    private bool IsSet => member.Count is { IsUnique: true } && member.Holding == Holding.List;

    public void Check(IOperation value)
    {
        if (member.Holding == Holding.One) CheckOne(value, null);
        else CheckList(value);
    }

    private void CheckList(IOperation value)
    {
        value = Bare(value);
        if (ElementList.Read(value) is not { } list)
        {
            foreach (var arm in Arms(value)) CheckList(arm);
            return;
        }

        if (member.Count?.Judge(list.Elements.Count, list.IsComplete) is { } amiss) Report(ValueDescriptors.ElementCount, value, null, amiss);
        var seen = IsSet && list.Elements.Count > 1 ? new HashSet<object>() : null;
        foreach (var element in list.Elements)
        {
            if (element.Value is not { } one) continue;
            CheckOne(one, element.Key);
            if (seen is not null && KeyOf(one) is { } same && !seen.Add(same))
                Report(ValueDescriptors.RepeatedElement, one, null, "must not hold an element twice; " + (element.Key is { } key ? "element " + key : "this element") + " repeats an earlier one");
        }
    }

    /// <summary>Follows the value to where it is known: each arm of a choice may be the one that counts.</summary>
    /// <param name="value">The value.</param>
    /// <param name="key">Its index or key; null for a member's only value, and where it is not known.</param>
    private void CheckOne(IOperation value, string? key)
    {
        value = Bare(value);

        // A value that is named is one of those that have names.
        if (value.Kind == OperationKind.FieldReference && member.Enum is { IsOpen: false } names && member.Default is null && names.Holds(((IFieldReferenceOperation)value).Field)) return;
        if (KnownValue.TryGet(value, out var constant))
        {
            if (constant is not null) Judge(value, key, constant);
            return;
        }

        foreach (var arm in Arms(value)) CheckOne(arm, key);
        if (member.Enum is { IsOpen: true } words && WordOf(value) is { } word && !words.Has(word))
            Report(ValueDescriptors.UndefinedValue, value, key, "must be one of the values that its enum names, not " + word);
    }

    /// <summary>The value below conversions that leave it as it is.</summary>
    private IOperation Bare(IOperation value)
    {
        // The kind is asked first because most values are no conversion, which an interface takes longer to tell.
        while (value.Kind == OperationKind.Conversion && value is IConversionOperation { ConstantValue.HasValue: false } conversion && KeepsValue(conversion)) value = conversion.Operand;
        return value;
    }

    /// <summary>The values of which one is the value; none if it is no choice.</summary>
    private static IReadOnlyList<IOperation> Arms(IOperation value)
    {
        switch (value)
        {
            case IConditionalOperation { WhenFalse: { } otherwise } choice:
                return new[] { choice.WhenTrue, otherwise };
            case ICoalesceOperation choice:
                return new[] { choice.Value, choice.WhenNull };
            case ISwitchExpressionOperation choice:
                var arms = new List<IOperation>(choice.Arms.Length);
                foreach (var arm in choice.Arms) arms.Add(arm.Value);
                return arms;
            default:
                return Array.Empty<IOperation>();
        }
    }

    /// <summary>Conversions that the language adds by itself, those to Int128, which has no constants of its own, and casts to an enum.</summary>
    private bool KeepsValue(IConversionOperation conversion)
    {
        // The operation of a collection expression may be wrapped in a conversion that has the same syntax; its elements are found below either.
        if (conversion.GetConversion().IsUserDefined) return conversion.IsImplicit && KnownSymbols.Same(conversion.OperatorMethod?.ContainingType, known.Int128);
        if (conversion.IsImplicit) return true;
        var to = MemberConstraints.WithoutNull(conversion.Type);
        return to?.TypeKind == TypeKind.Enum || KnownSymbols.Same(to, MemberConstraints.WithoutNull(conversion.Operand.Type));
    }

    /// <summary>The text out of which a value of an open enum is made.</summary>
    private static string? WordOf(IOperation value)
    {
        var text = value switch
        {
            IConversionOperation { OperatorMethod: { } method } conversion when KnownSymbols.Same(method.ContainingType,
                MemberConstraints.WithoutNull(value.Type)) => conversion.Operand,
            IObjectCreationOperation { Arguments: [var only] } => only.Value,
            _ => null,
        };
        return text is not null && KnownValue.TryGet(text, out var word) ? word as string : null;
    }

    /// <summary>What makes two elements equal; null if that is not known.</summary>
    private static object? KeyOf(IOperation element)
    {
        while (true)
        {
            if (KnownValue.TryGet(element, out var value)) return value is null ? null : ToNumber(value) ?? value;
            if (element is not IConversionOperation { IsImplicit: true } conversion) return null;
            element = conversion.Operand;
        }
    }

    private void Judge(IOperation value, string? key, object constant)
    {
        switch (member.Shape)
        {
            case ValueShape.Text when constant is string text:
                JudgeText(value, key, text);
                break;
            case ValueShape.Integer or ValueShape.Number when ToNumber(constant) is { } number:
                if (member.Range?.Judge(number) is { } outside) Report(ValueDescriptors.NumberRange, value, key, outside, member.Range.Nearest(number));
                break;
            case ValueShape.Enum when member.Enum is { IsOpen: false } values && constant is not (string or bool or char or float or double):
                var given = Convert.ToDecimal(constant, CultureInfo.InvariantCulture);
                if (!values.Has(given)) Report(ValueDescriptors.UndefinedValue, value, key, "must be one of the values that its enum names, not " + given.ToString(CultureInfo.InvariantCulture));
                break;
        }

        if (member.Default is { } fallback && IsFresh && Equals(ToNumber(constant) ?? constant, ToNumber(fallback) ?? fallback))
            Report(ValueDescriptors.ServerDefault, value, key, "is what the server uses anyway; leave it out to follow the server when it changes");
    }

    private void JudgeText(IOperation value, string? key, string text)
    {
        if (member.Length?.Judge(text) is { } length)
            Report(ValueDescriptors.TextLength, value, key, length);
        else if (text.Length == 0 && member.Property.IsRequired && member.Holding == Holding.One)
            Report(ValueDescriptors.EmptyText, value, key, "is required, and an empty text says nothing");
        if (member.Pattern?.Judge(text) is { } mismatch) Report(ValueDescriptors.TextPattern, value, key, mismatch);
        if (member.IsUrl && !MediaUrl.IsValid(text))
            Report(ValueDescriptors.NoUrl, value, key, "must be an http or https URL, or a data URI, not " + Wording.Quote(text));
    }

    private static double? ToNumber(object constant) => constant switch
    {
        double number => number,
        float number => number,
        int number => number,
        long or uint or ulong or short or ushort or byte or sbyte => Convert.ToDouble(constant, CultureInfo.InvariantCulture),
        char number => number,
        _ => null,
    };

    private void Report(DiagnosticDescriptor rule, IOperation value, string? key, string problem, string? nearest = null)
    {
        var properties = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Member, member.Property.Name);
        if (nearest is not null) properties = properties.Add(DiagnosticProperties.Nearest, nearest);
        var name = key is null ? member.WireName : member.WireName + "." + key;
        context.ReportDiagnostic(Diagnostic.Create(rule, value.Syntax.GetLocation(), properties, $"'{name}' {problem}"));
    }
}
