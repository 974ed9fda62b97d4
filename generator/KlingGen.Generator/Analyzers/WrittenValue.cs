using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>Where a value is used, and where it is written if that is another place.</summary>
/// <param name="place">The expression at which the value is used.</param>
/// <param name="written">Where the value is written; null if that is the place itself.</param>
internal readonly struct WrittenValue(SyntaxNode place, Location? written)
{
    // A chain of symbols that is longer, or that leads back to itself, is not followed to its end.
    private const int DeepestChain = 12;

    public SyntaxNode Place => place;

    public IEnumerable<Location> AdditionalLocations => written is null ? [] : new[] { written };

    /// <summary>Visits every constant that the value may have: through single-value symbols and arms of conditional expressions.</summary>
    public static void Visit(IOperation value, Action<object?, WrittenValue> visit) => Visit(value, null, null, 0, visit);

    /// <inheritdoc cref="Visit(IOperation, Action{object, WrittenValue})"/>
    /// <param name="value">The value.</param>
    /// <param name="wrapper">A type whose constructor takes the constant and adds nothing to it: <c>new Uri("…")</c>.</param>
    /// <param name="visit">Gets each constant and its place.</param>
    public static void Visit(IOperation value, INamedTypeSymbol? wrapper, Action<object?, WrittenValue> visit)
        => Visit(value, null, wrapper, 0, visit);

    private static void Visit(IOperation value, IOperation? place, INamedTypeSymbol? wrapper, int depth, Action<object?, WrittenValue> visit)
    {
        if (depth > DeepestChain) return;
        while (true)
        {
            if (value is IConversionOperation { IsImplicit: true, OperatorMethod: null, ConstantValue.HasValue: false } conversion)
                value = conversion.Operand;
            else if (value is IObjectCreationOperation { Arguments: [{ Value.Type.SpecialType: SpecialType.System_String } text, ..] } creation
                && KnownSymbols.Same(creation.Type, wrapper))
                value = text.Value;
            else break;
        }

        if (KnownValue.TryGet(value, out var known))
        {
            visit(known, At(value, place));
            return;
        }

        if (SymbolValue.Follow(value) is { } followed) Visit(followed, place ?? value, wrapper, depth + 1, visit);
        foreach (var arm in ValueArms.Split(value)) Visit(arm, place, wrapper, depth + 1, visit);
    }

    /// <param name="value">The operation that has the value.</param>
    /// <param name="place">The reference through which it was reached; null if there was none.</param>
    public static WrittenValue At(IOperation value, IOperation? place)
        => place is null
            ? new(value.Syntax, SymbolValue.WrittenAt(value))
            : new(place.Syntax, SymbolValue.WrittenAt(value) ?? value.Syntax.GetLocation());
}
