using KlingGen.Emission;
using KlingGen.Specs;
using Microsoft.CodeAnalysis;

namespace KlingGen.Diagnostics;

/// <summary>
/// Every diagnostic of the generator; those of the analyzers stand in the files beside this one. An id is a contract: never reused, never moved. The severity says how sure we are and what is lost;
/// each carries its reason.
/// </summary>
internal static class Descriptors
{
    public const string HelpLinkBase = RulePages.Base;

    private const string Category = "KlingGen.Specs";

    // Error: nothing can be made of the document, and code that uses it will not compile anyway.
    public static readonly DiagnosticDescriptor MalformedJson = Create("KLG001", "The document is not JSON", "The document is not JSON: {0}", DiagnosticSeverity.Error);

    // Error: as above. A file that is not meant as a document does not belong into the specs folder.
    public static readonly DiagnosticDescriptor NotAFalDocument = Create("KLG002", "Not a fal document", "This is not an OpenAPI document as fal serves it: {0} is missing", DiagnosticSeverity.Error);

    // Warning: the rest of the document stands; the member is usable as JSON.
    public static readonly DiagnosticDescriptor UnknownReference = Create("KLG003", "Unknown reference", "'{0}' does not lead to a schema of this document, so the value is left as JsonElement", DiagnosticSeverity.Warning);

    // Warning: as above.
    public static readonly DiagnosticDescriptor CyclicReference = Create("KLG004", "Reference without end", "'{0}' leads back to itself without an object in between, so the value is left as JsonElement", DiagnosticSeverity.Warning);

    // Warning: fal's own server may still use the value; we only do not offer it as a constant.
    public static readonly DiagnosticDescriptor DefaultOutsideLimits = Create("KLG005", "Default breaks its own limits", "The default of '{0}' {1}, so it is not offered as a constant", DiagnosticSeverity.Warning);

    // Info: an example is documentation; fal's documents have many that are a little off.
    public static readonly DiagnosticDescriptor ExampleOutsideLimits = Create("KLG006", "Example breaks its own limits", "The example of '{0}' {1}, so it is not used", DiagnosticSeverity.Info);

    // Warning: no value could satisfy both, so checking either would refuse every request.
    public static readonly DiagnosticDescriptor ContradictoryLimits = Create("KLG007", "Limits contradict each other", "No value satisfies both '{0}' and '{1}', so neither is checked", DiagnosticSeverity.Warning);

    // Warning: one of the two was surely not meant to be there.
    public static readonly DiagnosticDescriptor SameEndpointTwice = Create("KLG008", "The same endpoint twice", "'{0}' is described by '{1}.json' already; this document is ignored. Remove one of the two, or take the endpoint out of FalEndpoints.", DiagnosticSeverity.Warning);

    // Warning: the code works, but a name is longer than it need be, and differs from fal's pages.
    public static readonly DiagnosticDescriptor NameConflict = Create("KLG009", "Documents disagree about a type", "Documents of this app mean different things by '{0}', so the type is called '{1}'. Give it a name of its own with 'x-klinggen-name' in an overlay.", DiagnosticSeverity.Warning);

    // Info: the member works, only without types.
    public static readonly DiagnosticDescriptor LeftAsJson = Create("KLG010", "Left as JsonElement", "No type can be made of {0}, so the value is left as JsonElement", DiagnosticSeverity.Info);

    // Error: an overlay is written by hand for a purpose; ignoring it would drop a limit in silence.
    public static readonly DiagnosticDescriptor BadOverlay = Create("KLG011", "Overlay not understood", "The overlay is not understood: {0}", DiagnosticSeverity.Error);

    // Warning: usually the document has changed below the overlay.
    public static readonly DiagnosticDescriptor OverlayTargetNotFound = Create("KLG012", "Overlay has no target", "The overlay changes nothing: {0}", DiagnosticSeverity.Warning);

    // Warning: readers of JSON disagree about which one counts; we take the last, as most do.
    public static readonly DiagnosticDescriptor DuplicateMember = Create("KLG013", "Name occurs twice", "'{0}' occurs twice in one object; the last one counts", DiagnosticSeverity.Warning);

    // Error: instead of a page of errors in code that nobody can edit.
    public static readonly DiagnosticDescriptor LanguageTooOld = Create("KLG014", "C# 11 is needed", "The emitted code needs C# 11 or later; set <LangVersion> to 11 or 'latest', or target .NET 8 or later", DiagnosticSeverity.Error);

    // Warning: what the pattern was meant to bring is not there, and the code that uses it will say so less clearly.
    public static readonly DiagnosticDescriptor IdlePattern = Create("KLG015", "Pattern matches no endpoint", "'{0}' in FalEndpoints matches none of the endpoints that come with the package", DiagnosticSeverity.Warning);

    // Error: going on with a default would put types where nobody looks for them.
    public static readonly DiagnosticDescriptor BadSetting = Create("KLG016", "Setting not understood", "{0}", DiagnosticSeverity.Error);

    // Warning: the request is still checked by everything else, but not by this rule.
    public static readonly DiagnosticDescriptor BadRule = Create("KLG017", "Rule not understood", "Left out: {0}", DiagnosticSeverity.Warning);

    // Error: a fault of ours. The document is named, and no other document suffers.
    public static readonly DiagnosticDescriptor InternalFault = Create("KLG900", "KlingGen failed", "KlingGen failed on '{0}'; please report it with the document. {1}", DiagnosticSeverity.Error);

    public static DiagnosticDescriptor For(SpecProblemKind kind) => kind switch
    {
        SpecProblemKind.MalformedJson => MalformedJson,
        SpecProblemKind.NotAFalDocument => NotAFalDocument,
        SpecProblemKind.UnknownReference => UnknownReference,
        SpecProblemKind.CyclicReference => CyclicReference,
        SpecProblemKind.DefaultOutsideLimits => DefaultOutsideLimits,
        SpecProblemKind.ExampleOutsideLimits => ExampleOutsideLimits,
        SpecProblemKind.ContradictoryLimits => ContradictoryLimits,
        SpecProblemKind.SameEndpointTwice => SameEndpointTwice,
        SpecProblemKind.NameConflict => NameConflict,
        SpecProblemKind.LeftAsJson => LeftAsJson,
        SpecProblemKind.BadOverlay => BadOverlay,
        SpecProblemKind.OverlayTargetNotFound => OverlayTargetNotFound,
        SpecProblemKind.DuplicateMember => DuplicateMember,
        SpecProblemKind.BadRule => BadRule,
        _ => InternalFault,
    };

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity)
        => new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: HelpLinkBase + id + ".md");
}
