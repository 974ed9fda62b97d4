using KlingGen.Overlays;

namespace KlingGen.Diagnostics;

/// <summary>How sure we are that something is wrong, and what is lost.</summary>
internal enum SpecSeverity
{
    Info,
    Warning,
    Error,
}

/// <summary>The metadata of a diagnostic, shared by the generator and the tool.</summary>
/// <param name="Id">A contract: never reused, never moved.</param>
/// <param name="Title">The rule in a few words.</param>
/// <param name="Message">A composite format for the problem's arguments.</param>
/// <param name="Severity">Each has its reason beside it.</param>
internal sealed record DiagnosticRule(string Id, string Title, string Message, SpecSeverity Severity)
{
    public string HelpLink { get; init; } = RulePages.Base + Id + ".md";
}

/// <summary>Every diagnostic about documents, for the generator and the tool alike.</summary>
internal static class DiagnosticRules
{
    // Error: nothing can be made of the document, and code that uses it will not compile anyway.
    public static readonly DiagnosticRule MalformedJson = new(
        "KLG001", "The document is not JSON", "The document is not JSON: {0}", SpecSeverity.Error);

    // Error: as above. A file that is not meant as a document does not belong into the specs folder.
    public static readonly DiagnosticRule NotAFalDocument = new(
        "KLG002", "Not a fal document",
        "This is not an OpenAPI document as fal serves it: {0} is missing", SpecSeverity.Error);

    // Warning: the rest of the document is usable; the property is JSON.
    public static readonly DiagnosticRule UnknownReference = new(
        "KLG003", "Unresolved $ref",
        "'{0}' does not lead to a schema of this document, so the value is left as JsonElement", SpecSeverity.Warning);

    // Warning: as above.
    public static readonly DiagnosticRule CyclicReference = new(
        "KLG004", "Circular $ref",
        "'{0}' leads back to itself without an object in between, so the value is left as JsonElement", SpecSeverity.Warning);

    // Warning: fal's own server may still use the value; we only do not offer it as a constant.
    public static readonly DiagnosticRule DefaultViolatesConstraints = new("KLG005", "Default violates a constraint",
        "The default of '{0}' {1}, so it is not offered as a constant", SpecSeverity.Warning);

    // Info: an example is documentation; fal's documents have many that are a little off.
    public static readonly DiagnosticRule ExampleViolatesConstraints = new("KLG006", "Example violates a constraint",
        "The example of '{0}' {1}, so it is not used", SpecSeverity.Info);

    // Warning: no value could satisfy both, so checking either would refuse every request.
    public static readonly DiagnosticRule ContradictoryConstraints = new("KLG007", "Contradictory constraints",
        "No value satisfies both '{0}' and '{1}', so neither is checked", SpecSeverity.Warning);

    // Warning: one of the two was surely not meant to be there.
    public static readonly DiagnosticRule SameEndpointTwice = new(
        "KLG008", "Duplicate endpoint",
        "'{0}' is described by '{1}.json' already; this document is ignored. Remove one of the two, or take the endpoint out of "
        + "FalEndpoints.", SpecSeverity.Warning);

    // Warning: the code works, but a name is longer than it need be, and differs from fal's pages.
    public static readonly DiagnosticRule NameConflict = new(
        "KLG009", "Conflicting type definitions",
        "Documents of this app mean different things by '{0}', so the type is called '{1}'. Give it a name of its own with "
        + "'x-klinggen-name' in an overlay.", SpecSeverity.Warning);

    // Info: the member works, only without types.
    public static readonly DiagnosticRule LeftAsJson = new(
        "KLG010", "Type falls back to JsonElement",
        "No type can be made of {0}, so the value is left as JsonElement", SpecSeverity.Info);

    // Error: an overlay is written by hand for a purpose; ignoring it would drop a limit in silence.
    public static readonly DiagnosticRule BadOverlay = new("KLG011", "Invalid overlay", "The overlay is not understood: {0}", SpecSeverity.Error);

