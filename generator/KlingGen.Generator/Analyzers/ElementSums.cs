using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>Adds up a number over the elements of a list. For what is not known it takes the least that a valid element can have.</summary>
/// <param name="known">The runtime's types.</param>
/// <param name="member">The property of the element that has the number.</param>
internal sealed class ElementSums(KnownSymbols known, IPropertySymbol member)
{
    private const int DeepestChain = 12;

    private readonly MemberConstraints? _constraints = known.Constraints.Get(member);

    /// <returns>The sum, and whether it is exact and not the least; null where not even that is known.</returns>
    public (double Sum, bool IsExact)? Add(ElementList list)
    {
        var (sum, isExact) = (0.0, list.IsComplete);
        foreach (var element in list.Elements)
        {
            if (element.Value is { } value && NumberOf(value) is { } number)
            {
                sum += number;
                continue;
            }

            if (Least() is not { } least) return null;
            sum += least;
            isExact = false;
        }

        // Elements that are not seen could take something away again.
        return list.IsComplete || Least() is >= 0 ? (sum, isExact) : null;
    }

    /// <summary>The number of an element that is made in sight; one that leaves it out gets the server's default.</summary>
    private double? NumberOf(IOperation element, int depth = 0)
    {
        while (element is IConversionOperation { IsImplicit: true } conversion) element = conversion.Operand;
        if (depth < DeepestChain && SymbolValue.Follow(element) is { } followed) return NumberOf(followed, depth + 1);
        if (element is not IObjectCreationOperation { Arguments.Length: 0 } and not IWithOperation) return null;
        var values = InitializerValues.FromOperation(element);
        return values.IsGiven(new MemberGroup(ImmutableArray.Create(member), "")) switch
        {
            Given.Yes => values.NumberOf(member, known),
            Given.No => Omitted(),
            _ => null,
        };
    }

    private double? Omitted() => _constraints?.Default is { } fallback ? InitializerValues.NumberOf(fallback, _constraints.Enum) : 0;

    private double? Least()
    {
        if (_constraints is null || Omitted() is not { } omitted) return null;
        var given = _constraints.Enum is { } values ? values.Numbers?.Min() : NearestNumber.Low(_constraints.Value);
        return given is { } lowest && !double.IsInfinity(lowest) ? Math.Min(lowest, omitted) : null;
    }
}
