using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using KlingGen.Checks;
using KlingGen.Diagnostics;
using KlingGen.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypeKind = Microsoft.CodeAnalysis.TypeKind;

namespace KlingGen.Analyzers;

/// <summary>
/// Checks the values that an initializer or a statement assigns to properties: wherever a value is written, and each arm of a conditional expression.
/// </summary>
/// <param name="context">The initializer or the statement, and where diagnostics go.</param>
/// <param name="known">The runtime's types.</param>
internal sealed class MemberValues(OperationAnalysisContext context, KnownSymbols known)
{
    // A chain of symbols that is longer, or that leads back to itself, is not followed to its end.
    private const int DeepestChain = 12;

    // The property whose value is being checked. One object for all properties of an initializer: a context is large.
    private MemberConstraints _member = null!;
    private int _depth;

    /// <summary>The object is being made: a property that is not assigned has no value yet.</summary>
    private bool IsFresh => context.Operation is IObjectCreationOperation;

    /// <summary>No two elements may be equal.</summary>
    private bool IsSet => _member.Container.UniqueItems && _member.Holding == Holding.List;

    public void Check(MemberConstraints member, IOperation value)
    {
        _member = member;
        if (_member.Holding == Holding.One) CheckOne(value, null, null);
        else CheckList(value, null);
    }

    /// <param name="value">The collection.</param>
    /// <param name="place">The reference that led to it; null if it is in the assignment itself.</param>
    private void CheckList(IOperation value, IOperation? place)
    {
        IOperation? cast = null;
        value = Bare(value, ref cast);
        if (ElementList.Read(value) is { } list)
        {
            CheckElements(list, value, place);
            return;
        }

        if (_depth++ < DeepestChain)
        {
            if (CollectionValue.Follow(value) is { } followed) CheckList(followed, place ?? value);
            foreach (var arm in ValueArms.Split(value)) CheckList(arm, place);
        }

        _depth--;
    }

    private void CheckElements(ElementList list, IOperation value, IOperation? place)
    {
        var items = new ConstrainedValue.Items(list.Elements.Count, list.IsComplete, RepeatedIndex: null, list.CountWith);
        foreach (var group in _member.ContainerGroups)
        {
            if (group.Check(_member.Container, items) is { } violation)
                Report(ValueDescriptors.Find(group.DiagnosticId), value, place, null, violation.Message);
        }

        var areElementsConstrained = _member.ValueGroups.Length > 0 || _member.Enum is not null;
        var seen = IsSet && list.Elements.Count > 1 ? new Dictionary<object, IOperation>(list.Elements.Count) : null;
        foreach (var element in list.Elements)
        {
            if (element.Value is not { } one) continue;
            if (areElementsConstrained) CheckOne(one, place, element.Key);
            if (seen is null || KeyOf(one) is not { } same) continue;
            if (seen.TryGetValue(same, out var earlier))
            {
                var message = ValueRules.NotUnique(element.Key).Message;
                Report(ValueDescriptors.RepeatedElement, one, place, null, message, related: earlier.Syntax.GetLocation());
            }
            else
            {
                seen.Add(same, one);
            }
        }
    }

    /// <param name="value">The value.</param>
    /// <param name="place">The reference that led to it; null if it is in the assignment itself.</param>
    /// <param name="key">Its index or key; null for a property's only value, and where it is not known.</param>
    private void CheckOne(IOperation value, IOperation? place, string? key)
    {
        if (_member.Enum is { IsOpen: false } closed && IsRefusedByCompiler(value))
        {
            CheckNumberForEnum(value, key, closed);
            return;
        }

        value = Bare(value, ref place);
        if (KnownValue.TryGet(value, out var constant))
        {
            if (constant is not null) CheckConstant(value, place, key, constant);
            return;
        }

        if (_member.Enum is { IsOpen: true } words && TextOf(value) is { } text) CheckWords(words, text, value, place, key);
        if (_depth++ < DeepestChain)
        {
            if (SymbolValue.Follow(value) is { } followed) CheckOne(followed, place ?? value, key);
            foreach (var arm in ValueArms.Split(value)) CheckOne(arm, place, key);
        }

        _depth--;
    }

    /// <summary>An implicit conversion that the language does not have: the compiler reports CS0266 there.</summary>
    /// <remarks>Roslyn 4.8 calls a part of a cast to a nullable enum implicit; only the syntax shows whether there is a cast.</remarks>
    private static bool IsRefusedByCompiler(IOperation value)
        => value is IConversionOperation { IsImplicit: true, Syntax: not CastExpressionSyntax } conversion && !conversion.GetConversion().IsImplicit
            && !conversion.GetConversion().IsUserDefined;

    /// <summary>The compiler suggests a cast, which would give another value: the numbers of an enum are not its wire values.</summary>
    private void CheckNumberForEnum(IOperation value, string? key, EnumValues values)
    {
        value = ((IConversionOperation)value).Operand;
        if (!KnownValue.TryGet(value, out var constant) || constant is not (int or long)) return;
        var word = Convert.ToString(constant, CultureInfo.InvariantCulture)!;
        if (values.ExpressionOf(word) is { } expression)
            Report(ValueDescriptors.NumberForEnum, value, null, key, $"is written {expression}, not {word}");
        else Report(ValueDescriptors.UndefinedValue, value, null, key, values.RefuseNumber(word));
    }

    private void CheckWords(EnumValues values, IOperation text, IOperation value, IOperation? place, string? key)
        => WrittenValue.Visit(text, (given, written) =>
        {
            if (given is not string word || values.Has(word)) return;
            if (value is IObjectCreationOperation || place is not null)
                Report(ValueDescriptors.UndefinedValue, value, place, key, values.RefuseWord(word));
            else Report(ValueDescriptors.UndefinedValue, written, key, values.RefuseWord(word), null, null);
        });

