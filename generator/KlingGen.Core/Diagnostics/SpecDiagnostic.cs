using KlingGen.Json;
using KlingGen.Model;

namespace KlingGen.Diagnostics;

/// <summary>The kinds of diagnostics of a document. Each kind is one diagnostic id; the descriptors have the severity.</summary>
internal enum SpecDiagnosticKind
{
    MalformedJson,
    NotAFalDocument,
    UnknownReference,
    CyclicReference,
    DefaultViolatesConstraints,
    ExampleViolatesConstraints,
    ContradictoryConstraints,
    SameEndpointTwice,
    NameConflict,
    LeftAsJson,
    BadOverlay,
    OverlayTargetNotFound,
    DuplicateMember,
    InvalidConstraint,
    ConstraintNotEnforced,
    ReferenceChainTooLong,
    NestingTooDeep,
    ValueTooLarge,
    SeveralEndpoints,
    NothingEmitted,
    OtherThanUrl,
    EndpointsNotChosen,
    EmittedByReference,
    DocumentDiffers,
    EmittedByTwoReferences,
    NameTaken,
    InternalFault,
}

/// <summary>A place in a document or an overlay, with line and column, so that the text is not needed again.</summary>
internal sealed record SourceLocation(string Path, SourceRange Range, int StartLine, int StartColumn, int EndLine, int EndColumn);

/// <param name="Kind">What is wrong.</param>
/// <param name="Location">Where.</param>
/// <param name="Arguments">The arguments of the message.</param>
internal sealed record SpecDiagnostic(SpecDiagnosticKind Kind, SourceLocation Location, EquatableArray<string> Arguments);
