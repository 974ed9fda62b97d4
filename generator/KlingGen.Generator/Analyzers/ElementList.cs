using System.Collections.Generic;
using System.Collections.Immutable;
using KlingGen.Checks;
using KlingGen.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>The elements of a list or a map that is written out: an array, a list, a dictionary, a collection expression.</summary>
internal sealed class ElementList
{
    // An array that is larger has no list of elements here; its length is refused by every constraint all the same.
    private const int MostEmpty = 1000;

    // A chain of symbols that is longer, or that leads back to itself, is not followed to its end.
    private const int DeepestChain = 12;

    private readonly List<ElementValue> _elements;

    private ElementList(int capacity = 0) => _elements = new(capacity);

    public List<ElementValue> Elements => _elements;

    /// <summary>There are no others: nothing was spread or copied into it.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <returns>Null for anything that is not written out.</returns>
    public static ElementList? Read(IOperation value, int depth = 0)
    {
        if (value.Syntax is CollectionExpressionSyntax expression) return OfExpression(value, expression, depth);
        return value switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => OfArray(initializer),
            IArrayCreationOperation { DimensionSizes: [var size] } => OfSize(size),
            IObjectCreationOperation
            {
                Type: INamedTypeSymbol
                {
                    Name: "List" or "Dictionary", ContainingNamespace
                .Name: "Generic"
                }
            } creation => OfCreation(creation),
            IInvocationOperation { TargetMethod: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_Array } } => new ElementList(),
            IInvocationOperation call => OfCall(call, depth),
            _ => null,
        };
    }

    /// <summary>The collection below conversions and symbols, if it is written out.</summary>
    public static ElementList? Find(IOperation value, int depth = 0)
    {
        for (; depth < DeepestChain; depth++)
        {
            if (Read(value, depth + 1) is { } list) return list;
            if (value is IConversionOperation { OperatorMethod: null } conversion) value = conversion.Operand;
            else if (CollectionValue.Follow(value) is { } followed) value = followed;
            else return null;
        }

        return null;
    }

    /// <summary>How many elements certainly have a property.</summary>
    public int? CountWith(ContainsConstraint contains)
    {
        var count = 0;
        foreach (var element in _elements)
        {
            var item = element.Value;
            while (item is IConversionOperation { IsImplicit: true } conversion) item = conversion.Operand;
            if (item is not IObjectCreationOperation { Type: INamedTypeSymbol type } creation) continue;
            if (TypeRules.Find(type, contains.Name) is not { } property) continue;
            if (InitializerValues.FromOperation(creation).IsGiven(new MemberGroup(ImmutableArray.Create(property), "")) == Given.Yes) count++;
        }

        return count;
    }

    /// <summary><c>new int[3]</c>: what the elements are is not written.</summary>
    private static ElementList? OfSize(IOperation size)
    {
        if (!KnownValue.TryGet(size, out var known) || known is not (int and >= 0 and <= MostEmpty)) return null;
        var list = new ElementList();
        for (var i = 0; i < (int)known; i++) list._elements.Add(new ElementValue(ValueText.Number(i), null));
        return list;
    }

    /// <summary>Calls that copy all elements, and factories that list them.</summary>
    private static ElementList? OfCall(IInvocationOperation call, int depth)
    {
        var source = call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
        switch (call.TargetMethod)
        {
            case { Name: "ToArray" or "ToList" or "AsReadOnly" or "ToImmutableArray" or "ToImmutableList" } when source is not null
                && call.Arguments.Length <= 1:
                return Find(source, depth);
            case { Name: "Create", ContainingType: { Name: "ImmutableArray" or "ImmutableList", ContainingNamespace.Name: "Immutable" } }:
                if (call.Arguments is [{ ArgumentKind: ArgumentKind.ParamArray }]) return Find(call.Arguments[0].Value, depth);
                var list = new ElementList();
                foreach (var argument in call.Arguments)
                {
                    if (argument.Parameter?.Name.StartsWith("item", System.StringComparison.Ordinal) != true) return null;
                    list._elements.Add(new ElementValue(ValueText.Number(list._elements.Count), argument.Value));
                }

                return list._elements.Count > 0 ? list : null;
            default:
                return null;
        }
    }

    /// <summary>
    /// The operation of a collection expression depends on the compiler's version, so the syntax determines the
    /// elements, and the operations below it determine their values.
    /// </summary>
    private static ElementList OfExpression(IOperation value, CollectionExpressionSyntax expression, int depth)
    {
        var list = new ElementList(expression.Elements.Count);
        var operations = new List<IOperation>(expression.Elements.Count);
        Gather(value, expression, operations);
        var next = 0;
        foreach (var element in expression.Elements)
        {
            if (element is SpreadElementSyntax spread)
            {
                list.AddAll(Spread(value, spread, depth));
                continue;
            }

            while (next < operations.Count && operations[next].Syntax.Span.End <= element.Span.Start) next++;
            var isThere = next < operations.Count && element.Span.Contains(operations[next].Syntax.Span);
            list._elements.Add(new ElementValue(list.IsComplete ? ValueText.Number(list._elements.Count) : null, isThere ? operations[next] : null));
        }

        return list;
    }

    private void AddAll(ElementList? spread)
    {
        if (spread is not { IsComplete: true }) IsComplete = false;
        if (spread is null) return;
        foreach (var element in spread.Elements)
            _elements.Add(new ElementValue(IsComplete ? ValueText.Number(_elements.Count) : null, element.Value));
    }

    private static ElementList? Spread(IOperation operation, SpreadElementSyntax spread, int depth)
    {
        foreach (var child in operation.ChildOperations)
        {
            if (child.Syntax.Span == spread.Expression.Span) return Find(child, depth);
            if (child.Syntax.Span.Contains(spread.Expression.Span)) return Spread(child, spread, depth);
        }

        return null;
    }

    /// <summary>The operations of the elements, in their order. An operation of the whole expression is skipped.</summary>
    private static void Gather(IOperation operation, CollectionExpressionSyntax expression, List<IOperation> operations)
    {
        foreach (var child in operation.ChildOperations)
        {
            if (child.Syntax.Span.Contains(expression.Span)) Gather(child, expression, operations);
            else operations.Add(child);
        }
    }

    private static ElementList OfArray(IArrayInitializerOperation initializer)
    {
        var list = new ElementList(initializer.ElementValues.Length);
        foreach (var value in initializer.ElementValues) list._elements.Add(new ElementValue(ValueText.Number(list._elements.Count), value));
        return list;
    }

    private static ElementList OfCreation(IObjectCreationOperation creation)
    {
        var list = new ElementList();

        // A capacity brings no elements, another list does; a comparer may make two keys one.
        foreach (var argument in creation.Arguments) list.IsComplete &= argument.Value.Type?.SpecialType == SpecialType.System_Int32;
        if (creation.Initializer is null) return list;
        var keys = new HashSet<string>();
        foreach (var part in creation.Initializer.Initializers)
        {
            switch (part)
            {
                case IInvocationOperation { TargetMethod.Name: "Add", Arguments: [var one] }:
                    list._elements.Add(new ElementValue(list.IsComplete ? ValueText.Number(list._elements.Count) : null, one.Value));
                    break;
                case IInvocationOperation { TargetMethod.Name: "Add", Arguments: [var key, var value] }:
                    list.AddKey(key.Value, value.Value, keys);
                    break;
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var key] } } assignment:
                    list.AddKey(key.Value, assignment.Value, keys);
                    break;
                default:
                    list.IsComplete = false;
                    break;
            }
        }

        return list;
    }

    /// <summary>A key that is not known may be one that is there already.</summary>
    private void AddKey(IOperation key, IOperation value, HashSet<string> keys)
    {
        if (!KnownValue.TryGet(key, out var known) || known is not string text)
        {
            IsComplete = false;
            return;
        }

        if (keys.Add(text)) _elements.Add(new ElementValue(text, value));
    }
}