    /// <summary>The value below conversions that do not change it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="place">Set to a cast of something that is no constant, unless it is set: the cast is what is wrong, and what a fix
    /// replaces.</param>
    private IOperation Bare(IOperation value, ref IOperation? place)
    {
        // The kind is tested first because most values are no conversion, and an interface takes longer to test.
        while (value.Kind == OperationKind.Conversion && value is IConversionOperation { ConstantValue.HasValue: false } conversion
            && KeepsValue(conversion))
        {
            if (!conversion.IsImplicit) place ??= conversion;
            value = conversion.Operand;
        }

        return value;
    }

    /// <summary>Conversions that the language adds by itself, those to Int128, which has no constants of its own, and casts to an enum.</summary>
    private bool KeepsValue(IConversionOperation conversion)
    {
        if (conversion.GetConversion().IsUserDefined)
            return conversion.IsImplicit && KnownSymbols.Same(conversion.OperatorMethod?.ContainingType, known.Int128);
        if (conversion.IsImplicit) return true;
        var to = MemberConstraints.WithoutNull(conversion.Type);
        return to?.TypeKind == TypeKind.Enum || KnownSymbols.Same(to, MemberConstraints.WithoutNull(conversion.Operand.Type));
    }

    /// <summary>The text out of which a value of an open enum is made.</summary>
    private static IOperation? TextOf(IOperation value) => value switch
    {
        IConversionOperation { OperatorMethod: { } method } conversion
            when KnownSymbols.Same(method.ContainingType, MemberConstraints.WithoutNull(value.Type)) => conversion.Operand,
        IObjectCreationOperation { Arguments: [var only] } => only.Value,
        _ => null,
    };

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

    private void CheckConstant(IOperation value, IOperation? place, string? key, object constant)
    {
        switch (_member.Shape)
        {
            case ValueShape.Text when constant is string text:
                CheckText(value, place, key, text);
                break;
            case ValueShape.Integer or ValueShape.Number when ToNumber(constant) is { } number:
                CheckNumber(value, place, key, number, constant);
                break;
            case ValueShape.Enum when _member.Enum is { IsOpen: false } values && constant is not (string or bool or char or float or double):
                if (!values.Has(Convert.ToDecimal(constant, CultureInfo.InvariantCulture)))
                    Report(ValueDescriptors.UndefinedValue, value, place, key,
                        values.RefuseCast(Convert.ToString(constant, CultureInfo.InvariantCulture)!));
                break;
        }

        if (_member.Default is { } fallback && IsFresh && Equals(ToNumber(constant) ?? constant, ToNumber(fallback) ?? fallback))
            Report(ValueDescriptors.ServerDefault, value, place, key,
                "is what the server uses anyway; leave it out to follow the server when it changes");
    }

    private void CheckText(IOperation value, IOperation? place, string? key, string text)
    {
        var isLengthReported = false;
        var given = _member.ValueGroups.Length > 0 ? new ConstrainedValue.Text(text) : null;
        foreach (var group in _member.ValueGroups)
        {
            if (group.Check(_member.Value, given!) is not { } violation) continue;
            var rule = ValueDescriptors.Find(group.DiagnosticId);
            isLengthReported |= rule == ValueDescriptors.TextLength;
            Report(rule, value, place, key, violation.Message);
        }

        if (text.Length == 0 && !isLengthReported && _member.Property.IsRequired && _member.Holding == Holding.One)
            Report(ValueDescriptors.EmptyText, value, place, key, "is required and must not be empty");
    }

    private void CheckNumber(IOperation value, IOperation? place, string? key, double number, object constant)
    {
        if (_member.IsInside(number)) return;
        var integer = _member.Shape == ValueShape.Integer ? ToInteger(constant) : null;
        if (_member.Shape == ValueShape.Integer && integer is null) return;
        var given = new ConstrainedValue.Number(number, integer);
        foreach (var group in _member.ValueGroups)
        {
            if (group.Check(_member.Value, given) is not { } violation) continue;
            if (integer is { } exact && !NearestNumber.IsCertain(exact, _member.Value)) continue;
            var nearest = NearestNumber.Find(number, _member.Value, integer is not null);
            Report(ValueDescriptors.Find(group.DiagnosticId), value, place, key, violation.Message, nearest);
        }
    }

    private static BigInteger? ToInteger(object constant) => constant switch
    {
        ulong number => number,
        int or long or uint or short or ushort or byte or sbyte => Convert.ToInt64(constant, CultureInfo.InvariantCulture),
        char number => number,
        _ => null,
    };

    private static double? ToNumber(object constant) => constant switch
    {
        double number => number,
        float number => number,
        int number => number,
        long or uint or ulong or short or ushort or byte or sbyte => Convert.ToDouble(constant, CultureInfo.InvariantCulture),
        char number => number,
        _ => null,
    };

    private void Report(
        DiagnosticDescriptor rule, IOperation value, IOperation? place, string? key, string problem, string? nearest = null, Location? related = null)
        => Report(rule, new WrittenValue(value, place), key, problem, nearest, related);

    private void Report(DiagnosticDescriptor rule, WrittenValue written, string? key, string problem, string? nearest, Location? related)
    {
        var properties = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Member, _member.Property.Name);
        if (nearest is not null) properties = properties.Add(DiagnosticProperties.Nearest, nearest);
        var name = key is null ? _member.WireName : _member.WireName + "." + key;
        var others = related is null ? written.AdditionalLocations : [related, .. written.AdditionalLocations];
        context.ReportDiagnostic(Diagnostic.Create(rule, written.Place.GetLocation(), others, properties, $"'{name}' {problem}"));
    }
}
