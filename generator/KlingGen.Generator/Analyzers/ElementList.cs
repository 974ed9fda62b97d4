using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>The elements of a list or a map that is written out: an array, a list, a dictionary, a collection expression.</summary>
internal sealed class ElementList
{
    private readonly List<Element> _elements = new();

    private ElementList()
    {
    }

    public List<Element> Elements => _elements;

    /// <summary>There are no others: nothing was spread or copied into it.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <returns>Null for anything that is not written out.</returns>
    public static ElementList? Read(IOperation value)
    {
        if (value.Syntax is CollectionExpressionSyntax expression) return OfExpression(value, expression);
        return value switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => OfArray(initializer),
            IObjectCreationOperation { Type: INamedTypeSymbol { Name: "List" or "Dictionary", ContainingNamespace.Name: "Generic" } } creation => OfCreation(creation),
            IInvocationOperation { TargetMethod: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_Array } } => new ElementList(),
            _ => null,
        };
    }

    /// <summary>
    /// Which operation stands for a collection expression depends on the compiler's version, so the syntax says what there is, and whatever operations lie below it say what it means.
    /// </summary>
    private static ElementList OfExpression(IOperation value, CollectionExpressionSyntax expression)
    {
        var list = new ElementList();
        var operations = new List<IOperation>();
        Gather(value, expression, operations);
        var next = 0;
        foreach (var element in expression.Elements)
        {
            if (element is not ExpressionElementSyntax)
            {
                list.IsComplete = false;
                continue;
            }

            while (next < operations.Count && operations[next].Syntax.Span.End <= element.Span.Start) next++;
            var isThere = next < operations.Count && element.Span.Contains(operations[next].Syntax.Span);
            list._elements.Add(new Element(list.IsComplete ? Wording.Text(list._elements.Count) : null, isThere ? operations[next] : null));
        }

        return list;
    }

    /// <summary>The operations of the elements, in their order. One that stands for the whole expression is looked through.</summary>
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
        var list = new ElementList();
        foreach (var value in initializer.ElementValues) list._elements.Add(new Element(Wording.Text(list._elements.Count), value));
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
                    list._elements.Add(new Element(list.IsComplete ? Wording.Text(list._elements.Count) : null, one.Value));
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

        if (keys.Add(text)) _elements.Add(new Element(text, value));
    }
}
