using KlingGen.Diagnostics;
using KlingGen.Json;
using KlingGen.Model;

namespace KlingGen.Schemas;

/// <summary>What came of reading one document. The model and the problems go separate ways: a moved line changes only the latter.</summary>
internal sealed record SpecReading(SpecModel? Model, EquatableArray<SpecDiagnostic> Problems, SpecAnchors? Anchors);

/// <summary>The parts of a document that are about its endpoint.</summary>
/// <param name="Id">The endpoint's id.</param>
/// <param name="Input">The schema of the request; null if there is none.</param>
/// <param name="Output">The schema of the result; null if there is none.</param>
/// <param name="Summary">One sentence about the endpoint; null if there is none.</param>
internal readonly record struct EndpointParts(string Id, SpecNode? Input, SpecNode? Output, string? Summary);

/// <summary>The source ranges of a document's names, for diagnostics that need several documents.</summary>
internal sealed record SpecAnchors(string Key, bool IsBundled, SourceLocation Endpoint, EquatableArray<TypeAnchor> Types);

internal sealed record TypeAnchor(string Name, SourceLocation Location);
