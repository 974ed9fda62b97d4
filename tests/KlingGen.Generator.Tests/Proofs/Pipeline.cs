using KlingGen.Emission;
using KlingGen.Model;
using KlingGen.Overlays;
using KlingGen.Planning;
using KlingGen.Schemas;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>The generator's steps from a document to C#, without a compiler and without a handler for exceptions.</summary>
internal static class Pipeline
{
    public static readonly EmissionOptions Options = new(EmissionOptions.DefaultNamespace, true, "0.1.0");

    public static SpecReading Read(string key, string text, params SpecOverlay[] overlays)
        => SpecReader.Read(new SpecSource("/specs/" + key + ".json", key, false, text, overlays));

    public static IReadOnlyList<SourceFile> Emit(params SpecModel?[] models)
        => [.. Planner.Make(models.OfType<SpecModel>()).Files.Select(file => FileEmitter.Emit(file, Options))];

    /// <summary>A bundled document with its overlay.</summary>
    public static (string Key, string Text, SpecOverlay[] Overlays) Bundled(string key)
    {
        var overlay = Repository.At("specs", key + ".overlay.json");
        return (key, Repository.Read("specs", key + ".json"), File.Exists(overlay) ? [new SpecOverlay(overlay, File.ReadAllText(overlay))] : []);
    }
}
