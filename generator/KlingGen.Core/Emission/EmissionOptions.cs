using KlingGen.Model;

namespace KlingGen.Emission;

/// <summary>What the user decides about all emitted code.</summary>
/// <param name="RootNamespace">The parent of the apps' namespaces.</param>
/// <param name="IsPublic">Otherwise everything is internal to the user's assembly.</param>
/// <param name="Version">The generator's version, for <c>[GeneratedCode]</c>.</param>
internal sealed record EmissionOptions(string RootNamespace, bool IsPublic, string Version)
{
    public const string DefaultNamespace = "Fal";
}

/// <param name="HintName">The file's name, ending in <c>.g.cs</c>.</param>
/// <param name="Text">The whole text.</param>
internal sealed record SourceFile(string HintName, string Text);

/// <summary>What came of emitting one planned file.</summary>
/// <param name="File">The file to add, or null.</param>
/// <param name="Fault">What went wrong inside us, or null.</param>
internal sealed record EmitResult(SourceFile? File, string? Fault);
