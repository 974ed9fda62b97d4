using System.Collections.Generic;
using KlingGen.Emission;
using Microsoft.CodeAnalysis;

namespace KlingGen.Diagnostics;

/// <summary>
/// The compiler's descriptors of document diagnostics; their texts are in <see cref="DiagnosticRules"/>, and the
/// diagnostics of the analyzers in the files beside this one.
/// </summary>
internal static class Descriptors
{
    public const string HelpLinkBase = RulePages.Base;

    private const string Category = "KlingGen.Specs";

    private static readonly Dictionary<DiagnosticRule, DiagnosticDescriptor> ByRule = new();

    public static readonly DiagnosticDescriptor MalformedJson = Create("KLG001", DiagnosticRules.MalformedJson);
    public static readonly DiagnosticDescriptor NotAFalDocument = Create("KLG002", DiagnosticRules.NotAFalDocument);
    public static readonly DiagnosticDescriptor UnknownReference = Create("KLG003", DiagnosticRules.UnknownReference);
    public static readonly DiagnosticDescriptor CyclicReference = Create("KLG004", DiagnosticRules.CyclicReference);
    public static readonly DiagnosticDescriptor DefaultViolatesConstraints = Create("KLG005", DiagnosticRules.DefaultViolatesConstraints);
    public static readonly DiagnosticDescriptor ExampleViolatesConstraints = Create("KLG006", DiagnosticRules.ExampleViolatesConstraints);
    public static readonly DiagnosticDescriptor ContradictoryConstraints = Create("KLG007", DiagnosticRules.ContradictoryConstraints);
    public static readonly DiagnosticDescriptor SameEndpointTwice = Create("KLG008", DiagnosticRules.SameEndpointTwice);
    public static readonly DiagnosticDescriptor NameConflict = Create("KLG009", DiagnosticRules.NameConflict);
    public static readonly DiagnosticDescriptor LeftAsJson = Create("KLG010", DiagnosticRules.LeftAsJson);
    public static readonly DiagnosticDescriptor BadOverlay = Create("KLG011", DiagnosticRules.BadOverlay);
    public static readonly DiagnosticDescriptor OverlayTargetNotFound = Create("KLG012", DiagnosticRules.OverlayTargetNotFound);
    public static readonly DiagnosticDescriptor DuplicateMember = Create("KLG013", DiagnosticRules.DuplicateMember);
    public static readonly DiagnosticDescriptor LanguageTooOld = Create("KLG014", DiagnosticRules.LanguageTooOld);
    public static readonly DiagnosticDescriptor IdlePattern = Create("KLG015", DiagnosticRules.IdlePattern);
    public static readonly DiagnosticDescriptor BadSetting = Create("KLG016", DiagnosticRules.BadSetting);
    public static readonly DiagnosticDescriptor InvalidConstraint = Create("KLG017", DiagnosticRules.InvalidConstraint);
    public static readonly DiagnosticDescriptor ConstraintNotEnforced = Create("KLG018", DiagnosticRules.ConstraintNotEnforced);
    public static readonly DiagnosticDescriptor ReferenceChainTooLong = Create("KLG019", DiagnosticRules.ReferenceChainTooLong);
    public static readonly DiagnosticDescriptor NestingTooDeep = Create("KLG020", DiagnosticRules.NestingTooDeep);
    public static readonly DiagnosticDescriptor ValueTooLarge = Create("KLG021", DiagnosticRules.ValueTooLarge);
    public static readonly DiagnosticDescriptor SeveralEndpoints = Create("KLG022", DiagnosticRules.SeveralEndpoints);
    public static readonly DiagnosticDescriptor NothingEmitted = Create("KLG023", DiagnosticRules.NothingEmitted);
    public static readonly DiagnosticDescriptor OtherThanUrl = Create("KLG024", DiagnosticRules.OtherThanUrl);
    public static readonly DiagnosticDescriptor NameTaken = Create("KLG030", DiagnosticRules.NameTaken);
    public static readonly DiagnosticDescriptor EndpointsNotChosen = Create("KLG210", DiagnosticRules.EndpointsNotChosen);
    public static readonly DiagnosticDescriptor EmittedByReference = Create("KLG211", DiagnosticRules.EmittedByReference);
    public static readonly DiagnosticDescriptor DocumentDiffers = Create("KLG212", DiagnosticRules.DocumentDiffers);
    public static readonly DiagnosticDescriptor EmittedByTwoReferences = Create("KLG213", DiagnosticRules.EmittedByTwoReferences);
    public static readonly DiagnosticDescriptor InternalFault = Create("KLG900", DiagnosticRules.InternalFault);

    public static DiagnosticDescriptor For(SpecDiagnosticKind kind) => ByRule[DiagnosticRules.For(kind)];

    public static DiagnosticDescriptor For(SettingProblemKind kind) => kind switch
    {
        SettingProblemKind.LanguageTooOld => LanguageTooOld,
        SettingProblemKind.BadSetting => BadSetting,
        _ => IdlePattern,
    };

    // The id is repeated here, because the compiler's release tracking reads literals only.
    private static DiagnosticDescriptor Create(string id, DiagnosticRule rule)
    {
        var severity = rule.Severity switch
        {
            SpecSeverity.Error => DiagnosticSeverity.Error,
            SpecSeverity.Warning => DiagnosticSeverity.Warning,
            _ => DiagnosticSeverity.Info,
        };
        var descriptor = new DiagnosticDescriptor(id, rule.Title, rule.Message, Category, severity, isEnabledByDefault: true,
            RuleDescriptions.ForId(id), rule.HelpLink);
        ByRule.Add(rule, descriptor);
        return descriptor;
    }
}
