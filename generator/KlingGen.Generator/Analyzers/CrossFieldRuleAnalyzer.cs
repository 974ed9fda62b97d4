using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using CrossFieldRuleKind = KlingGen.Model.CrossFieldRuleKind;

namespace KlingGen.Analyzers;

/// <summary>Holds what one initialiser gives to an emitted type against the rules over several of its members.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CrossFieldRuleAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }
        = ImmutableArray.Create(ValueDescriptors.ExcludedMember, ValueDescriptors.MissingMember, ValueDescriptors.RelatedNumbers);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start => start.RegisterAction(Check, OperationKind.ObjectCreation, OperationKind.With));
    }

    private static void Check(OperationAnalysisContext context, KnownSymbols known)
    {
        if (context.Operation.Type is not INamedTypeSymbol { TypeKind: TypeKind.Class } type) return;
        if (known.Constraints.RulesOf(type) is not { } rules) return;

        // `new X { … } with { … }` is one expression, judged as a whole.
        if (context.Operation.Parent is IWithOperation whole && whole.Operand == context.Operation) return;
        var check = new CrossFieldRuleCheck(context, known, InitializerValues.Of(context.Operation));
        foreach (var rule in rules.Rules) check.Run(rule);
        foreach (var condition in rules.Conditions) check.Run(condition);
    }
}

/// <summary>The rules of a type, for one initialiser. The wording is that of the checks at run time.</summary>
internal readonly struct CrossFieldRuleCheck(OperationAnalysisContext context, KnownSymbols known, InitializerValues values)
{
    public void Run(TypeRule rule)
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
                Missing(PlaceOf(rule.Groups[0]), $"'{rule.Groups[0].WireName}' needs '{rule.Groups[1].WireName}' as well", rule.Groups[1]);
                break;
            case CrossFieldRuleKind.MutuallyExclusive when values.IsGiven(rule.Groups[0]) == Given.Yes && values.IsGiven(rule.Groups[1]) == Given.Yes:
                var last = LastOf(rule.Groups[0], rule.Groups[1]);
                Excluded(last, $"'{rule.Groups[0].WireName}' cannot be given together with '{rule.Groups[1].WireName}'",
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

    public void Run(TypeCondition condition)
    {
        if (values.WordOf(condition.Member, known) is not { } word || !condition.Words.Contains(word)) return;
        var when = $"when '{condition.WireName}' is '{word}'";
        foreach (var required in condition.Required)
        {
            if (values.IsGiven(required) == Given.No) Missing(values.PlaceOf(condition.Member)!, $"'{required.WireName}' is required {when}", required);
        }

        foreach (var forbidden in condition.Forbidden)
        {
            if (values.IsGiven(forbidden) == Given.Yes)
                Excluded(forbidden, $"'{forbidden.WireName}' cannot be given {when}",
                    new[] { new MemberGroup(ImmutableArray.Create(condition.Member), condition.WireName) });
        }
    }

    private void AtLeastOne(TypeRule rule)
    {
        foreach (var group in rule.Groups)
        {
            if (values.IsGiven(group) != Given.No) return;
        }

        Missing(context.Operation, $"one of {List(rule.Groups, "or")} is required", [.. rule.Groups]);
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
        Excluded(last, $"{List(given, "and")} exclude each other; give one of them", given.Where(group => group != last));
    }

    private void MaxSum(TypeRule rule)
    {
        var list = rule.Groups[0];
        if (values.PlaceOf(list.Members[0]) is not ISimpleAssignmentOperation assignment || ElementList.Find(assignment.Value) is not { } elements)
            return;
        if (ElementType(list.Members[0].Type) is not { } element || TypeRules.Find(element, rule.ElementMember!) is not { } member) return;
        if (new ElementSums(known, member).Add(elements) is not var (sum, isExact) || sum <= rule.Limit) return;
        var value = assignment.Value;
        while (value is IConversionOperation { IsImplicit: true } conversion) value = conversion.Operand;
        var isOwn = values.IsOwn(assignment);
        var written = WrittenValue.At(value, null);
        Report(
            ValueDescriptors.RelatedNumbers,
            isOwn ? written.Place : PlaceIn(context.Operation.Syntax),
            $"'{list.WireName}' must add up to at most {Wording.Text(rule.Limit)}, not {Wording.Text(sum)}{(isExact ? "" : " or more")}",
            isOwn ? written.AdditionalLocations : [value.Syntax.GetLocation()]);
    }

    private static INamedTypeSymbol? ElementType(ITypeSymbol list)
        => list is INamedTypeSymbol { TypeArguments: [INamedTypeSymbol element] } ? element : null;

    private void MinDifference(TypeRule rule)
    {
        var (earlier, later) = (rule.Groups[0], rule.Groups[1]);
        if (values.NumberOf(earlier.Members[0], known) is not { } from || values.NumberOf(later.Members[0], known) is not { } to) return;
        if (to - from >= rule.Limit) return;
        var distance = rule.Limit > 0 ? $"at least {Wording.Text(rule.Limit)} greater than" : "at least";
        Report(
            ValueDescriptors.RelatedNumbers,
            PlaceIn(PlaceOf(later).Syntax),
            $"'{later.WireName}' must be {distance} '{earlier.WireName}' ({Wording.Text(from)}), not {Wording.Text(to)}",
            Places(new[] { earlier }));
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
        // What a `with` completes is judged there.
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

    /// <summary><c>'a', 'b' and 'c'</c></summary>
    private static string List(IReadOnlyList<MemberGroup> groups, string last)
    {
        var text = "'" + groups[0].WireName + "'";
        for (var i = 1; i < groups.Count; i++) text += (i == groups.Count - 1 ? " " + last + " '" : ", '") + groups[i].WireName + "'";
        return text;
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
