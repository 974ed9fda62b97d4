using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers.Usage;

/// <summary>Recognizes calls that submit nothing because a test verifies or configures a mock with them, or expects them to throw.</summary>
internal static class TestDoubles
{
    private static readonly string[] Expectations = ["Throw", "Exception", "Awaiting", "Invoking", "CallTo", "Setup", "Verify", "Received"];

    public static bool IsExpectation(IInvocationOperation call)
    {
        if (IsVerified(call.Instance)) return true;
        for (IOperation inner = call; inner.Parent is { } outer; inner = outer)
        {
            if (outer is IAnonymousFunctionOperation function) return IsExpected(function);
            if (outer is ITryOperation attempt && attempt.Body == inner && !attempt.Catches.IsEmpty && FailsAfter(attempt.Body, call)) return true;
        }

        return false;
    }

    /// <summary><c>endpoint.Received().SubmitAsync(…)</c>, <c>endpoint.DidNotReceive()</c>, <c>endpoint.ReceivedWithAnyArgs(2)</c></summary>
    private static bool IsVerified(IOperation? receiver)
        => receiver is IInvocationOperation { TargetMethod.Name: var name } && name.IndexOf("Receive", StringComparison.Ordinal) >= 0;

    private static bool IsExpected(IAnonymousFunctionOperation function)
    {
        IOperation value = function;
        while (value.Parent is IDelegateCreationOperation or IConversionOperation) value = value.Parent;
        if (IsHandedToExpectation(value)) return true;
        if (value.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator }) return false;
        IOperation root = declarator;
        while (root.Parent is { } parent) root = parent;
        foreach (var operation in root.Descendants())
        {
            if (operation is ILocalReferenceOperation reference && KnownSymbols.Same(reference.Local, local) && IsHandedToExpectation(reference))
                return true;
        }

        return false;
    }

    /// <summary>To an assertion, to a mock, or to what leads to an assertion: <c>act.Should()</c>.</summary>
    private static bool IsHandedToExpectation(IOperation value)
    {
        while (value.Parent is IConversionOperation) value = value.Parent;
        if (value.Parent is not IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { } method } }) return false;
        if (method.ContainingType.Name is "Assert" or "Record" || method.Name is "Should" or "When") return true;
        foreach (var word in Expectations)
        {
            if (method.Name.IndexOf(word, StringComparison.Ordinal) >= 0) return true;
        }

        return false;
    }

    /// <summary>The statement after the call is reached only if nothing was thrown, and fails the test.</summary>
    private static bool FailsAfter(IBlockOperation block, IOperation call)
    {
        for (var i = 0; i + 1 < block.Operations.Length; i++)
        {
            if (!block.Operations[i].Syntax.Span.Contains(call.Syntax.Span)) continue;
            return block.Operations[i + 1] switch
            {
                IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: { Name: "Fail", ContainingType.Name: "Assert" } } }
                    => true,
                IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation } => true,
                _ => false,
            };
        }

        return false;
    }
}