    // Warning: usually the document has changed below the overlay.
    public static readonly DiagnosticRule OverlayTargetNotFound = new(
        "KLG012", "Overlay without a target",
        "The overlay changes nothing: {0}", SpecSeverity.Warning);

    // Warning: readers of JSON disagree about which one counts; we take the last, as most do.
    public static readonly DiagnosticRule DuplicateMember = new(
        "KLG013", "Duplicate property name",
        "'{0}' occurs twice in one object; the last one counts", SpecSeverity.Warning);

    // Error: instead of a page of errors in generated code.
    public static readonly DiagnosticRule LanguageTooOld = new(
        "KLG014", "C# 11 is needed",
        "The emitted code needs C# 11 or later; set <LangVersion> to 11 or 'latest', or target .NET 8 or later", SpecSeverity.Error);

    // Warning: the endpoints of the pattern are missing, and compiler errors in code that uses them are less clear.
    public static readonly DiagnosticRule IdlePattern = new("KLG015", "Pattern matches no endpoint",
        "'{0}' in FalEndpoints matches none of the endpoints that come with the package{1}", SpecSeverity.Warning);

    // Error: going on with a default would put types into an unexpected namespace.
    public static readonly DiagnosticRule BadSetting = new("KLG016", "Invalid setting", "{0}", SpecSeverity.Error);

    // Warning: the request is still checked by everything else, but not by this rule.
    public static readonly DiagnosticRule InvalidConstraint = new(
        "KLG017", "Unsupported or invalid constraint", "Left out: {0}", SpecSeverity.Warning);

    // Info: nothing is wrong with the document, and the server checks the value; only the check before sending does not.
    public static readonly DiagnosticRule ConstraintNotEnforced = new(
        "KLG018", "Constraint not enforced", "'{0}' is not checked before a request is sent; the server alone enforces it", SpecSeverity.Info);
    // Warning: the rest of the document is usable; the property is JSON.
    public static readonly DiagnosticRule ReferenceChainTooLong = new(
        "KLG019",
        "$ref chain too long",
        "'{0}' is link {1} of a chain of references, and at most {2} are followed, so the value is left as JsonElement",
        SpecSeverity.Warning);

    // Warning: as above.
    public static readonly DiagnosticRule NestingTooDeep = new(
        "KLG020",
        "Nesting too deep",
        "{0}, so the value is left as JsonElement",
        SpecSeverity.Warning);

    // Info: an example is documentation, and a default is applied by the server whether a constant shows it or not.
    public static readonly DiagnosticRule ValueTooLarge = new(
        "KLG021",
        "Example or default too large",
        "The {0} of '{1}' has more than {2}, so it is not used",
        SpecSeverity.Info);

    // Warning: endpoints that the document describes have no client.
    public static readonly DiagnosticRule SeveralEndpoints = new(
        "KLG022",
        "Several endpoints in one document",
        "Only '{0}' is emitted; the document also describes {1}. Write a document for each endpoint, as 'klinggen pull' does: keep one path"
            + " with 'post', its paths below '/requests', and the schemas that these use.",
        SpecSeverity.Warning);

    // Warning: a document in the specs folder is there for its code.
    public static readonly DiagnosticRule NothingEmitted = new(
        "KLG023",
        "Nothing is emitted for the document",
        "The document has neither a path with 'post' nor a schema that becomes a type, so nothing is emitted for it",
        SpecSeverity.Warning);

    // Info: the property works, but takes no local files.
    public static readonly DiagnosticRule OtherThanUrl = new(
        "KLG024",
        "URL property accepts other values",
        "'{0}' looks like the URL of a media file, but its {1} '{2}' is no URL, data URI or path, so the property is a string",
        SpecSeverity.Info);

    // Warning: the compiler reports an error too; this diagnostic names the missing line.
    public static readonly DiagnosticRule EndpointsNotChosen = new(
        "KLG210",
        "Endpoints not chosen",
        "'{0}' is not generated, because FalEndpoints does not choose its endpoints; write this line into a <PropertyGroup> of the project file: {1}",
        SpecSeverity.Warning);

