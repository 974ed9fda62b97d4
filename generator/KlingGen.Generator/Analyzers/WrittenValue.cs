using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>Where a value is used, and where it is written if that is another place.</summary>
/// <param name="value">The operation that has the value.</param>
/// <param name="reference">The reference through which it was reached; null if there was none.</param>
internal readonly struct WrittenValue(IOperation value, IOperation? reference)
{
    // A chain of symbols that is longer, or that leads back to itself, is not followed to its end.
    private const int DeepestChain = 12;

    /// <summary>The expression at which the value is used.</summary>
    public SyntaxNode Place => (reference ?? value).Syntax;

    /// <summary>Where the value is written; empty if that is the place itself.</summary>
    public IEnumerable<Location> AdditionalLocations
        => (SymbolValue.WrittenAt(value) ?? (reference is null ? null : value.Syntax.GetLocation())) is { } written ? new[] { written } : [];

    /// <summary>Visits every constant that the value may have: through single-value symbols and arms of conditional expressions.</summary>
    public static void Visit(IOperation value, Action<object?, WrittenValue> visit) => Visit(value, null, null, 0, visit);

    /// <inheritdoc cref="Visit(IOperation, Action{object, WrittenValue})"/>
    /// <param name="value">The value.</param>
    /// <param name="known">The types of the compilation, where <c>new Uri("…")</c> is the string in it.</param>
    /// <param name="visit">Gets each constant and its place.</param>
    public static void Visit(IOperation value, KnownSymbols known, Action<object?, WrittenValue> visit)
        => Visit(value, null, known, 0, visit);

    private static void Visit(IOperation value, IOperation? place, KnownSymbols? known, int depth, Action<object?, WrittenValue> visit)
    {
        if (depth > DeepestChain) return;
        while (true)
        {
            if (value is IConversionOperation { IsImplicit: true, OperatorMethod: null, ConstantValue.HasValue: false } conversion)
                value = conversion.Operand;
            else if (known is not null
                && value is IObjectCreationOperation { Arguments: [{ Value.Type.SpecialType: SpecialType.System_String } text, ..] } creation
                && KnownSymbols.Same(creation.Type, known.Uri))
                value = text.Value;
            else break;
        }

        if (KnownValue.TryGet(value, out var constant))
        {
            visit(constant, new WrittenValue(value, place));
            return;
        }

        if (SymbolValue.Follow(value) is { } followed) Visit(followed, place ?? value, known, depth + 1, visit);
        foreach (var arm in ValueArms.Split(value)) Visit(arm, place, known, depth + 1, visit);
    }
}
