using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>The arms of <c>?:</c>, <c>??</c> and a <c>switch</c> expression: each may be the value.</summary>
internal static class ValueArms
{
    /// <returns>Empty for an operation without arms.</returns>
    public static IReadOnlyList<IOperation> Split(IOperation value)
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
}