    // Info: nothing is lost; the message names the emitted file.
    public static readonly DiagnosticRule EmittedByReference = new(
        "KLG211",
        "Endpoint emitted by a reference",
        "'{0}' is emitted by the referenced assembly '{1}', whose types are used here",
        SpecSeverity.Info);

    // Warning: the code compiles against the reference's types, which lack what this document adds.
    public static readonly DiagnosticRule DocumentDiffers = new(
        "KLG212",
        "Document differs from the reference's",
        "'{0}' is emitted by the referenced assembly '{2}' from a document that differs from '{1}' here; the types of '{2}' are used. "
        + "Give both projects the same document, or remove this one.",
        SpecSeverity.Warning);

    // Error: the two sets of types have the same names, so code cannot refer to one of them.
    public static readonly DiagnosticRule EmittedByTwoReferences = new(
        "KLG213",
        "Endpoint or type emitted by two references",
        "'{0}' is emitted by two referenced assemblies, '{1}' and '{2}'; let '{2}' reference '{1}', so that it drops its own, "
        + "or set FalVisibility to internal in one of them",
        SpecSeverity.Error);

    // Warning: the code works, but the name changes with the set of documents.
    public static readonly DiagnosticRule NameTaken = new(
        "KLG030",
        "Name collision",
        "The {0} belongs to {1}, so '{2}' gets '{3}'. Remove one of the two documents to get the shorter name back.",
        SpecSeverity.Warning);

    // Error: a bug in KlingGen. The document is named, and no other document suffers.
    public static readonly DiagnosticRule InternalFault = new(
        "KLG900", "KlingGen failed",
        "KlingGen failed on '{0}'; please report it with the document. {1}", SpecSeverity.Error);

    public static DiagnosticRule For(SpecDiagnosticKind kind) => kind switch
    {
        SpecDiagnosticKind.MalformedJson => MalformedJson,
        SpecDiagnosticKind.NotAFalDocument => NotAFalDocument,
        SpecDiagnosticKind.UnknownReference => UnknownReference,
        SpecDiagnosticKind.CyclicReference => CyclicReference,
        SpecDiagnosticKind.DefaultViolatesConstraints => DefaultViolatesConstraints,
        SpecDiagnosticKind.ExampleViolatesConstraints => ExampleViolatesConstraints,
        SpecDiagnosticKind.ContradictoryConstraints => ContradictoryConstraints,
        SpecDiagnosticKind.SameEndpointTwice => SameEndpointTwice,
        SpecDiagnosticKind.NameConflict => NameConflict,
        SpecDiagnosticKind.LeftAsJson => LeftAsJson,
        SpecDiagnosticKind.BadOverlay => BadOverlay,
        SpecDiagnosticKind.OverlayTargetNotFound => OverlayTargetNotFound,
        SpecDiagnosticKind.DuplicateMember => DuplicateMember,
        SpecDiagnosticKind.InvalidConstraint => InvalidConstraint,
        SpecDiagnosticKind.ConstraintNotEnforced => ConstraintNotEnforced,
        SpecDiagnosticKind.ReferenceChainTooLong => ReferenceChainTooLong,
        SpecDiagnosticKind.NestingTooDeep => NestingTooDeep,
        SpecDiagnosticKind.ValueTooLarge => ValueTooLarge,
        SpecDiagnosticKind.SeveralEndpoints => SeveralEndpoints,
        SpecDiagnosticKind.NothingEmitted => NothingEmitted,
        SpecDiagnosticKind.OtherThanUrl => OtherThanUrl,
        SpecDiagnosticKind.EndpointsNotChosen => EndpointsNotChosen,
        SpecDiagnosticKind.EmittedByReference => EmittedByReference,
        SpecDiagnosticKind.DocumentDiffers => DocumentDiffers,
        SpecDiagnosticKind.EmittedByTwoReferences => EmittedByTwoReferences,
        SpecDiagnosticKind.NameTaken => NameTaken,
        _ => InternalFault,
    };
}
