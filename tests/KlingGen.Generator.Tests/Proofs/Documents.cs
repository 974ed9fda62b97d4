using KlingGen.Emission;
using KlingGen.Model;
using KlingGen.Planning;
using KlingGen.Specs;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>The way from text to C# without a compiler around it: what the generator's steps do, and nothing that catches an exception.</summary>
internal static class Documents
{
    public static readonly EmissionOptions Options = new(EmissionOptions.DefaultNamespace, true, "0.1.0");

    private static readonly string Specs = Path.Combine(RepositoryRoot(), "specs");

    public static SpecReading Read(string key, string text, params SpecOverlay[] overlays)
        => SpecReader.Read(new SpecSource("/specs/" + key + ".json", key, false, text, overlays));

    public static IReadOnlyList<SourceFile> Emit(params SpecModel?[] models)
        => [.. Planner.Make(models.OfType<SpecModel>()).Files.Select(file => FileEmitter.Emit(file, Options))];

    /// <summary>A document of the repository with what lies over it.</summary>
    public static (string Key, string Text, SpecOverlay[] Overlays) Bundled(string key)
    {
        var overlay = Path.Combine(Specs, key + ".overlay.json");
        return (key, File.ReadAllText(Path.Combine(Specs, key + ".json")), File.Exists(overlay) ? [new SpecOverlay(overlay, File.ReadAllText(overlay))] : []);
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "KlingGen.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository was not found.");
        return folder;
    }
}
