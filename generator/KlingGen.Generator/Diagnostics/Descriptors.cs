using System.Collections.Generic;
using KlingGen.Emission;
using KlingGen.Specs;
using Microsoft.CodeAnalysis;

namespace KlingGen.Diagnostics;

/// <summary>
/// The rules about documents as the compiler knows them; what they say stands in <see cref="SpecRules"/>, and the
/// diagnostics of the analyzers in the files beside this one.
/// </summary>
internal static class Descriptors
{
    public const string HelpLinkBase = RulePages.Base;

    private const string Category = "KlingGen.Specs";

    private static readonly Dictionary<SpecRule, DiagnosticDescriptor> ByRule = new();

    public static readonly DiagnosticDescriptor MalformedJson = Create("KLG001", SpecRules.MalformedJson);
    public static readonly DiagnosticDescriptor NotAFalDocument = Create("KLG002", SpecRules.NotAFalDocument);
    public static readonly DiagnosticDescriptor UnknownReference = Create("KLG003", SpecRules.UnknownReference);
    public static readonly DiagnosticDescriptor CyclicReference = Create("KLG004", SpecRules.CyclicReference);
    public static readonly DiagnosticDescriptor DefaultViolatesConstraints = Create("KLG005", SpecRules.DefaultViolatesConstraints);
    public static readonly DiagnosticDescriptor ExampleViolatesConstraints = Create("KLG006", SpecRules.ExampleViolatesConstraints);
    public static readonly DiagnosticDescriptor ContradictoryConstraints = Create("KLG007", SpecRules.ContradictoryConstraints);
    public static readonly DiagnosticDescriptor SameEndpointTwice = Create("KLG008", SpecRules.SameEndpointTwice);
    public static readonly DiagnosticDescriptor NameConflict = Create("KLG009", SpecRules.NameConflict);
    public static readonly DiagnosticDescriptor LeftAsJson = Create("KLG010", SpecRules.LeftAsJson);
    public static readonly DiagnosticDescriptor BadOverlay = Create("KLG011", SpecRules.BadOverlay);
    public static readonly DiagnosticDescriptor OverlayTargetNotFound = Create("KLG012", SpecRules.OverlayTargetNotFound);
    public static readonly DiagnosticDescriptor DuplicateMember = Create("KLG013", SpecRules.DuplicateMember);
    public static readonly DiagnosticDescriptor LanguageTooOld = Create("KLG014", SpecRules.LanguageTooOld);
    public static readonly DiagnosticDescriptor IdlePattern = Create("KLG015", SpecRules.IdlePattern);
    public static readonly DiagnosticDescriptor BadSetting = Create("KLG016", SpecRules.BadSetting);
    public static readonly DiagnosticDescriptor InvalidConstraint = Create("KLG017", SpecRules.InvalidConstraint);
    public static readonly DiagnosticDescriptor ConstraintNotEnforced = Create("KLG018", SpecRules.ConstraintNotEnforced);
    public static readonly DiagnosticDescriptor ReferenceChainTooLong = Create("KLG019", SpecRules.ReferenceChainTooLong);
    public static readonly DiagnosticDescriptor NestingTooDeep = Create("KLG020", SpecRules.NestingTooDeep);
    public static readonly DiagnosticDescriptor ValueTooLarge = Create("KLG021", SpecRules.ValueTooLarge);
    public static readonly DiagnosticDescriptor SeveralEndpoints = Create("KLG022", SpecRules.SeveralEndpoints);
    public static readonly DiagnosticDescriptor NothingEmitted = Create("KLG023", SpecRules.NothingEmitted);
    public static readonly DiagnosticDescriptor OtherThanUrl = Create("KLG024", SpecRules.OtherThanUrl);
    public static readonly DiagnosticDescriptor NameTaken = Create("KLG030", SpecRules.NameTaken);
    public static readonly DiagnosticDescriptor EndpointsNotChosen = Create("KLG210", SpecRules.EndpointsNotChosen);
    public static readonly DiagnosticDescriptor EmittedByReference = Create("KLG211", SpecRules.EmittedByReference);
    public static readonly DiagnosticDescriptor DocumentDiffers = Create("KLG212", SpecRules.DocumentDiffers);
    public static readonly DiagnosticDescriptor EmittedByTwoReferences = Create("KLG213", SpecRules.EmittedByTwoReferences);
    public static readonly DiagnosticDescriptor InternalFault = Create("KLG900", SpecRules.InternalFault);

    public static DiagnosticDescriptor For(SpecProblemKind kind) => ByRule[SpecRules.For(kind)];

    public static DiagnosticDescriptor For(SettingProblemKind kind) => kind switch
    {
        SettingProblemKind.LanguageTooOld => LanguageTooOld,
        SettingProblemKind.BadSetting => BadSetting,
        _ => IdlePattern,
    };

    // The id stands here as well, because the compiler's release tracking reads literals only.
    private static DiagnosticDescriptor Create(string id, SpecRule rule)
    {
        var severity = rule.Severity switch
        {
            SpecSeverity.Error => DiagnosticSeverity.Error,
            SpecSeverity.Warning => DiagnosticSeverity.Warning,
            _ => DiagnosticSeverity.Info,
        };
        var descriptor = new DiagnosticDescriptor(id, rule.Title, rule.Message, Category, severity, isEnabledByDefault: true,
            RuleDescriptions.Of(id), rule.HelpLink);
        ByRule.Add(rule, descriptor);
        return descriptor;
    }
}
