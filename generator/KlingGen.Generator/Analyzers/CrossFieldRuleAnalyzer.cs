using System.Collections.Generic;
using System.Collections.Immutable;
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
                Excluded(LastOf(rule.Groups[0], rule.Groups[1]), $"'{rule.Groups[0].WireName}' cannot be given together with '{rule.Groups[1].WireName}'");
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
            if (values.IsGiven(forbidden) == Given.Yes) Excluded(forbidden, $"'{forbidden.WireName}' cannot be given {when}");
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

        if (given.Count > 1) Excluded(LastOf([.. given]), $"{List(given, "and")} exclude each other; give one of them");
    }

    private void MaxSum(TypeRule rule)
    {
        if (values.ValueOf(rule.Groups[0].Members[0]) is not { } value) return;
        while (value is IConversionOperation { IsImplicit: true } conversion) value = conversion.Operand;
        if (ElementList.Read(value) is not { IsComplete: true } list) return;
        var sum = 0.0;
        foreach (var element in list.Elements)
        {
            if (element.Value is not { } one || NumberOf(one, rule.ElementMember!) is not { } number) return;
            sum += number;
        }

        if (sum > rule.Limit) Report(ValueDescriptors.RelatedNumbers, value.Syntax.GetLocation(), $"'{rule.Groups[0].WireName}' must add up to at most {Wording.Text(rule.Limit)}, not {Wording.Text(sum)}");
    }

    /// <summary>The number in a member of an element that is made on the spot; one that leaves it out gets the server's default.</summary>
    private double? NumberOf(IOperation element, string memberName)
    {
        while (element is IConversionOperation { IsImplicit: true } conversion) element = conversion.Operand;
        if (element is not IObjectCreationOperation { Type: INamedTypeSymbol type, Arguments.Length: 0 } creation
            || TypeRules.Find(type, memberName) is not { } member) return null;
        var inner = InitializerValues.Of(creation);
        switch (inner.IsGiven(new MemberGroup(ImmutableArray.Create(member), "")))
        {
            case Given.Yes:
                return inner.NumberOf(member, known);
            case Given.No:
                var limits = known.Constraints.Of(member);
                return limits?.Default is { } fallback ? InitializerValues.NumberOf(fallback, limits.Enum) : 0;
            default:
                return null;
        }
    }

    private void MinDifference(TypeRule rule)
    {
        var (earlier, later) = (rule.Groups[0], rule.Groups[1]);
        if (values.NumberOf(earlier.Members[0], known) is not { } from || values.NumberOf(later.Members[0], known) is not { } to || to - from >= rule.Limit) return;
        var distance = rule.Limit > 0 ? $"at least {Wording.Text(rule.Limit)} greater than" : "at least";
        Report(ValueDescriptors.RelatedNumbers, PlaceOf(later).Syntax.GetLocation(), $"'{later.WireName}' must be {distance} '{earlier.WireName}' ({Wording.Text(from)}), not {Wording.Text(to)}");
    }

    private void Excluded(MemberGroup group, string message)
        => Report(ValueDescriptors.ExcludedMember, PlaceOf(group).Syntax.GetLocation(), message, ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Member, Names(group)));

    private void Missing(IOperation place, string message, params MemberGroup[] missing)
    {
        var names = new List<string>();
        foreach (var group in missing) names.Add(Names(group));
        Report(ValueDescriptors.MissingMember, PlaceIn(place.Syntax).GetLocation()!, message, ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Missing, string.Join(",", names)));
    }

    /// <summary>The member of the group that is named last.</summary>
    private IOperation PlaceOf(MemberGroup group)
    {
        IOperation? last = null;
        foreach (var member in group.Members)
        {
            if (values.PlaceOf(member) is { } place && (last is null || place.Syntax.SpanStart > last.Syntax.SpanStart)) last = place;
        }

        return last ?? context.Operation;
    }

    private MemberGroup LastOf(params MemberGroup[] groups)
    {
        var last = groups[0];
        foreach (var group in groups)
        {
            if (PlaceOf(group).Syntax.SpanStart > PlaceOf(last).Syntax.SpanStart) last = group;
        }

        return last;
    }

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

    private void Report(DiagnosticDescriptor rule, Location place, string message, ImmutableDictionary<string, string?>? properties = null)
        => context.ReportDiagnostic(Diagnostic.Create(rule, place, properties, message));

    /// <summary>An object is underlined at its type, not over all its members.</summary>
    private static SyntaxNodeOrToken PlaceIn(SyntaxNode syntax) => syntax switch
    {
        ObjectCreationExpressionSyntax creation => creation.Type,
        ImplicitObjectCreationExpressionSyntax creation => creation.NewKeyword,
        WithExpressionSyntax change => change.WithKeyword,
        _ => syntax,
    };
}
