using Microsoft.CodeAnalysis;

namespace KlingGen;

/// <summary>Two inputs of a step as one value of a reference type, for the reason that <see cref="Model.EquatableArray{T}"/> gives.</summary>
internal sealed record StepInputs<TFirst, TSecond>(TFirst First, TSecond Second)
    where TFirst : class
    where TSecond : class;

/// <summary>Combines inputs of a step without a tuple in a tuple.</summary>
internal static class StepInputs
{
    public static IncrementalValueProvider<StepInputs<TFirst, TSecond>> And<TFirst, TSecond>(
        this IncrementalValueProvider<TFirst> first, IncrementalValueProvider<TSecond> second)
        where TFirst : class
        where TSecond : class
        => first.Combine(second).Select(static (both, _) => new StepInputs<TFirst, TSecond>(both.Left, both.Right));
}
