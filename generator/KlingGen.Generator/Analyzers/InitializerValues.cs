using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen.Analyzers;

/// <summary>
/// What is known of the properties of an object that is made or changed: by its initializer, and by those of the object that a <c>with</c>
/// starts from.
/// </summary>
internal sealed class InitializerValues
{
    // A chain of `with` and locals that is longer is not followed to its end.
    private const int DeepestChain = 12;

    private readonly Dictionary<IPropertySymbol, ISimpleAssignmentOperation> _assigned = new(SymbolEqualityComparer.Default);
    private readonly bool _isFresh;
    private readonly TextSpan _own;

    private InitializerValues(IOperation operation, IObjectOrCollectionInitializerOperation? initializer, bool isFresh, InitializerValues? basis)
    {
        _own = operation.Syntax.Span;
        _isFresh = isFresh;
        if (basis is not null)
        {
            foreach (var pair in basis._assigned) _assigned[pair.Key] = pair.Value;
        }

        if (initializer is null) return;
        foreach (var part in initializer.Initializers)
        {
            if (part is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } assignment)
                _assigned[property] = assignment;
        }
    }

    public static InitializerValues FromOperation(IOperation operation)
        => FromOperation(operation, 0) ?? new InitializerValues(operation, null, isFresh: false, null);

    private static InitializerValues? FromOperation(IOperation operation, int depth)
    {
        switch (operation)
        {
            // A constructor that a user writes may set properties; emitted ones set none.
            case IObjectCreationOperation creation:
                return new(creation, creation.Initializer, creation is { Arguments.Length: 0, Constructor.DeclaringSyntaxReferences.Length: 0 },
                    null);
            case IWithOperation change:
                var basis = depth < DeepestChain ? BasisOf(change.Operand, depth + 1) : null;
                return new(change, change.Initializer, basis?._isFresh == true, basis);
            default:
                return null;
        }
    }

    /// <summary>Emitted records cannot change, so what a local was made with is what it has.</summary>
    private static InitializerValues? BasisOf(IOperation operand, int depth)
    {
        while (operand is IConversionOperation { IsImplicit: true } conversion) operand = conversion.Operand;
        if (depth > DeepestChain) return null;
        return operand is ILocalReferenceOperation && SymbolValue.Follow(operand) is { } made
            ? BasisOf(made, depth + 1)
            : FromOperation(operand, depth);
    }

    /// <summary>The object is only a beginning, which a <c>with</c> completes.</summary>
    public static bool IsBeginning(IOperation operation)
    {
        IOperation value = operation;
        while (value.Parent is IConversionOperation) value = value.Parent;
        if (value.Parent is IWithOperation change) return change.Operand == value;
        if (value.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }) return false;
        IOperation root = declarator;
        while (root.Parent is { } parent) root = parent;
        var isUsed = false;
        foreach (var reference in root.Descendants())
        {
            if (reference is not ILocalReferenceOperation local || !KnownSymbols.Same(local.Local, declarator.Symbol)) continue;
            if (reference.Parent is not IWithOperation next || next.Operand != reference) return false;
            isUsed = true;
        }

        return isUsed;
    }

    /// <summary>Whether the assignment is in the expression itself, not in the one that a <c>with</c> starts from.</summary>
    public bool IsOwn(IOperation assignment) => _own.Contains(assignment.Syntax.Span);

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
        return NumberOf(constant, known.Constraints.Get(member)?.Enum);
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
        return known.Constraints.Get(member)?.Enum?.WordOf(System.Convert.ToDecimal(constant, CultureInfo.InvariantCulture));
    }

    private Given IsGiven(IPropertySymbol member)
    {
        if (!_assigned.TryGetValue(member, out var assignment)) return _isFresh ? Given.No : Given.Unknown;
        if (member.Type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T }) return Given.Yes;
        return GivenValue.Evaluate(assignment.Value);
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

    private static double? Parse(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
