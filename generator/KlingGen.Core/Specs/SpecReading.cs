using KlingGen.Model;

namespace KlingGen.Specs;

/// <summary>A document's text and where it comes from.</summary>
/// <param name="Path">As the compiler knows the file; it appears in diagnostics and nowhere else.</param>
/// <param name="Key">The path below the specs folder without the ending, with forward slashes.</param>
/// <param name="IsBundled">It came with the package.</param>
/// <param name="Text">The whole text.</param>
/// <param name="Overlays">What is laid over it, in order.</param>
internal sealed record SpecSource(string Path, string Key, bool IsBundled, string Text, EquatableArray<SpecOverlay> Overlays)
{
    /// <summary>The shared enums that the document's overlays may name; of two with one name, the first counts.</summary>
    public EquatableArray<EnumDefinition> Enums { get; init; } = EquatableArray<EnumDefinition>.Empty;
}

internal sealed record SpecOverlay(string Path, string Text);

/// <summary>What came of reading one document. The model and the problems go separate ways: a moved line changes only the latter.</summary>
internal sealed record SpecReading(SpecModel? Model, EquatableArray<SpecProblem> Problems, SpecAnchors? Anchors);

/// <summary>The parts of a document that are about its endpoint.</summary>
/// <param name="Id">The endpoint's id.</param>
/// <param name="Input">The schema of the request; null if there is none.</param>
/// <param name="Output">The schema of the result; null if there is none.</param>
/// <param name="Summary">One sentence about the endpoint; null if there is none.</param>
internal readonly record struct EndpointParts(string Id, JsonNode? Input, JsonNode? Output, string? Summary);

/// <summary>Where the names of a document stand, for the problems that show only when documents meet.</summary>
internal sealed record SpecAnchors(string Key, bool IsBundled, SpecPlace Endpoint, EquatableArray<TypeAnchor> Types);

internal sealed record TypeAnchor(string Name, SpecPlace Place);
