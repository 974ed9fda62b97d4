using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>Whether a member has a value. What is not known is never a fault.</summary>
internal enum Given
{
    Unknown,
    No,
    Yes,
}

/// <summary>What one initialiser says about the members of the object that it makes or changes.</summary>
internal sealed class InitializerValues
{
    private readonly Dictionary<IPropertySymbol, ISimpleAssignmentOperation> _assigned = new(SymbolEqualityComparer.Default);
    private readonly bool _isFresh;

    private InitializerValues(IObjectOrCollectionInitializerOperation? initializer, bool isFresh)
    {
        _isFresh = isFresh;
        if (initializer is null) return;
        foreach (var part in initializer.Initializers)
        {
            if (part is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } assignment) _assigned[property] = assignment;
        }
    }

    public static InitializerValues Of(IOperation operation) => operation switch
    {
        // A constructor that somebody wrote may set members; those that we emit have none.
        IObjectCreationOperation creation => new(creation.Initializer, creation is { Arguments.Length: 0, Constructor.DeclaringSyntaxReferences.Length: 0 }),
        IWithOperation change => new(change.Initializer, isFresh: false),
        _ => new(null, isFresh: false),
    };

    public IOperation? ValueOf(IPropertySymbol member) => _assigned.TryGetValue(member, out var assignment) ? assignment.Value : null;

    /// <summary>Where the member is named; null if it is not.</summary>
    public IOperation? PlaceOf(IPropertySymbol member) => _assigned.TryGetValue(member, out var assignment) ? assignment : null;

    public Given IsGiven(MemberGroup group)
    {
        var all = Given.Yes;
        foreach (var member in group.Members)
        {
            switch (IsGiven(member))
            {
                case Given.No:
                    return Given.No;
                case Given.Unknown:
                    all = Given.Unknown;
                    break;
            }
        }

        return all;
    }

    /// <summary>The number that a member certainly has: of a number, or of a word that spells one.</summary>
    public double? NumberOf(IPropertySymbol member, KnownSymbols known)
    {
        if (ValueOf(member) is not { } value || Constant(value) is not { } constant) return null;
        return NumberOf(constant, known.Constraints.Of(member)?.Enum);
    }

    public static double? NumberOf(object constant, EnumValues? words)
    {
        if (constant is string text) return Parse(text);
        var number = System.Convert.ToDouble(constant, CultureInfo.InvariantCulture);
        return words is { IsOpen: false } ? words.WordOf((decimal)number) is { } word ? Parse(word) : null : number;
    }

    /// <summary>The word that a member certainly has on the wire.</summary>
    public string? WordOf(IPropertySymbol member, KnownSymbols known)
    {
        if (ValueOf(member) is not { } value || Constant(value) is not { } constant) return null;
        if (constant is string text) return text;
        if (constant is not (int or long)) return null;
        return known.Constraints.Of(member)?.Enum?.WordOf(System.Convert.ToDecimal(constant, CultureInfo.InvariantCulture));
    }

    private Given IsGiven(IPropertySymbol member)
    {
        if (!_assigned.TryGetValue(member, out var assignment)) return _isFresh ? Given.No : Given.Unknown;
        if (member.Type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T }) return Given.Yes;
        return IsGiven(assignment.Value);
    }

    private static Given IsGiven(IOperation value)
    {
        if (KnownValue.TryGet(value, out var constant)) return constant is null ? Given.No : Given.Yes;
        switch (value)
        {
            case IDefaultValueOperation:
                return Given.No;
            case IObjectCreationOperation or IArrayCreationOperation or IInterpolatedStringOperation or IBinaryOperation { Type.SpecialType: SpecialType.System_String }:
                return Given.Yes;
            case IConversionOperation { OperatorMethod: null } conversion:
                return conversion.Operand.Type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T } ? Given.Yes : IsGiven(conversion.Operand);
            case IConversionOperation conversion:
                return IsGiven(conversion.Operand);
            case IInvocationOperation { TargetMethod: { ContainingType.Name: "FalMedia", Name: "FromFile" or "FromUrl" or "FromBytes" or "FromStream" or "FromDataUri" } }:
                return Given.Yes;
        }

        if (value.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.CollectionExpressionSyntax) return Given.Yes;
        if (value.Type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T }) return Given.Yes;

        // What may be null is asked for by the language's own annotations and not by flow: a method that promises a value gives one.
        return value is IInvocationOperation { TargetMethod.ReturnNullableAnnotation: NullableAnnotation.NotAnnotated } or IPropertyReferenceOperation { Property.NullableAnnotation: NullableAnnotation.NotAnnotated }
            or IParameterReferenceOperation { Parameter.NullableAnnotation: NullableAnnotation.NotAnnotated }
            ? Given.Yes
            : Given.Unknown;
    }

    /// <summary>The constant below the conversions that the language adds.</summary>
    private static object? Constant(IOperation value)
    {
        while (true)
        {
            if (KnownValue.TryGet(value, out var constant)) return constant is bool or char ? null : constant;
            if (value is not IConversionOperation { IsImplicit: true } conversion) return null;
            value = conversion.Operand;
        }
    }

    private static double? Parse(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
