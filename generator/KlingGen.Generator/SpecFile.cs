using KlingGen.Emission;
using KlingGen.Model;
using Microsoft.CodeAnalysis;

namespace KlingGen;

/// <summary>
/// An additional file that is ours. It holds the compiler's file itself, and so stands before the first step that compares by value; no model holds one.
/// </summary>
/// <param name="File">The file; its text is not read yet.</param>
/// <param name="Key">The path below the specs folder, without ending.</param>
/// <param name="IsBundled">It came with the package.</param>
internal sealed record SpecFile(AdditionalText File, string Key, bool IsBundled)
{
    private const string OverlayEnding = ".overlay";

    public bool IsOverlay => Key.EndsWith(OverlayEnding, System.StringComparison.Ordinal);

    /// <summary>The document that an overlay lies over.</summary>
    public string TargetKey => IsOverlay ? Key.Substring(0, Key.Length - OverlayEnding.Length) : Key;
}

/// <summary>An overlay's text and the document that it lies over.</summary>
internal sealed record OverlayFile(string Path, string TargetKey, bool IsBundled, string Text);

/// <summary>What the project's settings say.</summary>
/// <param name="Emission">How emitted code is to look.</param>
/// <param name="CanCompile">The language is new enough for it.</param>
/// <param name="Faults">Settings that were not understood: name and value.</param>
internal sealed record ProjectOptions(EmissionOptions Emission, bool CanCompile, EquatableArray<string> Faults);

/// <summary>What came of emitting one planned file.</summary>
/// <param name="Files">The files to add.</param>
/// <param name="Fault">What went wrong inside us, or null.</param>
internal sealed record EmitResult(EquatableArray<SourceFile> Files, string? Fault);
