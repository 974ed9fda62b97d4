using KlingGen.Json;

namespace KlingGen.Overlays;

internal enum OverlayProblemKind : byte
{
    NotAnOverlay,
    UnsupportedVersion,
    MissingField,
    WrongKind,
    UnknownField,
    NothingToDo,
    BadTarget,
    UnsupportedTarget,
    TargetNotFound,
    RemovesEverything,
    Incompatible,
    TooMuch,
}

/// <summary>What is wrong with an overlay, or between it and the document. The place is one in the overlay.</summary>
internal readonly record struct OverlayProblem(OverlayProblemKind Kind, int Source, SourceRange Range, string? Argument = null)
{
    /// <summary>Gets the problem as part of a sentence, without a full stop.</summary>
    public string Message => Kind switch
    {
        OverlayProblemKind.NotAnOverlay => "an overlay is an object with 'overlay', 'info' and 'actions'",
        OverlayProblemKind.UnsupportedVersion => "version '" + Argument + "' of the Overlay Specification is not supported; write 1.0.0",
        OverlayProblemKind.MissingField => "'" + Argument + "' is missing here",
        OverlayProblemKind.WrongKind => "this should be " + Argument,
        OverlayProblemKind.UnknownField => "an overlay has no field '" + Argument + "' here; fields of one's own begin with 'x-'",
        OverlayProblemKind.NothingToDo => "the action has neither 'update' nor 'remove': true",
        OverlayProblemKind.BadTarget => "the target is no JSONPath: " + Argument,
        OverlayProblemKind.UnsupportedTarget => Argument + " in a target are not supported; name the members on the way instead",
        OverlayProblemKind.TargetNotFound => "the document has nothing at '" + Argument + "'",
        OverlayProblemKind.RemovesEverything => "'$' cannot be removed",
        OverlayProblemKind.Incompatible => "this cannot be merged into " + Argument + "; remove that in an action before this one",
        OverlayProblemKind.TooMuch => "the action changes too many places, or places nested too deep",
        _ => "the overlay cannot be applied",
    };
}
