using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>Whether a property has a value. What is not known is never a fault.</summary>
internal enum Given
{
    Unknown,
    No,
    Yes,
}

/// <summary>
/// Decides whether an expression is null. Only what is certain at run time counts, because two properties that exclude each other are an error.
/// </summary>
internal static class GivenValue
{
    private const int DeepestChain = 12;

    public static Given Evaluate(IOperation value) => Evaluate(value, 0);

    private static Given Evaluate(IOperation value, int depth)
    {
        if (KnownValue.TryGet(value, out var constant)) return constant is null ? Given.No : Given.Yes;
        if (depth > DeepestChain) return Given.Unknown;
        switch (value)
        {
            case IDefaultValueOperation when !IsNotNullable(value.Type):
                return Given.No;
            case IObjectCreationOperation or IWithOperation or IArrayCreationOperation or IInterpolatedStringOperation or IAnonymousFunctionOperation:
            case IBinaryOperation { Type.SpecialType: SpecialType.System_String }:
                return Given.Yes;
            case IConversionOperation { Operand: IThrowOperation } or IThrowOperation:
                return Given.Yes;
            case IConversionOperation conversion when conversion.Syntax is not CollectionExpressionSyntax:
                return Evaluate(conversion.Operand, depth + 1);
            case ICoalesceOperation choice:
                var fallback = Evaluate(choice.WhenNull, depth + 1);
                return fallback == Given.Yes ? Given.Yes : OfArms(choice, depth);
            case IConditionalOperation or ISwitchExpressionOperation:
                return OfArms(value, depth);
            case IInvocationOperation
            {
                TargetMethod:
                {
                    ContainingType.Name: "FalMedia",
                    Name: "FromFile" or "FromUrl" or "FromBytes" or "FromStream" or "FromDataUri"
                }
            }:
                return Given.Yes;
        }

        if (value.Syntax is CollectionExpressionSyntax || IsNotNullable(value.Type)) return Given.Yes;
        if (SymbolValue.Follow(value) is { } followed) return Evaluate(followed, depth + 1);
        return IsPromised(value) ? Given.Yes : Given.Unknown;
    }

    /// <summary>All arms agree. An arm that throws gives no value to disagree.</summary>
    private static Given OfArms(IOperation choice, int depth)
    {
        Given? all = null;
        foreach (var arm in ValueArms.Split(choice))
        {
            if (arm is IThrowOperation or IConversionOperation { Operand: IThrowOperation }) continue;
            var given = Evaluate(arm, depth + 1);
            if (all is not null && all != given) return Given.Unknown;
            all = given;
        }

        return all ?? Given.Unknown;
    }

    /// <summary>
    /// A signature promises a value. A property does not, unless it is the framework's own: deserializers and mappers put null into properties
    /// whose type says
    /// otherwise. Nor does a type parameter, whose argument may be null.
    /// </summary>
    private static bool IsPromised(IOperation value) => value switch
    {
        IInvocationOperation { TargetMethod: { ReturnNullableAnnotation: NullableAnnotation.NotAnnotated } method }
            => method.OriginalDefinition.ReturnType is not ITypeParameterSymbol && !MayBeNull(method.GetReturnTypeAttributes()),
        IAwaitOperation { Operation: IInvocationOperation { TargetMethod: { } method } } => ReturnsTaskOfValue(method),
        IParameterReferenceOperation { Parameter: { NullableAnnotation: NullableAnnotation.NotAnnotated, Type: not ITypeParameterSymbol } parameter }
            => !MayBeNull(parameter.GetAttributes()),
        IPropertyReferenceOperation { Property: { NullableAnnotation: NullableAnnotation.NotAnnotated, SetMethod: null } property }
            => property.ContainingAssembly?.Name.StartsWith("System", System.StringComparison.Ordinal) == true
                && !MayBeNull(property.GetAttributes()),
        _ => false,
    };

    private static bool ReturnsTaskOfValue(IMethodSymbol method)
        => method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArgumentNullableAnnotations: [NullableAnnotation.NotAnnotated] }
            && method.OriginalDefinition.ReturnType is INamedTypeSymbol { TypeArguments: [not ITypeParameterSymbol] }
            && !MayBeNull(method.GetReturnTypeAttributes());

    private static bool MayBeNull(System.Collections.Immutable.ImmutableArray<AttributeData> attributes)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.AttributeClass?.Name is "MaybeNullAttribute" or "AllowNullAttribute" or "MaybeNullWhenAttribute") return true;
        }

        return false;
    }

    private static bool IsNotNullable(ITypeSymbol? type)
        => type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T };
}
