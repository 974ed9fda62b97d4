using System.Runtime.CompilerServices;
using System.Text;

namespace KlingGen.Specs.Tests;

/// <summary>The files below <c>specs/</c>.</summary>
internal static class SpecFolder
{
    private const string OverlayEnding = ".overlay.json";

    public static string Root { get; } = Path.GetFullPath(Path.Combine(ThisFolder(), "..", "..", "specs"));

    /// <summary>True when the goldens are rewritten, not compared.</summary>
    public static bool UpdateGoldens => Environment.GetEnvironmentVariable("UPDATE_GOLDENS") == "1";

    public static IReadOnlyList<string> AllFiles { get; } =
        [.. Directory.EnumerateFiles(Root, "*.json", SearchOption.AllDirectories).Select(Relative).Order(StringComparer.Ordinal)];

    /// <summary>The files that define the shared enums of an app.</summary>
    public static IReadOnlyList<string> EnumFiles { get; } = [.. AllFiles.Where(f => f.EndsWith("/enums" + OverlayEnding, StringComparison.Ordinal))];

    public static IReadOnlyList<string> Overlays { get; } = [.. AllFiles.Where(f => f.EndsWith(OverlayEnding, StringComparison.Ordinal))
        .Except(EnumFiles)];

    /// <summary>Every document that is not an overlay, whether it has paths or not.</summary>
    public static IReadOnlyList<string> Documents { get; } = [.. AllFiles.Where(f => !f.EndsWith(OverlayEnding, StringComparison.Ordinal))];

    /// <summary>The ids of all endpoints: the documents that have paths, without their ending.</summary>
    public static IReadOnlyList<string> Endpoints { get; } =
        [.. Documents.Where(d => Read(d)["paths"] is not null).Select(d => d[..^".json".Length])];

    public static JsonObject Read(string file) => JsonNode.Parse(Text(file))!.AsObject();

    public static JsonObject ReadEndpoint(string endpoint) => Read(endpoint + ".json");

    /// <summary>The document with its overlay applied, if it has one.</summary>
    public static JsonObject ReadWithOverlay(string document)
    {
        var spec = Read(document);
        var overlay = OverlayOf(document);
        if (Overlays.Contains(overlay)) Overlay.Apply(Read(overlay), spec);
        return spec;
    }

    /// <summary>The shared enums that a document's overlay may name.</summary>
    public static JsonObject EnumsFor(string document)
        => Read(
        EnumFiles.Single(file => document.StartsWith(file[..(file.LastIndexOf('/') + 1)], StringComparison.Ordinal)))["x-klinggen-enums"]!.AsObject();

    public static string OverlayOf(string document) => document[..^".json".Length] + OverlayEnding;

    public static string DocumentOf(string overlay) => overlay[..^OverlayEnding.Length] + ".json";

    public static string Text(string file) => Encoding.UTF8.GetString(Bytes(file));

    public static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Root, file));

    /// <summary>Writes in one step, because other tests read the same file at the same time.</summary>
    public static void Write(string file, string text)
    {
        string target = Path.Combine(Root, file), beside = target + ".new";
        if (File.Exists(target) && Text(file) == text) return;
        File.WriteAllBytes(beside, Encoding.UTF8.GetBytes(text));
        File.Move(beside, target, overwrite: true);
    }

    public static TheoryData<string> AsTheory(IEnumerable<string> values) => [.. values];

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
