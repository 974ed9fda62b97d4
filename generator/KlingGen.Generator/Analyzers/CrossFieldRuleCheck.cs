using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using KlingGen.Checks;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using CrossFieldRuleKind = KlingGen.Model.CrossFieldRuleKind;

namespace KlingGen.Analyzers;

/// <summary>
/// Checks what one initializer gives to an emitted type against the rules over several of its members, in the words of the run-time checks.
/// </summary>
internal readonly struct CrossFieldRuleCheck(OperationAnalysisContext context, KnownSymbols known, InitializerValues values)
{
    /// <param name="context">The creation of the object or the <c>with</c>; a statement has no rules.</param>
    /// <param name="known">The runtime's types.</param>
    /// <param name="rules">The rules of the type.</param>
    public static void Run(OperationAnalysisContext context, KnownSymbols known, TypeRules rules)
    {
        if (context.Operation is IExpressionStatementOperation) return;

        // `new X { … } with { … }` is one expression, checked as a whole.
        if (context.Operation.Parent is IWithOperation whole && whole.Operand == context.Operation) return;
        var check = new CrossFieldRuleCheck(context, known, InitializerValues.FromOperation(context.Operation));
        foreach (var rule in rules.Rules) check.Run(rule);
        foreach (var condition in rules.Conditions) check.Run(condition);
        foreach (var count in rules.Counts) check.Run(count);
    }

    private void Run(TypeRule rule)
    {
        switch (rule.Kind)
        {
            case CrossFieldRuleKind.ExactlyOne:
                AtLeastOne(rule);
                AtMostOne(rule);
                break;
            case CrossFieldRuleKind.AtLeastOne:
                AtLeastOne(rule);
                break;
            case CrossFieldRuleKind.Needs when values.IsGiven(rule.Groups[0]) == Given.Yes && values.IsGiven(rule.Groups[1]) == Given.No:
                Missing(PlaceOf(rule.Groups[0]), Sentence(rule.Groups[0], CrossFieldMessages.Needs(rule.Groups[1].WireName)), rule.Groups[1]);
                break;
            case CrossFieldRuleKind.MutuallyExclusive when values.IsGiven(rule.Groups[0]) == Given.Yes && values.IsGiven(rule.Groups[1]) == Given.Yes:
                var last = LastOf(rule.Groups[0], rule.Groups[1]);
                Excluded(last, Sentence(rule.Groups[0], CrossFieldMessages.MutuallyExclusive(rule.Groups[1].WireName)),
                    rule.Groups.Where(group => group != last));
                break;
            case CrossFieldRuleKind.MaxSum:
                MaxSum(rule);
                break;
            case CrossFieldRuleKind.MinDifference:
                MinDifference(rule);
                break;
        }
    }

    private void Run(TypeCondition condition)
    {
        if (values.WordOf(condition.Member, known) is not { } word || !condition.Words.Contains(word)) return;
        foreach (var required in condition.Required)
        {
            if (values.IsGiven(required) == Given.No)
                Missing(values.PlaceOf(condition.Member)!, Sentence(required, CrossFieldMessages.RequiredWhen(condition.WireName, word)), required);
        }

        foreach (var forbidden in condition.Forbidden)
        {
            if (values.IsGiven(forbidden) == Given.Yes)
                Excluded(forbidden, Sentence(forbidden, CrossFieldMessages.ForbiddenWhen(condition.WireName, word)),
                    new[] { new MemberGroup(ImmutableArray.Create(condition.Member), condition.WireName) });
        }
    }

    /// <summary>A count that depends on another property. A list that the initializer leaves out has no elements to count, as at run time.</summary>
    private void Run(TypeCount count)
    {
        if (values.WordOf(count.Member, known) is not { } word || !count.Words.Contains(word)) return;
        if (values.PlaceOf(count.List.Members[0]) is not ISimpleAssignmentOperation assignment) return;
        if (ElementList.Find(assignment.Value) is not { } list) return;
        if (ValueRules.Count(list.Elements.Count, count.Minimum, count.Maximum, list.IsComplete) is { } violation)
            ReportList(ValueDescriptors.ElementCount, assignment, Sentence(count.List, violation));
    }

    private void AtLeastOne(TypeRule rule)
    {
        foreach (var group in rule.Groups)
        {
            if (values.IsGiven(group) != Given.No) return;
        }

        Missing(context.Operation, CrossFieldMessages.AtLeastOne(WireNames(rule.Groups)).Message, [.. rule.Groups]);
    }

    private void AtMostOne(TypeRule rule)
    {
        var given = new List<MemberGroup>();
        foreach (var group in rule.Groups)
        {
            if (values.IsGiven(group) == Given.Yes) given.Add(group);
        }

        if (given.Count < 2) return;
        var last = LastOf([.. given]);
        Excluded(last, CrossFieldMessages.ExactlyOne(WireNames(given)).Message, given.Where(group => group != last));
    }

    private void MaxSum(TypeRule rule)
    {
        var list = rule.Groups[0];
        if (values.PlaceOf(list.Members[0]) is not ISimpleAssignmentOperation assignment || ElementList.Find(assignment.Value) is not { } elements)
            return;
        if (ElementType(list.Members[0].Type) is not { } element || TypeRules.Find(element, rule.ElementMember!) is not { } member) return;
        if (new ElementSums(known, member).Add(elements) is not var (sum, isExact)) return;
        if (CrossFieldMessages.MaxSum(sum, rule.Limit, isExact) is { } violation)
            ReportList(ValueDescriptors.RelatedNumbers, assignment, Sentence(list, violation));
    }

    /// <summary>A list that the expression itself assigns is reported where it is used; one of the object that a <c>with</c> starts from, at
    /// the <c>with</c>.</summary>
    private void ReportList(DiagnosticDescriptor rule, ISimpleAssignmentOperation assignment, string message)
    {
        var value = assignment.Value;
        while (value is IConversionOperation { IsImplicit: true } conversion) value = conversion.Operand;
        var isOwn = values.IsOwn(assignment);
        var written = new WrittenValue(value, null);
        Report(
            rule,
            isOwn ? written.Place : PlaceIn(context.Operation.Syntax),
            message,
            isOwn ? written.AdditionalLocations : [value.Syntax.GetLocation()]);
    }

    private static INamedTypeSymbol? ElementType(ITypeSymbol list)
        => list is INamedTypeSymbol { TypeArguments: [INamedTypeSymbol element] } ? element : null;

    private void MinDifference(TypeRule rule)
    {
        var (earlier, later) = (rule.Groups[0], rule.Groups[1]);
        if (values.NumberOf(earlier.Members[0], known) is not { } from || values.NumberOf(later.Members[0], known) is not { } to) return;
        if (CrossFieldMessages.MinDifference(earlier.WireName, from, to, rule.Limit) is { } violation)
            Report(ValueDescriptors.RelatedNumbers, PlaceIn(PlaceOf(later).Syntax), Sentence(later, violation), Places(new[] { earlier }));
    }

    private void Excluded(MemberGroup group, string message, IEnumerable<MemberGroup> others)
    {
        var properties = ImmutableDictionary<string, string?>.Empty
            .Add(DiagnosticProperties.Member, Names(group))
            .Add(DiagnosticProperties.Others, string.Join(",", others.Select(Names)));
        Report(ValueDescriptors.ExcludedMember, PlaceIn(PlaceOf(group).Syntax), message, Places(others), properties);
    }

    private void Missing(IOperation place, string message, params MemberGroup[] missing)
    {
        // An object that a `with` completes is checked there.
        if (InitializerValues.IsBeginning(context.Operation)) return;
        var properties = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Missing, string.Join(",", missing.Select(Names)));
        var own = values.IsOwn(place) ? place : context.Operation;
        Report(ValueDescriptors.MissingMember, PlaceIn(own.Syntax), message, own == place ? [] : new[] { place.Syntax.GetLocation() }, properties);
    }

    /// <summary>Where the properties of the groups are assigned.</summary>
    private List<Location> Places(IEnumerable<MemberGroup> groups)
    {
        var places = new List<Location>();
        foreach (var member in groups.SelectMany(group => group.Members))
        {
            if (values.PlaceOf(member) is { } place) places.Add(place.Syntax.GetLocation());
        }

        return places;
    }

    /// <summary>The property of the group that is assigned last, in the expression itself rather than in the one that it starts from.</summary>
    private IOperation PlaceOf(MemberGroup group)
    {
        IOperation? last = null;
        foreach (var member in group.Members)
        {
            if (values.PlaceOf(member) is { } place && values.IsOwn(place) && (last is null || IsAfter(place, last))) last = place;
        }

        return last ?? context.Operation;
    }

    private MemberGroup LastOf(params MemberGroup[] groups)
    {
        var last = groups[0];
        foreach (var group in groups)
        {
            if (PlaceOf(last) == context.Operation || (PlaceOf(group) != context.Operation && IsAfter(PlaceOf(group), PlaceOf(last)))) last = group;
        }

        return last;
    }

    private static bool IsAfter(IOperation one, IOperation other) => one.Syntax.SpanStart > other.Syntax.SpanStart;

    private static string Names(MemberGroup group)
    {
        var names = new List<string>();
        foreach (var member in group.Members) names.Add(member.Name);
        return string.Join("+", names);
    }

    private static string Sentence(MemberGroup group, Violation violation) => $"'{group.WireName}' {violation.Message}";

    private static List<string> WireNames(IEnumerable<MemberGroup> groups)
    {
        var names = new List<string>();
        foreach (var group in groups) names.Add(group.WireName);
        return names;
    }

    private void Report(
        DiagnosticDescriptor rule, SyntaxNodeOrToken place, string message, IEnumerable<Location> others, ImmutableDictionary<string,
            string?>? properties = null)
        => context.ReportDiagnostic(Diagnostic.Create(rule, place.GetLocation()!, others, properties, message));

    /// <summary>An object is underlined at its type, not over all its members.</summary>
    private static SyntaxNodeOrToken PlaceIn(SyntaxNode syntax) => syntax switch
    {
        ObjectCreationExpressionSyntax creation => creation.Type,
        ImplicitObjectCreationExpressionSyntax creation => creation.NewKeyword,
        WithExpressionSyntax change => change.WithKeyword,
        _ => syntax,
    };
}
