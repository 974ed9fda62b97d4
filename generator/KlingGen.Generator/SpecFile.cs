using KlingGen.Diagnostics;
using KlingGen.Emission;
using KlingGen.Model;
using KlingGen.Overlays;
using KlingGen.Planning;
using Microsoft.CodeAnalysis;

namespace KlingGen;

/// <summary>
/// A document or overlay among the additional files. It holds the compiler's file itself, before the first step that
/// compares by value; no model holds one.
/// </summary>
/// <param name="File">The file; its text is not read yet.</param>
/// <param name="Key">The path below the specs folder, without ending.</param>
/// <param name="IsBundled">It came with the package.</param>
internal sealed record SpecFile(AdditionalText File, string Key, bool IsBundled)
{
    public bool IsOverlay => OverlayPairs.IsOverlay(Key);

    /// <summary>The key of an overlay's document.</summary>
    public string TargetKey => OverlayPairs.TargetOf(Key);

    /// <summary>It defines shared enums for the documents in its folder and below.</summary>
    public bool IsEnumFile => IsOverlay && EnumFile.IsTarget(TargetKey);
}

/// <summary>The shared enums of a file, and what is wrong with it.</summary>
internal sealed record EnumReading(EnumFile File, EquatableArray<SpecDiagnostic> Problems);

/// <summary>A file to write, and how.</summary>
internal sealed record EmissionJob(FileModel File, EmissionOptions Options);

/// <summary>The registration of clients to write, and how.</summary>
internal sealed record RegistrationJob(RegistrationModel Model, EmissionOptions Options);

/// <summary>The settings of the project.</summary>
/// <param name="Emission">How emitted code is to look.</param>
/// <param name="CanCompile">The language is new enough for it.</param>
/// <param name="HasExtensions">The project has the package KlingGen.Extensions, whose props set it; the compilation is not inspected.</param>
/// <param name="HasAI">The project has package KlingGen.AI, in the same way.</param>
/// <param name="LeadsToReferences">Entry methods lead to all endpoints of referenced assemblies, as package KlingGen.Kling requests.</param>
/// <param name="Faults">Settings that were not understood: name and value.</param>
internal sealed record ProjectOptions(
    EmissionOptions Emission, bool CanCompile, bool HasExtensions, bool HasAI, bool LeadsToReferences, EquatableArray<string> Faults);
