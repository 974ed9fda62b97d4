using KlingGen.Model;

namespace KlingGen.Overlays;

/// <summary>A document's text and where it comes from.</summary>
/// <param name="Path">The path of the file in the compiler; used in diagnostics only.</param>
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
